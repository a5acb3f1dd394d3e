"""A stacked bar for each column: how much there is, and of what it is made."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.scales import Frame, Scale, named, named_when_narrow, scale_to, slots

FILLED = 0.72
"""The share of its place that a bar takes."""
MOST_NAMES, MOST_NAMES_ON_A_PHONE = 12, 4
ROOM_FOR_TOTALS = 24


@dataclass(frozen=True, slots=True)
class Column:
    """One bar. `short` is the name below it, `label` the whole one.

    Where `url` leads on, `words` say the bar's figures to those who hear the link.
    """

    label: str
    parts: tuple[int, ...]
    short: str = ""
    words: str = ""
    url: str = ""
    is_chosen: bool = False

    @property
    def total(self) -> int:
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class Stacks:
    """What the picture shows. `name` is unique on the page; `head` names the first column."""

    name: str
    title: str
    about: str
    head: str
    parts: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def highest(self) -> int:
        return max((column.total for column in self.columns), default=0)

    @property
    def leads_on(self) -> bool:
        return any(column.url for column in self.columns)


@dataclass(frozen=True, slots=True)
class Block:
    """The part of that number in a bar."""

    part: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """`slot` is the whole place of a bar: what is pressed."""

    column: Column
    slot: float
    slot_width: float
    x: float
    width: float
    top: float
    blocks: tuple[Block, ...]
    is_named: bool
    is_named_on_a_phone: bool

    @property
    def middle(self) -> float:
        return self.slot + self.slot_width / 2


@dataclass(frozen=True, slots=True)
class StacksPicture:
    scale: Scale
    bars: tuple[Bar, ...]

    @property
    def has_totals(self) -> bool:
        return len(self.bars) <= ROOM_FOR_TOTALS


def draw_stacks(
    columns: Sequence[Column], *, frame: Frame | None = None, mirrored: bool = False
) -> StacksPicture:
    scale = scale_to(max((column.total for column in columns), default=0), frame or Frame())
    wide = named(len(columns), most=MOST_NAMES)
    narrow = named_when_narrow(wide, most=MOST_NAMES_ON_A_PHONE)
    places = slots(len(columns), mirrored=mirrored)
    return StacksPicture(
        scale,
        tuple(
            Bar(
                column=column,
                slot=start,
                slot_width=width,
                x=start + width * (1 - FILLED) / 2,
                width=width * FILLED,
                top=scale.y(column.total),
                blocks=_blocks(column, scale),
                is_named=place in wide,
                is_named_on_a_phone=place in narrow,
            )
            for place, (column, (start, width)) in enumerate(zip(columns, places, strict=True))
        ),
    )


def _blocks(column: Column, scale: Scale) -> tuple[Block, ...]:
    blocks, below = [], 0
    for part, value in enumerate(column.parts):
        below += value
        if value:
            blocks.append(Block(part, scale.y(below), scale.length(value)))
    return tuple(blocks)
