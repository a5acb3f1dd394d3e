"""Reads GIFT, as Moodle and other programs write it. Plain Python, one question at a time."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from interop.questions import extras, names
from interop.questions.gift import answers
from interop.questions.gift.blocks import Block, Category, blocks
from interop.questions.gift.escapes import restored
from interop.questions.problems import Fault, shown
from interop.questions.records import CannotReadError, File, Kind, LeftOut, ParsedQuestion
from interop.questions.texts import as_html, take_out_data

GAP = "_____"

_IDNUMBER = re.compile(r"\[id:((?:\\\]|[^\]])+)\]")
_TAG = re.compile(r"\[tags?:((?:\\\]|[^\]])+)\]")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)


def read(lines: Iterable[str]) -> Iterator[ParsedQuestion | LeftOut]:
    """Yield every question of the file, or why it cannot be taken over."""
    category = ""
    for block in blocks(lines):
        if isinstance(block, Category):
            category = names.category(restored(block.path))
            continue
        found = _read(block)
        if isinstance(found, ParsedQuestion):
            found = replace(found, category=category)
        yield found


def _read(block: Block) -> ParsedQuestion | LeftOut:
    name, text = _name(block.text)
    try:
        return _question(block, name, text)
    except CannotReadError as error:
        label = name or shown(restored(_FORMAT.sub("", text, count=1)))
        return LeftOut(block.line, shown(label), error.kind, error.fault, error.detail)


def _name(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    name, mark, rest = text[2:].partition("::")
    if not mark:
        return "", text
    return " ".join(restored(name).split()), rest.strip()


@dataclass(frozen=True, slots=True)
class _Parts:
    stem: str
    format_name: str
    answer: str | None
    feedback: str


def _question(block: Block, name: str, text: str) -> ParsedQuestion:
    parts = _parts(text)
    files: list[File] = []

    def as_text(raw: str) -> str:
        return _html(raw, parts.format_name, files)

    stem = as_text(parts.stem)
    made = answers.read(parts.answer, as_text)
    about = _about(block.comments)
    question = ParsedQuestion(
        line=block.line,
        name=name or names.from_stem(stem),
        is_named=bool(name),
        stem=stem,
        feedback=as_text(parts.feedback),
        files=(),
        **{"kind": Kind.DESCRIPTION, **made, **about},
    )
    return replace(question, files=tuple(files))


def _parts(text: str) -> _Parts:
    """Cut a question at its braces. Text behind them makes a missing word."""
    opened, closed = text.count("{"), text.count("}")
    if opened > closed:
        raise CannotReadError(Fault.UNCLOSED_BRACE)
    if closed > opened:
        raise CannotReadError(Fault.STRAY_BRACE)
    if opened > 1:
        raise CannotReadError(Fault.SEVERAL_BLOCKS)
    before, _open, rest = text.partition("{")
    inside, _close, after = rest.partition("}")
    stem = f"{before}{GAP}{after}" if opened and after.strip() else before
    found = _FORMAT.match(stem.strip())
    format_name = found[1].lower() if found else "moodle"
    if not opened:
        return _Parts(stem, format_name, None, "")
    answer, mark, feedback = inside.rpartition("####")
    if not mark:
        answer, feedback = inside, ""
    return _Parts(stem, format_name, answer.strip(), feedback)


def _html(raw: str, format_name: str, files: list[File]) -> str:
    text = raw.strip()
    found = _FORMAT.match(text)
    if found:
        format_name, text = found[1].lower(), text[found.end() :]
    text, taken = take_out_data(restored(text))
    files += [file for file in taken if file not in files]
    return as_html(text, format_name)


def _about(comments: list[str]) -> dict[str, Any]:
    """What the comments say: number, tags, and what only this product writes."""
    found: dict[str, Any] = {}
    tags: list[str] = []
    for comment in comments:
        if comment.startswith(f"{extras.OWN}:"):
            found |= extras.read(comment.removeprefix(f"{extras.OWN}:"))
            continue
        number = _IDNUMBER.search(comment)
        if number:
            found["idnumber"] = _inner(number[1])
        tags += [_inner(tag) for tag in _TAG.findall(comment)]
    if tags:
        found["tags"] = tuple(dict.fromkeys(tags))
    return found


def _inner(text: str) -> str:
    return text.replace("\\]", "]").strip()
