"""A question as the bank holds it, whether it came from a file or from the bank. Plain Python."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from interop.questions.records import ONE, ZERO, File, Kind, number

ALL_OR_NOTHING = "all_or_nothing"
PROPORTIONAL = "proportional"
PROPORTIONAL_CORRECT = "proportional_correct"
# The kinds that are scored in one of these ways; of the others it says nothing.
SCORED = frozenset({Kind.MULTIPLE, Kind.MATCHING, Kind.ORDERING, Kind.GAPS})

DRAFT, READY, HIDDEN = "draft", "ready", "hidden"
SELECT, RATE = "select", "rate"


@dataclass(frozen=True, slots=True)
class DraftOption:
    text: str
    weight: Decimal = ZERO
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class DraftPair:
    """Without a prompt, `match` is there to mislead."""

    prompt: str
    match: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """An answer that people write, or pick for the gap with this number."""

    text: str
    fraction: Decimal = ONE
    feedback: str = ""
    gap: int = 1
    tolerance: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row of a rubric; `dimension` is a key or empty."""

    title: str
    levels: tuple[str, ...]
    weight: Decimal = ONE
    dimension: str = ""


@dataclass(frozen=True)
class Draft:
    """A question as the bank holds it; texts are clean HTML with pictures by file name.

    `dimensions` are keys such as `built-in.empathy` with their weights, in their order;
    `kept` is for what the bank has no place for.
    """

    kind: str
    name: str
    stem: str
    category: str = ""
    options: tuple[DraftOption, ...] = ()
    pairs: tuple[DraftPair, ...] = ()
    accepted: tuple[DraftAnswer, ...] = ()
    rubric: tuple[DraftRow, ...] = ()
    scoring: str = ALL_OR_NOTHING
    form: str = ""
    case_matters: bool = False
    accents_matter: bool = False
    unit: str = ""
    min_words: int | None = None
    max_words: int | None = None
    status: str = READY
    tags: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    feedback: str = ""
    mark: Decimal = ONE
    note: str = ""
    dimensions: tuple[tuple[str, Decimal], ...] = ()
    kept: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[File, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Equal for questions that are the same to the bank."""
        plain = asdict(self)
        plain["files"] = sorted((file.name, file.digest) for file in self.files)
        text = json.dumps(plain, sort_keys=True, default=_plain, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def texts(self) -> Iterator[str]:
        """Every text that may show a picture."""
        yield from (self.stem, self.feedback)
        for option in self.options:
            yield from (option.text, option.feedback)
        for pair in self.pairs:
            yield from (pair.prompt, pair.feedback)
        yield from (answer.feedback for answer in self.accepted)


def _plain(value: Any) -> str:
    return number(value) if isinstance(value, Decimal) else str(value)
