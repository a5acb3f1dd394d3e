"""A quiz as participants get it: plain, frozen, and complete with keys and feedback.

Plain Python: no Django. Decimals travel through JSON as text, so they stay exact.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from quizzes.terms import (
    Section,
    Terms,
    section_from_json,
    section_to_json,
    terms_from_json,
    terms_to_json,
)

FORMAT = 2
READABLE = (1, 2)

SINGLE = "single"
MULTIPLE = "multiple"
SITUATIONAL = "situational"
RATING = "rating"


class UnknownFormatError(ValueError):
    """The stored paper was written by a newer Sojourn."""


@dataclass(frozen=True)
class PaperOption:
    """`weight` lies between 0 and 1; of a rating it is the place on the scale."""

    id: UUID
    text: str
    weight: Decimal
    feedback: str = ""


@dataclass(frozen=True)
class Item:
    """One question. Texts are rich text as Wagtail stores it; `mark` is its maximum."""

    id: UUID
    kind: str
    stem: str
    options: tuple[PaperOption, ...]
    mark: Decimal
    scoring: str
    feedback: str = ""
    dimensions: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def takes_several(self) -> bool:
        return self.kind == MULTIPLE

    @property
    def is_graded(self) -> bool:
        """Whether the question has a better and a worse answer at all."""
        return self.kind != RATING

    @cached_property
    def option_by_id(self) -> Mapping[UUID, PaperOption]:
        return {option.id: option for option in self.options}

    def chosen(self, option_ids: Iterable[UUID | str]) -> tuple[PaperOption, ...]:
        """Return the chosen options in the question's own order."""
        wanted = {str(option) for option in option_ids}
        return tuple(option for option in self.options if str(option.id) in wanted)


@dataclass(frozen=True)
class Paper:
    """The whole quiz, with every question that an attempt may draw.

    `dimension_names` gives the name of each dimension's key. A paper without
    `sections` has one, of all its items.
    """

    title: str
    introduction: str
    purpose: str
    pass_mark: Decimal
    grading_method: str
    max_attempts: int | None
    items: tuple[Item, ...]
    minutes: int = 10
    shuffle_questions: bool = False
    shuffle_options: bool = True
    dimension_names: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    terms: Terms = field(default_factory=Terms)

    @cached_property
    def item_by_id(self) -> Mapping[UUID, Item]:
        return {item.id: item for item in self.items}

    @property
    def max_score(self) -> Decimal:
        return sum((item.mark for item in self.items if item.is_graded), Decimal(0))

    @property
    def parts(self) -> tuple[Section, ...]:
        return self.sections or (Section(item_ids=tuple(item.id for item in self.items)),)

    @property
    def length(self) -> int:
        """How many questions one attempt has."""
        return sum(part.length for part in self.parts)

    def only(self, item_ids: Collection[UUID]) -> "Paper":
        """Return the paper as one attempt has it: with these questions, in its own order."""
        wanted = set(item_ids)
        if wanted >= self.item_by_id.keys():
            return self
        return replace(self, items=tuple(item for item in self.items if item.id in wanted))


def to_json(paper: Paper) -> dict[str, Any]:
    """Return the paper as JSON; equal papers give equal JSON."""
    return {
        "format": FORMAT,
        "title": paper.title,
        "introduction": paper.introduction,
        "purpose": str(paper.purpose),
        "pass_mark": _text(paper.pass_mark),
        "grading_method": str(paper.grading_method),
        "max_attempts": paper.max_attempts,
        "minutes": paper.minutes,
        "shuffle_questions": paper.shuffle_questions,
        "shuffle_options": paper.shuffle_options,
        "dimension_names": dict(paper.dimension_names),
        "items": [_item_to_json(item) for item in paper.items],
        "sections": [section_to_json(section) for section in paper.sections],
        "terms": terms_to_json(paper.terms),
    }


def from_json(data: Mapping[str, Any]) -> Paper:
    """Return the paper that `to_json` wrote, in this format or an earlier one.

    Raises:
        UnknownFormatError: the data has a format that this release does not know.
    """
    if data.get("format") not in READABLE:
        raise UnknownFormatError(f"Paper format {data.get('format')!r} is not known here.")
    return Paper(
        title=data["title"],
        introduction=data["introduction"],
        purpose=data["purpose"],
        pass_mark=Decimal(data["pass_mark"]),
        grading_method=data["grading_method"],
        max_attempts=data["max_attempts"],
        minutes=data["minutes"],
        shuffle_questions=data["shuffle_questions"],
        shuffle_options=data["shuffle_options"],
        dimension_names=dict(data["dimension_names"]),
        items=tuple(_item_from_json(item) for item in data["items"]),
        sections=tuple(section_from_json(section) for section in data.get("sections", ())),
        terms=terms_from_json(data.get("terms", {})),
    )


def _item_to_json(item: Item) -> dict[str, Any]:
    return {
        "id": str(item.id),
        "kind": str(item.kind),
        "stem": item.stem,
        "mark": _text(item.mark),
        "scoring": str(item.scoring),
        "feedback": item.feedback,
        "dimensions": {key: _text(weight) for key, weight in item.dimensions.items()},
        "options": [
            {
                "id": str(option.id),
                "text": option.text,
                "weight": _text(option.weight),
                "feedback": option.feedback,
            }
            for option in item.options
        ],
    }


def _item_from_json(data: Mapping[str, Any]) -> Item:
    return Item(
        id=UUID(data["id"]),
        kind=data["kind"],
        stem=data["stem"],
        mark=Decimal(data["mark"]),
        scoring=data["scoring"],
        feedback=data["feedback"],
        dimensions={key: Decimal(weight) for key, weight in data["dimensions"].items()},
        options=tuple(
            PaperOption(
                id=UUID(option["id"]),
                text=option["text"],
                weight=Decimal(option["weight"]),
                feedback=option["feedback"],
            )
            for option in data["options"]
        ),
    )


def _text(number: Decimal) -> str:
    """Write a number in its shortest plain form: 0.500 and 0.5 are the same weight."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
