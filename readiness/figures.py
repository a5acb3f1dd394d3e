"""How somebody stands as a whole, and from when on that changes by itself. Plain Python.

The figures of a placement come from its verdicts. Whatever only time changes is kept
as the moment from which it is so, so that a list compares moments and needs no job:
somebody is late from `late_from` on, whoever looks and whenever.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from readiness.verdicts import SETTLED, PlacementState, Turn, VerdictStatus, placement_state

ALWAYS = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)

USUAL_PACE = 30.0
"""Minutes of work a day of somebody whose own pace is not known yet."""
SLOWEST, FASTEST = 5.0, 120.0
PACE_DAYS = 7
"""A pace is that of at least so many days: one busy evening is not a pace."""
OFFICE_DAYS = 7
LET_OFF = frozenset({VerdictStatus.WAIVED, VerdictStatus.NOT_APPLICABLE})
"""What the office needs, in days, for what waits for it."""

MOMENT = dt.timedelta(microseconds=1)


class Progress(StrEnum):
    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"


class Deadline(StrEnum):
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement of one person, as the fold judged it.

    Attributes:
        blocks: `shall` and `before`: without it the person is not ready.
        minutes: what is left to do; `whole`: what it takes from start to end.
        waived_until: the first moment at which its waiver no longer holds.
    """

    key: str
    status: VerdictStatus
    turn: Turn
    due_at: dt.datetime
    blocks: bool
    is_later: bool = False
    minutes: int = 0
    whole: int = 0
    fact_at: dt.datetime | None = None
    waived_until: dt.datetime | None = None

    @property
    def open_from(self) -> dt.datetime:
        """Since when it is to be done: always, never, or once its waiver has ended."""
        if self.status not in SETTLED:
            return ALWAYS
        if self.status in LET_OFF and self.waived_until:
            return self.waived_until
        return NEVER

    @property
    def late_from(self) -> dt.datetime:
        """Open, and its day is over."""
        return max(self.open_from, self.due_at + MOMENT)


@dataclass(frozen=True, slots=True)
class Standing:
    """What time makes of one person: since when something was done, and is so."""

    first_activity_at: dt.datetime | None
    unready_from: dt.datetime
    late_from: dt.datetime
    risk_from: dt.datetime

    def is_ready(self, as_of: dt.datetime) -> bool:
        return as_of < self.unready_from

    def progress(self, as_of: dt.datetime) -> Progress:
        if self.is_ready(as_of):
            return Progress.COMPLETE
        return Progress.IN_PROGRESS if self.first_activity_at else Progress.NOT_STARTED

    def deadline(self, as_of: dt.datetime) -> Deadline:
        if self.late_from <= as_of:
            return Deadline.LATE
        return Deadline.AT_RISK if self.risk_from <= as_of else Deadline.ON_TRACK

    def state(
        self, as_of: dt.datetime, *, leaves_at: dt.datetime, cancelled: bool
    ) -> PlacementState:
        return placement_state(
            cancelled=cancelled,
            departed=leaves_at <= as_of,
            required=1,
            done=int(self.is_ready(as_of)),
        )


@dataclass(frozen=True, slots=True)
class Figures(Standing):
    """How one person stands; `required` to `minutes_left` are about what blocks.

    `later_required` and `later_met` are about what shall be done during and after.
    """

    required: int
    met: int
    waived: int
    participant_turn: int
    office_turn: int
    later_required: int
    later_met: int
    minutes_left: int
    pace: float
    ready_at: dt.datetime | None
    next_due_at: dt.datetime | None
    holds_until: dt.datetime


def measure(items: Iterable[Item]) -> Figures:
    everything = list(items)
    blocking = [one for one in everything if one.blocks]
    later = [one for one in everything if one.is_later]
    missing = [one for one in blocking if one.status not in SETTLED]
    waived = sum(one.status in LET_OFF for one in blocking)
    facts = [one.fact_at for one in everything if one.fact_at and one.status not in LET_OFF]
    pace = own_pace(everything, facts)
    return Figures(
        required=len(blocking),
        met=len(blocking) - len(missing) - waived,
        waived=waived,
        participant_turn=sum(one.turn == Turn.PARTICIPANT for one in missing),
        office_turn=sum(one.turn != Turn.PARTICIPANT for one in missing),
        later_required=len(later),
        later_met=sum(one.status in SETTLED for one in later),
        minutes_left=sum(one.minutes for one in missing),
        pace=pace,
        first_activity_at=min(facts, default=None),
        ready_at=_ready_at(blocking),
        next_due_at=min((one.due_at for one in missing), default=None),
        unready_from=min((one.open_from for one in blocking), default=NEVER),
        late_from=min((one.late_from for one in blocking), default=NEVER),
        risk_from=risk_from(missing, pace=pace),
        holds_until=min(
            (one.open_from for one in everything if one.open_from != ALWAYS), default=NEVER
        ),
    )


def _ready_at(blocking: Sequence[Item]) -> dt.datetime | None:
    """When the last of it was settled; None while something is open."""
    dates = [one.fact_at for one in blocking if one.status in SETTLED and one.fact_at]
    return max(dates) if dates and len(dates) == len(blocking) else None


def own_pace(items: Iterable[Item], facts: Sequence[dt.datetime]) -> float:
    """Minutes of work a day, between the first and the last thing that somebody did."""
    done = sum(
        one.whole - (0 if one.status == VerdictStatus.MET else one.minutes)
        for one in items
        if one.fact_at and one.status not in LET_OFF
    )
    if not facts or done <= 0:
        return USUAL_PACE
    days = max((max(facts) - min(facts)).total_seconds() / 86400, PACE_DAYS)
    return round(min(max(done / days, SLOWEST), FASTEST), 2)


def days_needed(minutes: int, pace: float) -> int:
    """Whole days that so much work takes at that pace."""
    return -int(-minutes // pace) if minutes else 0


def risk_from(missing: Sequence[Item], *, pace: float) -> dt.datetime:
    """The moment from which the days left are too few for some due date.

    For each due date: everything due by then, done one after the other. What waits
    for the office needs its days.
    """
    found, minutes = NEVER, 0
    for one in sorted(missing, key=lambda item: item.due_at):
        if one.turn != Turn.PARTICIPANT:
            needed = OFFICE_DAYS
        else:
            minutes += one.minutes
            needed = days_needed(minutes, pace)
        found = min(found, one.due_at - dt.timedelta(days=needed))
    return found
