"""Bars that lie: one row each with its name, its bar and its figure. It is its own table."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    label: str
    value: float
    note: str = ""
    url: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """What the picture shows. `whole` is the value of a full bar; the highest if not given.

    `head` names what stands in the rows and `unit` what is counted.
    """

    name: str
    title: str
    head: str
    unit: str
    rows: tuple[Row, ...]
    about: str = ""
    whole: float | None = None
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class LyingBar:
    row: Row
    x: float
    width: float


def draw_rows(rows: Rows, *, mirrored: bool = False) -> tuple[LyingBar, ...]:
    """Each bar in percent of the room for it; a value above the whole fills it."""
    highest = max((row.value for row in rows.rows), default=0)
    whole = highest if rows.whole is None else rows.whole
    bars = []
    for row in rows.rows:
        width = min(max(100 * row.value / whole, 0.0), 100.0) if whole > 0 else 0.0
        bars.append(LyingBar(row, 100 - width if mirrored else 0.0, width))
    return tuple(bars)
