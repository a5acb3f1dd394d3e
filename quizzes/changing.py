"""Before and after: what a pair of quizzes says has changed, of everybody or of one person."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from quizzes.analysis.changes import Change, Sums
from quizzes.models import Attempt, QuizPair
from quizzes.profiles import Measure, Profile, Profiler

BATCH = 500
"""So many people's attempts are read at once."""


@dataclass(frozen=True, slots=True)
class MeasuredChange:
    """What one measure did. `change` is None where fewer than five people sat both parts."""

    measure: Measure
    name: str
    n: int
    change: Change | None


@dataclass(frozen=True, slots=True)
class Sat:
    """A finished attempt, as little of it as pairing needs."""

    participant: int
    pk: int
    quiz: int
    version: int
    started_at: dt.datetime


def changes(
    pair: QuizPair, *, as_of: dt.datetime, people: Collection[int] | None = None
) -> list[MeasuredChange]:
    """Return the change in each dimension that both parts speak about, the whole score first.

    A person's first attempt before and last one after it count. One query for the
    attempts and two for each five hundred people; memory does not grow with them.
    """
    profiler = Profiler()
    sums: dict[Measure, Sums] = {}
    for before, after in _profiles(pair, profiler, as_of, people):
        for measure in before.keys() & after.keys():
            sums.setdefault(measure, Sums()).add(before[measure], after[measure])
    return [
        MeasuredChange((kind, key), profiler.names.get(key, ""), one.n, one.change())
        for (kind, key), one in sorted(sums.items())
    ]


def own_profiles(attempt: Attempt, before: Attempt) -> tuple[Profile, Profile]:
    """Return one person's own values before and after. Two queries."""
    found = Profiler().read({one.pk: one.version_id for one in (before, attempt)})
    return found[before.pk], found[attempt.pk]


def sitting_before(attempt: Attempt, *, as_of: dt.datetime) -> Attempt | None:
    """Return the person's own first attempt at a quiz that this one is the after of."""
    pairs = QuizPair.objects.filter(after=attempt.quiz_id).values("before")
    earlier = Attempt.objects.finished().filter(
        participant=attempt.participant_id,
        quiz__in=pairs,
        graded_at__lte=as_of,
        started_at__lte=attempt.started_at,
    )
    found = earlier.exclude(pk=attempt.pk).select_related("version", "quiz")
    return found.order_by("submitted_at", "number").first()


def _profiles(
    pair: QuizPair, profiler: Profiler, as_of: dt.datetime, people: Collection[int] | None
) -> Iterator[tuple[Profile, Profile]]:
    batch: list[tuple[Sat, Sat]] = []
    for both in _sat_both(pair, as_of, people):
        batch.append(both)
        if len(batch) == BATCH:
            yield from _read(profiler, batch)
            batch = []
    yield from _read(profiler, batch)


def _read(profiler: Profiler, batch: list[tuple[Sat, Sat]]) -> list[tuple[Profile, Profile]]:
    if not batch:
        return []
    found = profiler.read({one.pk: one.version for both in batch for one in both})
    return [(found[before.pk], found[after.pk]) for before, after in batch]


def _sat_both(
    pair: QuizPair, as_of: dt.datetime, people: Collection[int] | None
) -> Iterator[tuple[Sat, Sat]]:
    """Yield the two attempts of everybody who has finished both parts, person by person."""
    attempts = Attempt.objects.finished().filter(
        quiz__in={pair.before_id, pair.after_id}, graded_at__lte=as_of
    )
    if people is not None:
        attempts = attempts.filter(participant__in=people)
    rows = attempts.order_by("participant_id", "submitted_at", "number").values_list(
        "participant_id", "pk", "quiz_id", "version_id", "started_at"
    )
    sat = (Sat(*row) for row in rows.iterator(chunk_size=2000))
    for _person, some in groupby(sat, key=lambda one: one.participant):
        own = list(some)
        before = next((one for one in own if one.quiz == pair.before_id), None)
        if before is None:
            continue
        after = [
            one
            for one in own
            if one.quiz == pair.after_id
            and one.pk != before.pk
            and one.started_at >= before.started_at
        ]
        if after:
            yield before, after[-1]
