"""When a requirement is due, and when a day ends. Plain Python, no Django."""

import datetime as dt
from dataclasses import dataclass

EVENTS = ("acceptance", "leaves_home", "start", "end")
"""In the order in which they come about."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of one placement that something can be due by."""

    starts_on: dt.date
    ends_on: dt.date
    leaves_on: dt.date | None = None
    accepted_on: dt.date | None = None

    def day(self, event: str) -> dt.date:
        """The day of the event; the start of the stay stands in for a day nobody knows."""
        known = {"end": self.ends_on, "leaves_home": self.leaves_on, "acceptance": self.accepted_on}
        return known.get(event) or self.starts_on


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as a rule: `offset` days after an event, before it where negative."""

    event: str
    offset: int

    @property
    def order(self) -> tuple[int, int]:
        """Roughly which of two comes first, without knowing anybody's dates."""
        return EVENTS.index(self.event) == len(EVENTS) - 1, self.offset

    def on(self, dates: Dates) -> dt.date:
        return dates.day(self.event) + dt.timedelta(days=self.offset)


def end_of_day(day: dt.date, time_zone: dt.tzinfo) -> dt.datetime:
    """The last moment of the day where the office is, also when the clocks change then."""
    return dt.datetime.combine(day, dt.time.max, tzinfo=time_zone)


def day_after(day: dt.date, time_zone: dt.tzinfo) -> dt.datetime:
    """The first moment of the next day where the office is."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, tzinfo=time_zone)


def has_passed(day: dt.date, *, at: dt.datetime, time_zone: dt.tzinfo) -> bool:
    """Whether that day is over where the office is."""
    return day < at.astimezone(time_zone).date()


class FutureDateError(ValueError):
    """Nobody knows yet how things will stand on that day."""


def end_of_past_day(day: dt.date, *, now: dt.datetime, time_zone: dt.tzinfo) -> dt.datetime:
    """The moment at which to ask how things stood on `day`: its end, but never after `now`.

    Raises:
        FutureDateError: if the day has not begun yet in that time zone.
    """
    if day > now.astimezone(time_zone).date():
        raise FutureDateError
    return min(end_of_day(day, time_zone), now)
