"""What a participant of the demo did and when, counted back from the own departure. Plain Python.

The same person does the same things in every load: chance comes from the mobility
ID alone. Only what lies before the moment of loading has happened.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from uuid import UUID

FIRST_HOUR, LAST_HOUR = 8, 20
PASSED_WITH, FAILED_WITH = (0, 1), (3, 4)
DAYS_UNTIL_THE_NEXT_TRY = 3
DAYS_UNTIL_THE_OFFICE_CONFIRMS = 4


@dataclass(frozen=True, slots=True)
class LessonStep:
    """A step of the way: a lesson to read."""

    module: str
    key: UUID
    minutes: int


@dataclass(frozen=True, slots=True)
class QuizStep:
    """A step of the way: a quiz to take; `can_fail` where there is a pass mark."""

    quiz: str
    can_fail: bool


Step = LessonStep | QuizStep


@dataclass(frozen=True, slots=True)
class Read:
    """A lesson was opened and, unless `completed_at` is None, read to its end."""

    module: str
    key: UUID
    opened_at: dt.datetime
    completed_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Sat:
    """A quiz was taken, with so many questions wrong."""

    quiz: str
    mistakes: int
    started_at: dt.datetime
    submitted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Declared:
    """A document was declared in order and, unless `verified_at` is None, confirmed."""

    kind: str
    declared_at: dt.datetime
    verified_at: dt.datetime | None


Event = Read | Sat | Declared


@dataclass(frozen=True, slots=True)
class Pace:
    """How somebody goes about it.

    `begins` and `ends` are days before the stay; `share` is the part of the way that is
    gone at all; `odds` says how many of a hundred people are like this.
    """

    name: str
    odds: int
    begins: int
    ends: int
    share: float = 1
    tries: int = 1
    passes: bool = True


EARLY = Pace("early", odds=28, begins=130, ends=72)
STEADY = Pace("steady", odds=28, begins=100, ends=42)
SECOND_TRY = Pace("second try", odds=12, begins=96, ends=40, tries=2)
LATE = Pace("late", odds=12, begins=44, ends=6)
STUCK = Pace("stuck", odds=8, begins=80, ends=30, share=0.7, tries=2, passes=False)
EXCUSED = Pace("excused", odds=6, begins=92, ends=40, share=0.6)
SILENT = Pace("silent", odds=6, begins=60, ends=50, share=0)
PACES = (EARLY, STEADY, SECOND_TRY, LATE, STUCK, EXCUSED, SILENT)


def pace_of(omobility_id: UUID) -> Pace:
    rng = Random(omobility_id.int)  # noqa: S311  repeatable on purpose.
    return rng.choices(PACES, [pace.odds for pace in PACES])[0]


def events(
    *,
    omobility_id: UUID,
    starts_on: dt.date,
    steps: Sequence[Step],
    documents: Sequence[str],
    until: dt.datetime,
) -> list[Event]:
    """Return what one person did for one stay before `until`, in order of time."""
    pace = pace_of(omobility_id)
    rng = Random(f"{omobility_id}")  # noqa: S311  repeatable on purpose.
    way = list(steps[: round(len(steps) * pace.share)])
    papers = list(documents[: round(len(documents) * pace.share)])
    clock = _Clock(starts_on, pace, rng)
    found: list[Event] = []
    for place, step in enumerate(way):
        moment = clock.at(place, len(way))
        found += _step(step, moment, pace, rng)
    for place, document in enumerate(papers):
        found.append(_declared(document, clock.at(place, len(papers)), rng))
    happened = (_as_seen(event, until) for event in found)
    return sorted((event for event in happened if event), key=began)


def began(event: Event) -> dt.datetime:
    if isinstance(event, Read):
        return event.opened_at
    return event.started_at if isinstance(event, Sat) else event.declared_at


@dataclass(frozen=True, slots=True)
class _Clock:
    starts_on: dt.date
    pace: Pace
    rng: Random

    def at(self, place: int, of: int) -> dt.datetime:
        """Return the moment of one thing among several that are spread evenly."""
        span = self.pace.begins - self.pace.ends
        days = self.pace.begins - span * place / max(of - 1, 1)
        day = self.starts_on - dt.timedelta(days=round(days))
        hour, minute = self.rng.randint(FIRST_HOUR, LAST_HOUR), self.rng.randint(0, 59)
        return dt.datetime.combine(day, dt.time(hour, minute), dt.UTC)


def _step(step: Step, moment: dt.datetime, pace: Pace, rng: Random) -> Iterator[Event]:
    if isinstance(step, LessonStep):
        sittings = dt.timedelta(days=rng.choice((0, 0, 2)))
        minutes = dt.timedelta(minutes=step.minutes)
        yield Read(step.module, step.key, moment, moment + sittings + minutes)
        return
    tries = pace.tries if step.can_fail else 1
    for number in range(tries):
        started_at = moment + dt.timedelta(days=number * DAYS_UNTIL_THE_NEXT_TRY)
        is_last = number == tries - 1
        good = not step.can_fail or (is_last and pace.passes)
        mistakes = rng.choice(PASSED_WITH if good else FAILED_WITH)
        yield Sat(step.quiz, mistakes, started_at, started_at + dt.timedelta(minutes=9))


def _declared(kind: str, moment: dt.datetime, rng: Random) -> Declared:
    waits = dt.timedelta(days=rng.randint(1, DAYS_UNTIL_THE_OFFICE_CONFIRMS))
    return Declared(kind, moment, moment + waits)


def _as_seen(event: Event, until: dt.datetime) -> Event | None:
    """Return as much of the event as has happened by `until`."""
    if began(event) > until or (isinstance(event, Sat) and event.submitted_at > until):
        return None
    if isinstance(event, Read) and event.completed_at and event.completed_at > until:
        return Read(event.module, event.key, event.opened_at, None)
    if isinstance(event, Declared) and event.verified_at and event.verified_at > until:
        return Declared(event.kind, event.declared_at, None)
    return event
