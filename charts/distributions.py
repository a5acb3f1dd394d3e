"""How often each range of values occurs: a histogram, with a mark where it matters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charts.scales import GUTTER, Frame, Scale, scale_to, slots


@dataclass(frozen=True, slots=True)
class Bin:
    """How many values lie from `low` up to `high`; only the last bin holds its `high`."""

    low: float
    high: float
    count: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """What the picture shows. `mark` is a value with a line of its own, `mark_label` its name.

    `head` names the ranges and `unit` what is counted; `suffix` follows a value, as in %.
    """

    name: str
    title: str
    about: str
    head: str
    unit: str
    bins: tuple[Bin, ...]
    suffix: str = ""
    mark: float | None = None
    mark_label: str = ""

    @property
    def total(self) -> int:
        return sum(one.count for one in self.bins)


@dataclass(frozen=True, slots=True)
class Pile:
    bin: Bin
    x: float
    width: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Edge:
    """Where one range ends and the next begins; `anchor` keeps its figure in the frame."""

    value: float
    x: float
    anchor: str
    is_shown_on_a_phone: bool


@dataclass(frozen=True, slots=True)
class DistributionPicture:
    scale: Scale
    piles: tuple[Pile, ...]
    edges: tuple[Edge, ...]
    mark_x: float | None


def sorted_into_bins(
    values: Iterable[float], *, low: float = 0, high: float = 100, number: int = 10
) -> tuple[Bin, ...]:
    """Equal ranges from low to high; what lies outside counts in the outermost."""
    width = (high - low) / number
    counts = [0] * number
    for value in values:
        counts[min(max(int((value - low) // width), 0), number - 1)] += 1
    return tuple(
        Bin(low + width * place, low + width * (place + 1), count)
        for place, count in enumerate(counts)
    )


def draw_distribution(
    bins: Sequence[Bin],
    *,
    mark: float | None = None,
    frame: Frame | None = None,
    mirrored: bool = False,
) -> DistributionPicture:
    scale = scale_to(max((one.count for one in bins), default=0), frame or Frame())
    piles = tuple(
        Pile(one, start, width, scale.y(one.count), scale.length(one.count))
        for one, (start, width) in zip(bins, slots(len(bins), mirrored=mirrored), strict=True)
    )
    return DistributionPicture(
        scale, piles, _edges(bins, mirrored), _along(bins, mark, mirrored=mirrored)
    )


def _edges(bins: Sequence[Bin], mirrored: bool) -> tuple[Edge, ...]:
    if not bins:
        return ()
    values = [one.low for one in bins] + [bins[-1].high]
    last = len(values) - 1
    return tuple(
        Edge(
            value=value,
            x=_along(bins, value, mirrored=mirrored) or 0.0,
            anchor="end" if place == last else "middle",
            is_shown_on_a_phone=place in {0, last} or place * 2 == last,
        )
        for place, value in enumerate(values)
    )


def _along(bins: Sequence[Bin], value: float | None, *, mirrored: bool) -> float | None:
    """Where a value lies along the picture; None for a value outside of it."""
    if value is None or not bins or not bins[0].low <= value <= bins[-1].high:
        return None
    low, high = bins[0].low, bins[-1].high
    x = GUTTER + (100 - GUTTER) * (value - low) / (high - low)
    return 100 - x if mirrored else x
