"""The parts of a question in a paper, and how they travel as JSON. Plain Python: no Django.

Decimals travel as text in their shortest form, so they stay exact and equal parts give
equal JSON.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID


@dataclass(frozen=True)
class PaperOption:
    """`weight` lies between 0 and 1; on a scale it is the place."""

    id: UUID
    text: str
    weight: Decimal
    feedback: str = ""


@dataclass(frozen=True)
class Pair:
    """A prompt and its match; `choice_id` is what a page calls the match.

    A match without a prompt only distracts.
    """

    id: UUID
    choice_id: UUID
    prompt: str
    match: str
    feedback: str = ""


@dataclass(frozen=True)
class Accepted:
    """An answer that earns a fraction; of a gap text in one of its gaps.

    `text` may have `*` for anything; of a numeric question it is a number.
    """

    id: UUID
    text: str
    fraction: Decimal
    feedback: str = ""
    gap: int = 1
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True)
class Statement:
    """One statement of a Likert set; `dimension` is a dimension's key, or empty."""

    id: UUID
    text: str
    is_reversed: bool = False
    dimension: str = ""


@dataclass(frozen=True)
class RubricRow:
    """One thing that a trainer looks at; `levels` say how well, the lowest first."""

    id: UUID
    title: str
    levels: tuple[str, ...]
    weight: Decimal = Decimal(1)
    dimension: str = ""


@dataclass(frozen=True)
class Medium:
    """A recording to the question; the numbers are ids of documents."""

    document: int
    is_video: bool
    captions: int | None = None
    transcript: str = ""


Part = TypeVar("Part")

READERS: Mapping[Any, Callable[[Any], Any]] = {
    UUID: UUID,
    Decimal: Decimal,
    tuple[str, ...]: tuple,
}


def part_to_json(part: Any) -> dict[str, Any]:
    """Return the part without what it leaves at its default."""
    found = {one.name: (getattr(part, one.name), one.default) for one in fields(part)}
    return {
        name: _plain(value)
        for name, (value, default) in found.items()
        if default is MISSING or value != default
    }


def part_from_json(part: type[Part], data: Mapping[str, Any]) -> Part:
    """Return what `part_to_json` wrote."""
    read = {
        one.name: READERS.get(one.type, _as_it_is)(data[one.name])
        for one in fields(part)  # type: ignore[arg-type]
        if one.name in data
    }
    return part(**read)


def number_text(number: Decimal) -> str:
    """Write a number in its shortest plain form: 0.500 and 0.5 are the same weight."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Decimal):
        return number_text(value)
    return list(value) if isinstance(value, tuple) else value


def _as_it_is(value: Any) -> Any:
    return value
