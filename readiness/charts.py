"""Departures by week, ready and not ready: figures and the geometry of their picture."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from readiness.shapes import ExchangeReadiness

WEEKS_IN_A_ROW = 60
STEP, BAR, HEIGHT = 24, 16, 120
MOST_NAMES, ROOM_FOR_A_NAME = 8, 2


@dataclass(frozen=True, slots=True)
class Week:
    """People who leave home in the week that starts on this Monday."""

    starts_on: dt.date
    ready: int
    not_ready: int

    @property
    def total(self) -> int:
        return self.ready + self.not_ready


@dataclass(frozen=True, slots=True)
class Bar:
    """One week's stack, in the picture's own units; y grows downwards."""

    week: Week
    x: int
    ready_y: int
    ready_height: int
    not_ready_y: int
    not_ready_height: int
    is_named: bool

    @property
    def middle(self) -> int:
        return self.x + BAR // 2


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    width: int
    height: int
    bar_width: int
    highest: int

    @property
    def frame_height(self) -> int:
        """Room for the dates below the bars."""
        return self.height + 24


def weeks(reports: Iterable[ExchangeReadiness]) -> tuple[Week, ...]:
    """Weeks in order, empty ones between included unless the span is very long."""
    ready: Counter[dt.date] = Counter()
    not_ready: Counter[dt.date] = Counter()
    for report in reports:
        for one in report.active:
            monday = one.departs_on - dt.timedelta(days=one.departs_on.weekday())
            (ready if one.is_ready else not_ready)[monday] += 1
    found = sorted({*ready, *not_ready})
    if found and (found[-1] - found[0]).days // 7 < WEEKS_IN_A_ROW:
        span = (found[-1] - found[0]).days // 7
        found = [found[0] + dt.timedelta(weeks=number) for number in range(span + 1)]
    return tuple(Week(monday, ready[monday], not_ready[monday]) for monday in found)


def chart(some: tuple[Week, ...]) -> Chart:
    highest = max((week.total for week in some), default=0)
    every = max(-(-len(some) // MOST_NAMES), ROOM_FOR_A_NAME)
    bars = []
    for number, week in enumerate(some):
        ready_height = _scaled(week.ready, highest)
        both = _scaled(week.total, highest)
        bars.append(
            Bar(
                week=week,
                x=number * STEP + (STEP - BAR) // 2,
                ready_y=HEIGHT - ready_height,
                ready_height=ready_height,
                not_ready_y=HEIGHT - both,
                not_ready_height=both - ready_height,
                is_named=number % every == 0,
            )
        )
    return Chart(tuple(bars), max(len(some) * STEP, STEP), HEIGHT, BAR, highest)


def _scaled(value: int, highest: int) -> int:
    return round(HEIGHT * value / highest) if highest else 0
