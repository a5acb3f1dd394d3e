"""Item analysis of a published version: counted by the database, reckoned in plain Python.

The database counts attempts with the same marks together, so memory does not grow with
their number. What is reckoned is kept with what it was reckoned from.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Sum

from quizzes.analysis.analyses import Analysis, analyse, from_json, to_json
from quizzes.analysis.items import AskedItem
from quizzes.analysis.spread import median
from quizzes.analysis.tallies import ItemTally, ScoreTally
from quizzes.attempts import paper_of
from quizzes.kinds import kind_of
from quizzes.kinds.choices import ChoiceKind
from quizzes.models import AnswerStep, Attempt, QuizVersion, StoredAnalysis
from quizzes.papers import Item
from quizzes.selecting import Selection, selected
from quizzes.texts import plain_text, shortened

MOST_AT_ONCE = 20_000
"""Up to so many attempts a page reckons while it is asked; above, only when told to."""

TIMED = 2_000
"""Times are taken from the newest attempts: medians hardly move after so many."""

KEPT = 20
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Found:
    """An analysis and the moment it is of. `is_current` says whether nothing came since."""

    analysis: Analysis
    computed_at: dt.datetime
    is_current: bool


def look_up(version: QuizVersion, selection: Selection, *, at: dt.datetime) -> Found | None:
    """Return the analysis, reckoned now if it is small or kept from before if it is not.

    None where there are more than MOST_AT_ONCE attempts and nothing is kept.
    """
    basis, attempts = _basis(version, selection)
    kept = StoredAnalysis.objects.filter(version=version, asked=selection.key).first()
    analysis = from_json(kept.figures) if kept else None
    if kept and analysis and (kept.basis == basis or attempts > MOST_AT_ONCE):
        return Found(analysis, kept.computed_at, kept.basis == basis)
    if attempts > MOST_AT_ONCE:
        return None
    return reckon(version, selection, at=at)


def reckon(version: QuizVersion, selection: Selection, *, at: dt.datetime) -> Found:
    """Analyse the version, keep the figures, and return them."""
    basis, _attempts = _basis(version, selection)
    analysis = analyse_version(version, selection)
    StoredAnalysis.objects.update_or_create(
        version=version,
        asked=selection.key,
        defaults={"basis": basis, "figures": to_json(analysis), "computed_at": at},
    )
    newest = StoredAnalysis.objects.filter(version=version).order_by("-computed_at", "-pk")
    old = list(newest.values_list("pk", flat=True)[KEPT:])
    if old:
        StoredAnalysis.objects.filter(pk__in=old).delete()
    return Found(analysis, at, is_current=True)


def analyse_version(version: QuizVersion, selection: Selection) -> Analysis:
    """Analyse in five queries whatever the number of attempts and questions."""
    asked = [asked_item(item) for item in paper_of(version).items if item.is_graded]
    attempts = selected(version, selection)
    scores, waiting = _scores(attempts)
    return analyse(
        asked,
        items=_item_tallies(attempts, {one.id for one in asked if one.option_ids}),
        scores=scores,
        seconds=_seconds(attempts),
        waiting=waiting,
    )


def asked_item(item: Item) -> AskedItem:
    kind = kind_of(item)
    asked = AskedItem(
        id=item.id,
        name=shortened(plain_text(item.stem), NAME_LENGTH),
        kind=item.kind,
        mark=float(item.mark),
    )
    if not isinstance(kind, ChoiceKind):
        return asked
    return replace(
        asked,
        option_ids=tuple(str(option.id) for option in item.options),
        option_names=tuple(plain_text(option.text) for option in item.options),
        best=frozenset(str(option.id) for option in kind.best_options(item)),
        guess=None if item.takes_several else _guess(item, kind),
    )


def _guess(item: Item, kind: ChoiceKind) -> float | None:
    """Return what choosing one option blindly earns on average."""
    shares = [kind.grade(item, [str(option.id)]) or 0 for option in item.options]
    return float(sum(shares) / len(shares)) if shares else None


def chosen_options(response: Any) -> frozenset[str]:
    """Return the ids of the options that a stored response names."""
    return frozenset(str(option) for option in response)


def latest_marks(attempts: QuerySet[Attempt]) -> QuerySet[AnswerStep]:
    """Return the steps with the marks that count: of each question the last marked one."""
    steps = AnswerStep.objects.filter(fraction__isnull=False, attempt__in=attempts.values("pk"))
    later = AnswerStep.objects.filter(
        attempt=OuterRef("attempt"),
        item_id=OuterRef("item_id"),
        sequence__gt=OuterRef("sequence"),
        fraction__isnull=False,
    )
    return steps.exclude(Exists(later)).order_by()


def _item_tallies(attempts: QuerySet[Attempt], choices: Collection[UUID]) -> Iterator[ItemTally]:
    """Count answers to questions with options by what was chosen, the others by their marks."""
    marks = latest_marks(attempts)
    figures = ("item_id", "fraction", "attempt__score", "attempt__max_score")
    chosen = marks.filter(item_id__in=choices).values_list(*figures, "response")
    others = marks.exclude(item_id__in=choices).values_list(*figures)
    for item, fraction, score, whole, response, count in _counted(chosen):
        yield _tally(item, chosen_options(response), fraction, score, whole, count)
    for item, fraction, score, whole, count in _counted(others):
        yield _tally(item, None, fraction, score, whole, count)


def _counted(rows: QuerySet[Any, Any]) -> Iterator[Any]:
    return rows.annotate(count=Count("pk")).iterator(chunk_size=2000)


def _tally(
    item: UUID, choice: frozenset[str] | None, fraction: Any, score: Any, whole: Any, count: int
) -> ItemTally:
    return ItemTally(
        item_id=item,
        choice=choice,
        fraction=float(fraction),
        score=None if score is None else float(score),
        max_score=float(whole),
        count=count,
    )


def _scores(attempts: QuerySet[Attempt]) -> tuple[list[ScoreTally], int]:
    rows = attempts.values_list("score", "max_score").annotate(count=Count("pk"))
    scores, waiting = [], 0
    for score, whole, count in rows:
        if score is None:
            waiting += count
        elif whole:
            scores.append(ScoreTally(float(score), float(whole), count))
    return scores, waiting


def _seconds(attempts: QuerySet[Attempt]) -> Mapping[UUID, float]:
    """Return each question's median time, from one saved answer to the next."""
    newest = list(attempts.order_by("-pk").values_list("pk", flat=True)[:TIMED])
    steps = (
        AnswerStep.objects.filter(attempt__in=newest, fraction__isnull=True)
        .order_by("attempt", "created_at", "pk")
        .values_list("attempt", "attempt__started_at", "item_id", "created_at")
    )
    spent = defaultdict[tuple[int, UUID], float](float)
    last, before = None, None
    for attempt, started_at, item, at in steps.iterator(chunk_size=2000):
        since = before if attempt == last and before else started_at
        spent[attempt, item] += max((at - since).total_seconds(), 0.0)
        last, before = attempt, at
    by_item = defaultdict[UUID, list[tuple[float, int]]](list)
    for (_attempt, item), seconds in spent.items():
        by_item[item].append((seconds, 1))
    return {
        item: middle for item, times in by_item.items() if (middle := median(times)) is not None
    }


def _basis(version: QuizVersion, selection: Selection) -> tuple[str, int]:
    """Say what there is to analyse: any new attempt, mark or regrade changes the words."""
    found = selected(version, selection).aggregate(
        attempts=Count("pk"),
        last=Max("submitted_at"),
        total=Sum("score"),
        waiting=Count("pk", filter=Q(score__isnull=True)),
    )
    people = "" if selection.people is None else hash(tuple(sorted(selection.people)))
    words = [found["attempts"], found["last"], found["total"], found["waiting"], people]
    return "|".join(str(word) for word in words), found["attempts"]
