"""How a quiz is sat: its parts and pages, its time, and what may be seen. Plain Python.

Everything here is written into the published version, so that an attempt needs
nothing else.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

QUESTION, SECTION = "question", "section"
SUBMIT, GRACE, ABANDON = "submit", "grace", "abandon"
DURING, SUBMITTED, CLOSED, NEVER = "during", "submitted", "closed", "never"


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
class Bound:
    """When a quiz opens or closes: at a moment, or days from an event of the exchange.

    Negative days lie before the event. Without either there is no bound.
    """

    at: dt.datetime | None = None
    event: str = ""
    days: int = 0


@dataclass(frozen=True)
class Review:
    """What a participant may see of an attempt, and from when on."""

    score: str = SUBMITTED
    answers: str = SUBMITTED
    keys: str = SUBMITTED
    feedback: str = SUBMITTED


@dataclass(frozen=True)
class Band:
    """What is said to everybody who reached this percentage, but not that of the next band."""

    from_percent: Decimal
    text: str


@dataclass(frozen=True)
class Terms:
    """The rules of sitting a quiz. The defaults are what holds where nothing is said.

    `grace_seconds` are for a last request that is slow; `overdue_minutes` for handing
    in after the deadline where `at_deadline` allows it.
    """

    paging: str = QUESTION
    is_sequential: bool = False
    wait_minutes: int = 0
    time_limit: int | None = None
    grace_seconds: int = 30
    at_deadline: str = SUBMIT
    overdue_minutes: int = 0
    opens: Bound = field(default_factory=Bound)
    closes: Bound = field(default_factory=Bound)
    review: Review = field(default_factory=Review)
    bands: tuple[Band, ...] = ()

    @property
    def follows_the_exchange(self) -> bool:
        return bool(self.opens.event or self.closes.event)

    @property
    def has_close(self) -> bool:
        return bool(self.closes.at or self.closes.event)

    def band(self, percent: Decimal | None) -> str:
        """Return the words of the highest band that the percentage reached."""
        reached = [
            band for band in self.bands if percent is not None and band.from_percent <= percent
        ]
        return max(reached, key=lambda band: band.from_percent).text if reached else ""


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
    review = terms.review
    return {
        "paging": str(terms.paging),
        "is_sequential": terms.is_sequential,
        "wait_minutes": terms.wait_minutes,
        "time_limit": terms.time_limit,
        "grace_seconds": terms.grace_seconds,
        "at_deadline": str(terms.at_deadline),
        "overdue_minutes": terms.overdue_minutes,
        "opens": _bound_to_json(terms.opens),
        "closes": _bound_to_json(terms.closes),
        "review": {name: str(getattr(review, name)) for name in REVIEWED},
        "bands": [[str(band.from_percent), band.text] for band in terms.bands],
    }


def terms_from_json(data: Mapping[str, Any]) -> Terms:
    """Read what `terms_to_json` wrote, also that of an earlier release."""
    plain = ("paging", "is_sequential", "wait_minutes", "time_limit", "grace_seconds")
    known = {
        name: data[name] for name in (*plain, "at_deadline", "overdue_minutes") if name in data
    }
    return Terms(
        **known,
        opens=_bound_from_json(data.get("opens", {})),
        closes=_bound_from_json(data.get("closes", {})),
        review=Review(**data.get("review", {})),
        bands=tuple(Band(Decimal(start), text) for start, text in data.get("bands", ())),
    )


REVIEWED = ("score", "answers", "keys", "feedback")


def _bound_to_json(bound: Bound) -> dict[str, Any]:
    at = bound.at.astimezone(dt.UTC).isoformat() if bound.at else None
    return {"at": at, "event": str(bound.event), "days": bound.days}


def _bound_from_json(data: Mapping[str, Any]) -> Bound:
    at = data.get("at")
    return Bound(
        at=dt.datetime.fromisoformat(at) if at else None,
        event=data.get("event", ""),
        days=data.get("days", 0),
    )
