"""Cuts a GIFT file into blocks of one question each, line by line. Plain Python.

A blank line ends a question, but not inside its braces; a new `::name::`, a comment or
`$CATEGORY:` after the closing brace begins the next one even without a blank line.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from interop.questions.gift.escapes import held

MOST_LINES = 5_000

_NEW_QUESTION = re.compile(r"\s*(?:::|\$CATEGORY\s*:|//)", re.IGNORECASE)
_ANSWER_MARKS = ("~", "=", "#", "}")
_CATEGORY = re.compile(r"\s*\$CATEGORY\s*:\s*(.*)", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """One question: its lines with escapes held, and the comments above and inside as they are."""

    line: int
    lines: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    opened: int = 0
    closed: int = 0

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()

    @property
    def is_open(self) -> bool:
        return self.opened > self.closed

    @property
    def is_closed(self) -> bool:
        return 0 < self.opened == self.closed

    def add(self, number: int, line: str) -> None:
        if not self.lines:
            self.line = number
        self.lines.append(line)
        self.opened += line.count("{")
        self.closed += line.count("}")


@dataclass(frozen=True, slots=True)
class Category:
    line: int
    path: str


def blocks(lines: Iterable[str]) -> Iterator[Block | Category]:
    """Yield each question's block and each change of category, in the order of the file."""
    block = Block(1)
    for number, raw in enumerate(lines, start=1):
        line = held(raw.rstrip("\r\n").replace("\x00", ""))
        if number == 1:
            line = line.lstrip("\ufeff")
        if block.lines and _ends_before(block, line):
            yield block
            block = Block(number)
        category = _CATEGORY.match(line)
        if line.lstrip().startswith("//"):
            block.comments.append(raw.strip()[2:].strip())
        elif category and not block.lines:
            yield Category(number, category[1].strip())
            block = Block(number)
        elif line.strip() or block.is_open:
            block.add(number, line)
        elif not block.lines and not line.strip():
            block = Block(number)
    if block.lines:
        yield block


def _ends_before(block: Block, line: str) -> bool:
    """Whether the block is over before this line."""
    if len(block.lines) > MOST_LINES:
        return True
    starts_anew = _NEW_QUESTION.match(line) is not None
    if block.is_open:
        # A brace that nobody closes must not swallow the rest of the file.
        is_after_blank = not block.lines[-1].strip()
        return (
            line.lstrip().startswith("::")
            or _CATEGORY.match(line) is not None
            or (is_after_blank and "{" in line)
        )
    if not line.strip():
        return True
    if not block.is_closed:
        return _CATEGORY.match(line) is not None
    if line.lstrip().startswith(_ANSWER_MARKS):
        # An answer with a brace of its own has closed the block too early.
        return False
    return starts_anew or ("{" in line and block.lines[-1].rstrip().endswith("}"))
