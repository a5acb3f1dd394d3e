"""The frame that pictures share, and the round numbers of their scale.

Along the picture everything is in percent of its width and across it in pixels, so that
bars stretch with the page while words and figures keep their size. Plain Python.
"""

from dataclasses import dataclass
from math import ceil, floor, log10

GUTTER = 8.0
"""Percent of the width where the figures of the scale stand, before the first bar."""

ROUND = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Frame:
    """How high the picture is: room above the bars, the bars, room for names below them."""

    head: float = 20.0
    body: float = 96.0
    foot: float = 24.0

    @property
    def base(self) -> float:
        return self.head + self.body

    @property
    def height(self) -> float:
        return self.base + self.foot


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across the picture, and the value it stands for."""

    value: int
    y: float


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to the height of the picture; the highest tick is the upper edge."""

    frame: Frame
    ticks: tuple[Tick, ...]

    @property
    def top(self) -> int:
        return self.ticks[-1].value

    def length(self, value: float) -> float:
        return self.frame.body * value / self.top

    def y(self, value: float) -> float:
        return self.frame.base - self.length(value)


def steps_to(highest: float, *, most: int = 3) -> tuple[int, ...]:
    """Whole round numbers from 0 to at least the highest value, at most `most` steps."""
    reach = max(highest, 1)
    size = 10 ** max(floor(log10(reach / most)), 0)
    step = next(size * factor for factor in ROUND if size * factor * most >= reach)
    return tuple(step * number for number in range(ceil(reach / step) + 1))


def scale_to(highest: float, frame: Frame) -> Scale:
    steps = steps_to(highest)
    return Scale(
        frame, tuple(Tick(step, frame.base - frame.body * step / steps[-1]) for step in steps)
    )


def slots(number: int, *, mirrored: bool = False) -> tuple[tuple[float, float], ...]:
    """Start and width of as many equal places side by side; from the right where mirrored."""
    width = (100 - GUTTER) / number if number else 0.0
    starts = [GUTTER + width * place for place in range(number)]
    if mirrored:
        starts = [100 - start - width for start in starts]
    return tuple((start, width) for start in starts)


def named(number: int, *, most: int) -> tuple[int, ...]:
    """The places whose names are written: evenly apart, the first always, at most so many."""
    apart = max(ceil(number / most), 1)
    return tuple(range(0, number, apart))


def named_when_narrow(wide: tuple[int, ...], *, most: int) -> tuple[int, ...]:
    """Of the places named where there is room, those for which there always is."""
    return tuple(wide[place] for place in named(len(wide), most=most))
