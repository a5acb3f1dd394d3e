"""What an answer is worth. Plain Python and exact: no Django, no binary fractions.

Sums are made of whole fractions and rounded once, at the end. Percentages are cut
off, never rounded up, so that nobody reads "80 %" beside "not passed".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from uuid import UUID

from quizzes.papers import MULTIPLE, SINGLE, SITUATIONAL, Item, Paper, PaperOption

NOTHING = Fraction(0)
ALL = Fraction(1)

Answers = Mapping[UUID, Sequence[UUID]]


@dataclass(frozen=True)
class ItemGrade:
    """`fraction` lies between 0 and 1, to six places; of a rating there is none."""

    item_id: UUID
    answered: bool
    fraction: Decimal | None
    score: Decimal
    max_score: Decimal


@dataclass(frozen=True)
class PaperGrade:
    """`percent` and `passed` are None if the paper has no graded question.

    `by_dimension` is the weighted share of marks reached, 0 to 1, over graded
    questions; `ratings` the weighted mean place on the scale, 0 to 1, over ratings.
    The two are never mixed. A dimension without an answer is in neither.
    """

    items: tuple[ItemGrade, ...]
    score: Decimal
    max_score: Decimal
    percent: Decimal | None
    passed: bool | None
    by_dimension: Mapping[str, Decimal]
    ratings: Mapping[str, Decimal]


def grade_item(item: Item, option_ids: Sequence[UUID]) -> ItemGrade:
    """Grade one answer. An unanswered question earns nothing."""
    chosen = item.chosen(option_ids)
    if not item.is_graded:
        return ItemGrade(item.id, bool(chosen), None, Decimal(0), Decimal(0))
    exact = _fraction(item, chosen)
    return ItemGrade(
        item_id=item.id,
        answered=bool(chosen),
        fraction=_rounded(exact, 6),
        score=_rounded(exact * Fraction(item.mark), 4),
        max_score=item.mark,
    )


def grade_paper(paper: Paper, answers: Answers) -> PaperGrade:
    """Grade all answers; questions without an entry in `answers` count as unanswered."""
    chosen = {item.id: item.chosen(answers.get(item.id, ())) for item in paper.items}
    graded = [item for item in paper.items if item.is_graded]
    exact = {item.id: _fraction(item, chosen[item.id]) for item in graded}
    score = sum((exact[item.id] * Fraction(item.mark) for item in graded), NOTHING)
    percent = _percent(score, paper.max_score)
    return PaperGrade(
        items=tuple(grade_item(item, answers.get(item.id, ())) for item in paper.items),
        score=_rounded(score, 4),
        max_score=paper.max_score,
        percent=percent,
        passed=None if percent is None else percent >= paper.pass_mark,
        by_dimension=_means((item, exact[item.id], Fraction(item.mark)) for item in graded),
        ratings=_means(
            (item, Fraction(chosen[item.id][0].weight), ALL)
            for item in paper.items
            if not item.is_graded and chosen[item.id]
        ),
    )


def _percent(score: Fraction, max_score: Decimal) -> Decimal | None:
    if not max_score:
        return None
    return Decimal(floor(score / Fraction(max_score) * 1_000_000)).scaleb(-4)


def _fraction(item: Item, chosen: Sequence[PaperOption]) -> Fraction:
    return GRADERS[item.kind](item, chosen) if chosen else NOTHING


def _single(_item: Item, chosen: Sequence[PaperOption]) -> Fraction:
    return Fraction(chosen[0].weight)


def _situational(item: Item, chosen: Sequence[PaperOption]) -> Fraction:
    best = max(option.weight for option in item.options)
    return Fraction(chosen[0].weight) / Fraction(best) if best else NOTHING


def _multiple(item: Item, chosen: Sequence[PaperOption]) -> Fraction:
    return SCORINGS[item.scoring](
        {option.id for option in item.options},
        {option.id for option in item.options if option.weight},
        {option.id for option in chosen},
    )


def _all_or_nothing(_options: set[UUID], right: set[UUID], ticked: set[UUID]) -> Fraction:
    return ALL if ticked == right else NOTHING


def _proportional(options: set[UUID], right: set[UUID], ticked: set[UUID]) -> Fraction:
    return ALL - Fraction(len(ticked ^ right), len(options))


def _proportional_correct(_options: set[UUID], right: set[UUID], ticked: set[UUID]) -> Fraction:
    return Fraction(len(ticked), len(right)) if ticked <= right else NOTHING


GRADERS: Mapping[str, Callable[[Item, Sequence[PaperOption]], Fraction]] = {
    SINGLE: _single,
    MULTIPLE: _multiple,
    SITUATIONAL: _situational,
}
SCORINGS: Mapping[str, Callable[[set[UUID], set[UUID], set[UUID]], Fraction]] = {
    "all_or_nothing": _all_or_nothing,
    "proportional": _proportional,
    "proportional_correct": _proportional_correct,
}


def _means(parts: Iterable[tuple[Item, Fraction, Fraction]]) -> dict[str, Decimal]:
    """Average (item, value, size) for each dimension, weighted by size and dimension."""
    totals: dict[str, tuple[Fraction, Fraction]] = {}
    for item, value, size in parts:
        for dimension, weight in item.dimensions.items():
            share = size * Fraction(weight)
            total, weights = totals.get(dimension, (NOTHING, NOTHING))
            totals[dimension] = (total + value * share, weights + share)
    return {
        dimension: _rounded(total / weights, 6) for dimension, (total, weights) in totals.items()
    }


def _rounded(number: Fraction, places: int) -> Decimal:
    """Round half up. Numbers here are never negative."""
    return Decimal(floor(number * 10**places + Fraction(1, 2))).scaleb(-places)
