"""One or more lines over the same moments; a missing value leaves a gap."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from charts.scales import Frame, Scale, named, named_when_narrow, scale_to, slots

MOST_NAMES, MOST_NAMES_ON_A_PHONE = 10, 4


@dataclass(frozen=True, slots=True)
class Series:
    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """What the picture shows. `labels` are the moments, `shorts` their names below it."""

    name: str
    title: str
    about: str
    head: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    shorts: tuple[str, ...] = ()
    suffix: str = ""

    @property
    def has_values(self) -> bool:
        return any(value is not None for one in self.series for value in one.values)


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    value: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """From one dot to the next."""

    start: Dot
    end: Dot


@dataclass(frozen=True, slots=True)
class Line:
    series: Series
    dots: tuple[Dot, ...]
    strokes: tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    label: str
    x: float
    is_named: bool
    is_named_on_a_phone: bool


@dataclass(frozen=True, slots=True)
class LinesPicture:
    scale: Scale
    lines: tuple[Line, ...]
    moments: tuple[Moment, ...]


def draw_lines(
    labels: Sequence[str],
    series: Sequence[Series],
    *,
    frame: Frame | None = None,
    mirrored: bool = False,
) -> LinesPicture:
    values = [value for one in series for value in one.values if value is not None]
    scale = scale_to(max(values, default=0), frame or Frame())
    middles = [start + width / 2 for start, width in slots(len(labels), mirrored=mirrored)]
    wide = named(len(labels), most=MOST_NAMES)
    narrow = named_when_narrow(wide, most=MOST_NAMES_ON_A_PHONE)
    return LinesPicture(
        scale,
        tuple(_line(one, middles, scale) for one in series),
        tuple(
            Moment(label, middles[place], place in wide, place in narrow)
            for place, label in enumerate(labels)
        ),
    )


def _line(series: Series, middles: Sequence[float], scale: Scale) -> Line:
    places = [
        None if value is None else Dot(x, scale.y(value), value)
        for x, value in zip(middles, series.values, strict=True)
    ]
    strokes = [
        Stroke(one, other)
        for one, other in pairwise(places)
        if one is not None and other is not None
    ]
    return Line(series, tuple(dot for dot in places if dot is not None), tuple(strokes))
