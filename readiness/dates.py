"""When a requirement is due, and when a day ends. Plain Python, no Django."""

import datetime as dt

RETURN_DAYS = 56
"""How long after the stay there is time for what belongs to the return: eight weeks."""


def due_on(*, phase: str, days_before: int, starts_on: dt.date, ends_on: dt.date) -> dt.date:
    """The last day on which a requirement can be met in time.

    Before the stay: `days_before` days before it starts. During: its last day.
    After: `RETURN_DAYS` after it has ended.
    """
    if phase == "before":
        return starts_on - dt.timedelta(days=days_before)
    if phase == "during":
        return ends_on
    return ends_on + dt.timedelta(days=RETURN_DAYS)


def end_of_day(day: dt.date, time_zone: dt.tzinfo) -> dt.datetime:
    """The last moment of the day where the office is, also when the clocks change then."""
    return dt.datetime.combine(day, dt.time.max, tzinfo=time_zone)


def day_after(day: dt.date, time_zone: dt.tzinfo) -> dt.datetime:
    """The first moment of the next day where the office is."""
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, tzinfo=time_zone)


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
