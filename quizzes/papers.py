"""A quiz as participants get it: plain, frozen, and complete with keys and feedback.

Plain Python: no Django. Decimals travel through JSON as text, so they stay exact.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from quizzes.parts import (
    Accepted,
    Medium,
    Pair,
    PaperOption,
    RubricRow,
    Statement,
    number_text,
    part_from_json,
    part_to_json,
)
from quizzes.terms import (
    Section,
    Terms,
    section_from_json,
    section_to_json,
    terms_from_json,
    terms_to_json,
)

__all__ = ["Accepted", "Item", "Medium", "Pair", "Paper", "PaperOption", "RubricRow", "Statement"]

FORMAT = 2
READABLE = (1, 2)

SINGLE = "single"
MULTIPLE = "multiple"
SITUATIONAL = "situational"
RATING = "rating"
TRUE_FALSE = "true_false"
MATCHING = "matching"
ORDERING = "ordering"
SHORT = "short"
NUMERIC = "numeric"
GAPS = "gaps"
LIKERT = "likert"
OPEN = "open"

NEVER_GRADED = frozenset({RATING, LIKERT})

# The other form of a kind: each option of a situation rated, each gap chosen from a list.
RATE = "rate"
SELECT = "select"


PLAIN = ("form", "case_matters", "accents_matter", "unit", "min_words", "max_words")
PARTS: Mapping[str, type[Any]] = {
    "pairs": Pair,
    "accepted": Accepted,
    "statements": Statement,
    "rubric": RubricRow,
}

ACCEPT_ANY = "accept_any"
DISREGARD = "disregard"


class UnknownFormatError(ValueError):
    """The stored paper was written by a newer Sojourn."""


@dataclass(frozen=True)
class Item:
    """One question. Texts are rich text as Wagtail stores it; `mark` is its maximum.

    Which of the parts a question has depends on its kind: options, pairs, accepted
    answers, statements on a scale of options, or a rubric.

    `ruling` says how a flawed question is judged after all: any answer earns
    everything (ACCEPT_ANY), or it counts for nobody (DISREGARD).
    """

    id: UUID
    kind: str
    stem: str
    options: tuple[PaperOption, ...]
    mark: Decimal
    scoring: str
    feedback: str = ""
    dimensions: Mapping[str, Decimal] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    form: str = ""
    case_matters: bool = False
    accents_matter: bool = False
    unit: str = ""
    min_words: int | None = None
    max_words: int | None = None
    medium: Medium | None = None
    pairs: tuple[Pair, ...] = ()
    accepted: tuple[Accepted, ...] = ()
    statements: tuple[Statement, ...] = ()
    rubric: tuple[RubricRow, ...] = ()
    ruling: str = ""

    @property
    def takes_several(self) -> bool:
        return self.kind == MULTIPLE

    @property
    def is_graded(self) -> bool:
        """Whether the question has a better and a worse answer at all."""
        return self.kind not in NEVER_GRADED and self.ruling != DISREGARD

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
        "pass_mark": number_text(paper.pass_mark),
        "grading_method": str(paper.grading_method),
        "max_attempts": paper.max_attempts,
        "minutes": paper.minutes,
        "shuffle_questions": paper.shuffle_questions,
        "shuffle_options": paper.shuffle_options,
        "dimension_names": dict(paper.dimension_names),
        "items": [item_to_json(item) for item in paper.items],
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
        items=tuple(item_from_json(item) for item in data["items"]),
        sections=tuple(section_from_json(section) for section in data.get("sections", ())),
        terms=terms_from_json(data.get("terms", {})),
    )


def item_to_json(item: Item) -> dict[str, Any]:
    """Return one question as JSON, keys and feedback included."""
    data = {
        "id": str(item.id),
        "kind": str(item.kind),
        "stem": item.stem,
        "mark": number_text(item.mark),
        "scoring": str(item.scoring),
        "feedback": item.feedback,
        "dimensions": {key: number_text(weight) for key, weight in item.dimensions.items()},
        "options": [part_to_json(option) for option in item.options],
        **({"ruling": item.ruling} if item.ruling else {}),
    }
    plain = {name: getattr(item, name) for name in PLAIN if getattr(item, name)}
    parts = {name: [part_to_json(part) for part in getattr(item, name)] for name in PARTS}
    return (
        data
        | plain
        | ({"hints": list(item.hints)} if item.hints else {})
        | ({"medium": part_to_json(item.medium)} if item.medium else {})
        | {name: lines for name, lines in parts.items() if lines}
    )


def item_from_json(data: Mapping[str, Any]) -> Item:
    """Return the question that `item_to_json` wrote."""
    medium = data.get("medium")
    parts: dict[str, Any] = {
        name: tuple(part_from_json(part, line) for line in data.get(name, ()))
        for name, part in PARTS.items()
    }
    return Item(
        id=UUID(data["id"]),
        kind=data["kind"],
        stem=data["stem"],
        mark=Decimal(data["mark"]),
        scoring=data["scoring"],
        feedback=data["feedback"],
        dimensions={key: Decimal(weight) for key, weight in data["dimensions"].items()},
        options=tuple(part_from_json(PaperOption, option) for option in data["options"]),
        hints=tuple(data.get("hints", ())),
        medium=part_from_json(Medium, medium) if medium else None,
        **{name: data[name] for name in PLAIN if name in data},
        ruling=data.get("ruling", ""),
        **parts,
    )
