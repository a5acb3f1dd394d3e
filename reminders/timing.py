"""When a reminder is due, and when people sleep. Plain Python, no Django."""

import datetime as dt
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
MOST_DAYS = 365


class BadDaysError(ValueError):
    """These are not numbers of days."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When an office reminds.

    Attributes:
        steps: days before the due date, those after it as negative numbers; the most
            urgent comes first.
        wakes: no letter leaves before this hour where the person lives.
        rests: none leaves from this hour on.
        is_paused: nothing is sent by the clock.
    """

    steps: tuple[int, ...] = (-1, 3, 14)
    wakes: int = 8
    rests: int = 20
    is_paused: bool = False

    def is_awake(self, at: dt.datetime, zone: dt.tzinfo) -> bool:
        return self.wakes <= at.astimezone(zone).hour < self.rests

    def next_waking(self, at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
        """`at`, or the next morning if that is at night."""
        if self.is_awake(at, zone):
            return at
        local = at.astimezone(zone)
        day = local.date() + (DAY if local.hour >= self.rests else dt.timedelta())
        morning = dt.datetime.combine(day, dt.time(self.wakes), tzinfo=zone)
        return morning.astimezone(dt.UTC)


USUAL = Plan()


def reach(step: int) -> dt.timedelta:
    """How long before the moment it is due a step begins: with its whole day."""
    return DAY * (step + 1)


def days_in(words: str) -> tuple[int, ...]:
    """The numbers in “14, 3”, each once.

    Raises:
        BadDaysError: if there is anything else, or a number no year has.
    """
    found = []
    for word in words.replace(",", " ").split():
        if not (word.isascii() and word.isdigit()) or int(word) > MOST_DAYS:
            raise BadDaysError(word)
        found.append(int(word))
    return tuple(dict.fromkeys(found))


def plan_of(before: str, after: str, *, wakes: int, rests: int, is_paused: bool) -> Plan:
    """A plan out of what an office has written down; a day after it is at least one."""
    steps = {*days_in(before), *(-max(days, 1) for days in days_in(after))}
    return Plan(tuple(sorted(steps)), wakes=wakes, rests=rests, is_paused=is_paused)
