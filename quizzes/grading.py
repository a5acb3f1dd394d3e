"""What an answer is worth. Plain Python and exact: no Django, no binary fractions.

Sums are made of whole fractions and rounded once, at the end. Percentages are cut
off, never rounded up, so that nobody reads "80 %" beside "not passed".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from uuid import UUID

from quizzes.kinds import Response, kind_of
from quizzes.kinds.base import ALL, NOTHING
from quizzes.papers import ACCEPT_ANY, Item, Paper
from quizzes.rubrics import Levels, dimension_shares

Answers = Mapping[UUID, Response]
Marks = Mapping[UUID, Fraction]


@dataclass(frozen=True)
class ItemGrade:
    """`fraction` lies between 0 and 1, to six places.

    There is none of what is never graded, and none yet where a person has to mark.
    """

    item_id: UUID
    answered: bool
    fraction: Decimal | None
    score: Decimal
    max_score: Decimal
    awaits_marking: bool = False


@dataclass(frozen=True)
class PaperGrade:
    """`percent` and `passed` are None if the paper has no graded question.

    While a person has still to mark an answer, `passed` is None and the score is
    what is certain so far.

    `by_dimension` is the weighted share of marks reached, 0 to 1, over graded
    questions and over the rows of their rubrics that name a dimension; `ratings` the
    weighted mean place on the scale, 0 to 1, over ratings.
    The two are never mixed. A dimension without an answer is in neither.
    """

    items: tuple[ItemGrade, ...]
    score: Decimal
    max_score: Decimal
    percent: Decimal | None
    passed: bool | None
    by_dimension: Mapping[str, Decimal]
    ratings: Mapping[str, Decimal]

    @property
    def awaits_marking(self) -> bool:
        return any(item.awaits_marking for item in self.items)


def grade_item(item: Item, response: Response, *, marked: Fraction | None = None) -> ItemGrade:
    """Grade one answer. An unanswered question earns nothing.

    `marked` is the share of the mark that a person gave; only a ruling goes before it.
    """
    kind = kind_of(item)
    answered = not kind.is_empty(response)
    if not item.is_graded:
        return ItemGrade(item.id, answered, None, Decimal(0), Decimal(0))
    exact = _share(item, response, marked)
    return ItemGrade(
        item_id=item.id,
        answered=answered,
        fraction=None if exact is None else _rounded(exact, 6),
        score=_rounded((exact or NOTHING) * Fraction(item.mark), 4),
        max_score=item.mark,
        awaits_marking=exact is None,
    )


def grade_paper(
    paper: Paper,
    answers: Answers,
    *,
    marked: Marks | None = None,
    levels: Mapping[UUID, Levels] | None = None,
) -> PaperGrade:
    """Grade all answers; questions without an entry in `answers` count as unanswered.

    `levels` has what a person reached in the rubrics; only the sub-scores look at it.
    """
    given, reached = marked or {}, levels or {}
    graded = [item for item in paper.items if item.is_graded]
    exact = {item.id: _share(item, answers.get(item.id), given.get(item.id)) for item in graded}
    known = [(item, share) for item in graded if (share := exact[item.id]) is not None]
    score = sum((share * Fraction(item.mark) for item, share in known), NOTHING)
    percent = _percent(score, paper.max_score)
    is_complete = len(known) == len(graded)
    return PaperGrade(
        items=tuple(
            grade_item(item, answers.get(item.id), marked=given.get(item.id))
            for item in paper.items
        ),
        score=_rounded(score, 4),
        max_score=paper.max_score,
        percent=percent,
        passed=percent >= paper.pass_mark if percent is not None and is_complete else None,
        by_dimension=_means(
            part
            for item, share in known
            for part in dimension_parts(item, share, reached.get(item.id, {}))
        ),
        ratings=_means(
            (rated.dimension, rated.value, rated.weight)
            for item in paper.items
            for rated in kind_of(item).ratings(item, answers.get(item.id))
        ),
    )


def dimension_parts(
    item: Item, share: Fraction, levels: Levels
) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Yield (dimension, share, weight). A row of the rubric speaks for the dimension it names,
    the whole answer for the question's other ones.
    """
    mark, named = Fraction(item.mark), set()
    for dimension, reached, weight in dimension_shares(item, levels):
        named.add(dimension)
        yield dimension, reached, mark * weight
    for dimension, own in item.dimensions.items():
        if dimension not in named:
            yield dimension, share, mark * Fraction(own)


def _share(item: Item, response: Response, marked: Fraction | None) -> Fraction | None:
    kind = kind_of(item)
    if item.ruling == ACCEPT_ANY:
        return NOTHING if kind.is_empty(response) else ALL
    return kind.grade(item, response) if marked is None else marked


def _percent(score: Fraction, max_score: Decimal) -> Decimal | None:
    if not max_score:
        return None
    return Decimal(floor(score / Fraction(max_score) * 1_000_000)).scaleb(-4)


def _means(parts: Iterable[tuple[str, Fraction, Fraction]]) -> dict[str, Decimal]:
    """Average (dimension, value, weight) for each dimension."""
    totals: dict[str, tuple[Fraction, Fraction]] = {}
    for dimension, value, weight in parts:
        total, weights = totals.get(dimension, (NOTHING, NOTHING))
        totals[dimension] = (total + value * weight, weights + weight)
    return {
        dimension: _rounded(total / weights, 6) for dimension, (total, weights) in totals.items()
    }


def _rounded(number: Fraction, places: int) -> Decimal:
    """Round half up. Numbers here are never negative."""
    return Decimal(floor(number * 10**places + Fraction(1, 2))).scaleb(-places)
