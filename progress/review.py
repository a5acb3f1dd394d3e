"""When a completed module is asked after again: three short sets, each weighing the same.

Plain Python, no Django: days are arguments.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from modules.review_days import REVIEW_DAYS

OPEN_AFTER_THE_LAST = 28
REST = 3
"""Days between two sets at least: what is asked the next day was hardly forgotten."""
DAYS_IN_ALL = REVIEW_DAYS[-1] + OPEN_AFTER_THE_LAST


class SetState(StrEnum):
    COMING = "coming"
    DUE = "due"
    TAKEN = "taken"
    SKIPPED = "skipped"
    PASSED_BY = "passed_by"


@dataclass(frozen=True, slots=True)
class Taken:
    """A sitting that was handed in; `percent` is None while its result is still to come."""

    on: dt.date
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class ReviewSet:
    """One of the three, numbered from 1. It is open from `opens_on` to the day before `ends_on`.

    `taken` is the sitting that counts for it: the first one in its time.
    """

    number: int
    opens_on: dt.date
    ends_on: dt.date
    state: SetState
    taken: Taken | None = None


def review_sets(
    *,
    completed_on: dt.date,
    sittings: Sequence[Taken],
    skipped: Collection[int],
    today: dt.date,
) -> tuple[ReviewSet, ...]:
    """Return the three sets as they stand today. One at most is due.

    A set ends when the next one's day has come, so that nothing piles up. Sittings outside
    the time of any set are practice like any other, and a set that was skipped and taken
    all the same is taken.
    """
    found: list[ReviewSet] = []
    rests_until = completed_on
    for number, day, ends_on in _plan(completed_on):
        opens_on = max(day, rests_until)
        within = [one for one in sittings if opens_on <= one.on < ends_on and one.on <= today]
        taken = min(within, key=lambda one: one.on, default=None)
        if taken:
            rests_until = taken.on + dt.timedelta(days=REST)
        state = _state(opens_on, ends_on, taken, number in skipped, today)
        found.append(ReviewSet(number, opens_on, ends_on, state, taken))
    return tuple(found)


def due(sets: Sequence[ReviewSet]) -> ReviewSet | None:
    """Return the set that is due, if any is."""
    return next((one for one in sets if one.state == SetState.DUE), None)


def coming(sets: Sequence[ReviewSet]) -> ReviewSet | None:
    """Return the next set that is still to come, if any is."""
    return next((one for one in sets if one.state == SetState.COMING), None)


def mean(sets: Sequence[ReviewSet]) -> Decimal | None:
    """Return the mean of the sets that have a result, each weighing the same; 0 to 100."""
    percents = [one.taken.percent for one in sets if one.taken and one.taken.percent is not None]
    return sum(percents, Decimal(0)) / len(percents) if percents else None


def _plan(completed_on: dt.date) -> Iterator[tuple[int, dt.date, dt.date]]:
    """Yield number, first day and the day after the last of each set."""
    days = [completed_on + dt.timedelta(days=count) for count in (*REVIEW_DAYS, DAYS_IN_ALL)]
    for number, (day, ends_on) in enumerate(pairwise(days), start=1):
        yield number, day, ends_on


def _state(
    opens_on: dt.date, ends_on: dt.date, taken: Taken | None, is_skipped: bool, today: dt.date
) -> SetState:
    if taken:
        return SetState.TAKEN
    if is_skipped:
        return SetState.SKIPPED
    if today < opens_on:
        return SetState.COMING
    return SetState.DUE if today < ends_on else SetState.PASSED_BY
