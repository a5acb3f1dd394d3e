"""Questions as files have them, before anybody asks whether the bank can hold them.

Plain Python. Every text is HTML within the allow-list of `library.html`, whatever its
format was in the file; what people type or pick word by word (answers of short text,
of matching and of gaps) is plain text.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from interop.questions.problems import Fault

ONE = Decimal(1)
ZERO = Decimal(0)


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    SITUATIONAL = "situational"
    TRUE_FALSE = "true_false"
    MATCHING = "matching"
    ORDERING = "ordering"
    SHORT_TEXT = "short"
    NUMERIC = "numeric"
    GAPS = "gaps"
    OPEN = "open"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class Answer:
    """One option or accepted answer; `share` is 1 for the whole mark, and may be below 0.

    A numeric answer is right from `text - tolerance` to `text + tolerance`.
    """

    text: str
    share: Decimal = ZERO
    feedback: str = ""
    tolerance: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Pair:
    """`prompt` is HTML; without one, `answer` is there to mislead."""

    prompt: str
    answer: str


@dataclass(frozen=True, slots=True)
class Gap:
    """One gap of the stem, where it stands as `[[1]]`; typed, or picked from `answers`."""

    answers: tuple[Answer, ...]
    is_typed: bool = False
    mark: Decimal = ONE


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def as_base64(self) -> str:
        return base64.b64encode(self.content).decode()


@dataclass(frozen=True)
class ParsedQuestion:
    """One question of a file.

    Attributes:
        line: where it begins.
        is_named: whether the file names it; otherwise the name is made from its stem.
        shuffle: whether the file wants its options mixed.
        order: of an ordering question, its lines from first to last.
        units: names of units and what they are multiplied by.
        extras: what only this product writes, such as dimensions and the author's note.
        kept: what the bank has no place for, and an export gives back.
        remarks: what is taken over otherwise than it stood there.
    """

    kind: Kind
    line: int = 0
    name: str = ""
    is_named: bool = True
    stem: str = ""
    answers: tuple[Answer, ...] = ()
    pairs: tuple[Pair, ...] = ()
    gaps: tuple[Gap, ...] = ()
    order: tuple[str, ...] = ()
    units: tuple[tuple[str, Decimal], ...] = ()
    feedback: str = ""
    hints: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    category: str = ""
    mark: Decimal = ONE
    idnumber: str = ""
    is_case_sensitive: bool = False
    marking_guide: str = ""
    least_words: int | None = None
    most_words: int | None = None
    files: tuple[File, ...] = ()
    extras: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, Any] = field(default_factory=dict)
    remarks: tuple[Fault, ...] = ()

    @cached_property
    def fingerprint(self) -> str:
        """Equal for equal questions, wherever they stand in a file."""
        plain = asdict(replace(self, line=0, files=(), remarks=()))
        plain["files"] = sorted((file.name, file.digest) for file in self.files)
        text = json.dumps(plain, sort_keys=True, default=_plain, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def texts(self) -> Iterator[str]:
        """Every text that is HTML."""
        yield from (self.stem, self.feedback, self.marking_guide, *self.hints, *self.order)
        for answer in self.answers:
            yield from (answer.text, answer.feedback)
        yield from (pair.prompt for pair in self.pairs)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A question of a file that is not taken over, not even in part."""

    line: int
    name: str
    kind: str
    fault: Fault
    detail: str = ""


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; nothing of it is imported."""

    def __init__(self, fault: Fault, *, line: int = 0, detail: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.line = line
        self.detail = detail


class CannotReadError(Exception):
    """Raised inside a reader: this question cannot be taken over."""

    def __init__(self, fault: Fault, detail: str = "", kind: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.detail = detail
        self.kind = kind


def _plain(value: Any) -> str:
    return number(value) if isinstance(value, Decimal) else str(value)


def number(value: Decimal) -> str:
    """Write a number in its shortest plain form."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def as_uuid(idnumber: str) -> UUID | None:
    """Return the UUID that an export of this product gives as ID number; None for any other."""
    try:
        found = UUID(idnumber)
    except ValueError:
        return None
    return found if str(found) == idnumber else None
