"""How a quiz is sat: what stands in its parts and on its pages. Plain Python, no Django.

Everything here is written into the published version, so that an attempt needs
nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

QUESTION, SECTION = "question", "section"


@dataclass(frozen=True)
class Draw:
    """`count` questions out of the pool, chosen anew for each attempt."""

    count: int
    pool: tuple[UUID, ...]


@dataclass(frozen=True)
class Section:
    """Fixed questions, and after them the drawn ones."""

    heading: str = ""
    introduction: str = ""
    item_ids: tuple[UUID, ...] = ()
    draws: tuple[Draw, ...] = ()

    @property
    def length(self) -> int:
        return len(self.item_ids) + sum(draw.count for draw in self.draws)


@dataclass(frozen=True)
class Terms:
    """The rules of sitting a quiz. The defaults are what holds where nothing is said."""

    paging: str = QUESTION
    is_sequential: bool = False
    wait_minutes: int = 0


def section_to_json(section: Section) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "introduction": section.introduction,
        "items": [str(item) for item in section.item_ids],
        "draws": [
            {"count": draw.count, "pool": [str(item) for item in draw.pool]}
            for draw in section.draws
        ],
    }


def section_from_json(data: Mapping[str, Any]) -> Section:
    return Section(
        heading=data["heading"],
        introduction=data["introduction"],
        item_ids=tuple(UUID(item) for item in data["items"]),
        draws=tuple(
            Draw(draw["count"], tuple(UUID(item) for item in draw["pool"]))
            for draw in data["draws"]
        ),
    )


def terms_to_json(terms: Terms) -> dict[str, Any]:
    return {
        "paging": terms.paging,
        "is_sequential": terms.is_sequential,
        "wait_minutes": terms.wait_minutes,
    }


def terms_from_json(data: Mapping[str, Any]) -> Terms:
    """Read what `terms_to_json` wrote, also that of an earlier release."""
    return Terms(
        paging=str(data.get("paging", QUESTION)),
        is_sequential=bool(data.get("is_sequential")),
        wait_minutes=data.get("wait_minutes", 0),
    )
