"""A question as the bank holds it, whether it came from a file or from the bank. Plain Python."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from interop.questions.records import ONE, ZERO, File, number

ALL_OR_NOTHING = "all_or_nothing"
PROPORTIONAL = "proportional"
PROPORTIONAL_CORRECT = "proportional_correct"


@dataclass(frozen=True, slots=True)
class DraftOption:
    text: str
    weight: Decimal = ZERO
    feedback: str = ""


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
    scoring: str = ALL_OR_NOTHING
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


def _plain(value: Any) -> str:
    return number(value) if isinstance(value, Decimal) else str(value)
