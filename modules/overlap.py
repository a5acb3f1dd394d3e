"""When people in several time zones can meet: whose hour is work, whose is night. Plain Python."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from zoneinfo import ZoneInfo, available_timezones

HOUR = dt.timedelta(hours=1)
WAKES, SLEEPS = 7, 22
FRIDAY = 5
MOST_ZONES = 6


class Hour(IntEnum):
    """How good an hour is for somebody; more is better."""

    NIGHT = 0
    AWAKE = 1
    WORK = 2


@dataclass(frozen=True, slots=True)
class Cell:
    zone: str
    starts_at: dt.datetime
    hour: Hour


@dataclass(frozen=True, slots=True)
class Row:
    """The same hour everywhere; `hour` is how good it is for whom it is worst."""

    cells: tuple[Cell, ...]

    @property
    def hour(self) -> Hour:
        return min(cell.hour for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Day:
    """Twenty-four hours, beginning at midnight in the first zone."""

    rows: tuple[Row, ...]

    @property
    def best(self) -> tuple[Row, ...]:
        """The hours that are best for whom they are worst; none if each is somebody's night."""
        top = max(row.hour for row in self.rows)
        return tuple(row for row in self.rows if row.hour == top) if top else ()

    @property
    def zones(self) -> list[str]:
        return [cell.zone for cell in self.rows[0].cells]


def known_zones() -> list[str]:
    """Return the names of places, and UTC; no other abbreviation."""
    areas = {"Etc", "SystemV", "US", "Brazil", "Canada", "Chile", "Mexico", "posix", "right"}
    named = (zone for zone in available_timezones() if "/" in zone)
    return ["UTC", *sorted(zone for zone in named if zone.split("/")[0] not in areas)]


def day_of(zones: Sequence[str], day: dt.date, *, opens: int, closes: int) -> Day:
    """Return the hours of a day for all zones; work is from `opens` to `closes` on weekdays."""
    midnight = dt.datetime.combine(day, dt.time(), ZoneInfo(zones[0])).astimezone(dt.UTC)
    return Day(
        tuple(
            Row(tuple(_cell(zone, midnight + hour * HOUR, opens, closes) for zone in zones))
            for hour in range(24)
        )
    )


def _cell(zone: str, moment: dt.datetime, opens: int, closes: int) -> Cell:
    starts_at = moment.astimezone(ZoneInfo(zone))
    begins = starts_at.hour + starts_at.minute / 60
    if starts_at.isoweekday() <= FRIDAY and opens <= begins and begins + 1 <= closes:
        hour = Hour.WORK
    elif begins >= WAKES and begins + 1 <= SLEEPS:
        hour = Hour.AWAKE
    else:
        hour = Hour.NIGHT
    return Cell(zone, starts_at, hour)
