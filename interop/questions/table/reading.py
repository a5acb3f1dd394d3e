"""Reads choice questions from CSV, one row each. Plain Python."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from interop.encodings import open_text
from interop.questions import extras, names
from interop.questions.problems import Fault, shown
from interop.questions.records import (
    ONE,
    Answer,
    CannotReadError,
    Kind,
    LeftOut,
    ParsedQuestion,
    UnreadableFileError,
)
from interop.questions.table.columns import FEEDBACKS, OPTIONS, REQUIRED, known, letter
from interop.questions.texts import as_html, plain
from interop.rows import BrokenRow, delimiter_of, records
from library.cells import restore

KINDS = {"": None, "single": Kind.SINGLE, "multiple": Kind.MULTIPLE}
LEAST = 2

_BETWEEN = re.compile(r"[;,|/\s]+")
_PLACES = re.compile(r"(?:\d+|[A-Ja-j])(?:[;,|/\s]+(?:\d+|[A-Ja-j]))*[;,|/\s]*")


def read(file: BinaryIO) -> Iterator[ParsedQuestion | LeftOut]:
    """Yield every question of the file, or why it cannot be taken over.

    Raises:
        UnreadableFileError: the file is no table of questions.
    """
    text = open_text(file)
    try:
        first = text.readline()
        text.seek(0)
        delimiter = delimiter_of(first, lambda cell: known(cell) is not None)
        rows = records(text, delimiter)
        headings = _headings(next(rows, None))
        for row in rows:
            if isinstance(row, BrokenRow):
                yield LeftOut(row.number, "", "", Fault.BROKEN_ROW)
            elif any(cell.strip() for cell in row[1]):
                yield _read(row[0], _cells(headings, row[1]))
    finally:
        text.detach()


def _headings(row: tuple[int, list[str]] | BrokenRow | None) -> list[str | None]:
    if row is None or isinstance(row, BrokenRow) or not any(map(known, row[1])):
        raise UnreadableFileError(Fault.MISSING_COLUMN, line=1, detail=", ".join(REQUIRED))
    headings = [known(cell) for cell in row[1]]
    missing = [name for name in REQUIRED if name not in headings]
    if missing:
        raise UnreadableFileError(Fault.MISSING_COLUMN, line=1, detail=", ".join(missing))
    twice = {name for name in headings if name and headings.count(name) > 1}
    if twice:
        raise UnreadableFileError(Fault.DUPLICATE_COLUMN, line=1, detail=", ".join(sorted(twice)))
    return headings


def _cells(headings: list[str | None], values: list[str]) -> dict[str, str]:
    return {
        heading: restore(value).strip()
        for heading, value in zip(headings, values, strict=False)
        if heading
    }


def _read(number: int, cells: Mapping[str, str]) -> ParsedQuestion | LeftOut:
    try:
        return _question(number, cells)
    except CannotReadError as error:
        name = cells.get("name") or plain(cells.get("question", ""))
        return LeftOut(number, shown(name), cells.get("kind", ""), error.fault, error.detail)


def _question(number: int, cells: Mapping[str, str]) -> ParsedQuestion:
    texts = [as_html(cells.get(name, ""), "moodle") for name in OPTIONS]
    last = max((place for place, text in enumerate(texts, start=1) if text), default=0)
    if last < LEAST:
        raise CannotReadError(Fault.TOO_FEW_ANSWERS, str(LEAST))
    right = _right(cells.get("right", ""), texts[:last])
    kind = cells.get("kind", "").casefold()
    if kind not in KINDS:
        raise CannotReadError(Fault.UNKNOWN_KIND, shown(kind))
    several = Kind.MULTIPLE if len(right) > 1 else Kind.SINGLE
    stem = as_html(cells.get("question", ""), "moodle")
    name = " ".join(cells.get("name", "").split())
    return ParsedQuestion(
        kind=KINDS[kind] or several,
        line=number,
        name=name or names.from_stem(stem),
        is_named=bool(name),
        stem=stem,
        answers=tuple(
            Answer(
                text,
                Decimal(place in right),
                as_html(cells.get(FEEDBACKS[place - 1], ""), "moodle"),
            )
            for place, text in enumerate(texts[:last], start=1)
        ),
        feedback=as_html(cells.get("feedback", ""), "moodle"),
        category=names.category(cells.get("category", "")),
        tags=tuple(dict.fromkeys(filter(None, map(str.strip, cells.get("tags", "").split(";"))))),
        mark=_mark(cells.get("mark", "")),
        idnumber=cells.get("id", ""),
        **extras.read(cells.get("more", "")),
    )


def _right(cell: str, texts: list[str]) -> set[int]:
    """Return the places of the right options: `2`, `1;3`, `B`, `A, C`, or the option's own text."""
    same = {place for place, text in enumerate(texts, start=1) if text and plain(text) == cell}
    if same and not cell.isdigit():
        return same
    if not _PLACES.fullmatch(cell):
        raise CannotReadError(Fault.NO_RIGHT_ANSWER, shown(cell))
    marks = [mark for mark in _BETWEEN.split(cell) if mark]
    places = {int(mark) if mark.isdigit() else letter(mark) for mark in marks}
    if not all(1 <= place <= len(texts) and texts[place - 1] for place in places):
        raise CannotReadError(Fault.NO_RIGHT_ANSWER, shown(cell))
    return places


def _mark(cell: str) -> Decimal:
    if not cell:
        return ONE
    try:
        mark = Decimal(cell.replace(",", "."))
    except InvalidOperation as error:
        raise CannotReadError(Fault.NOT_A_NUMBER, shown(cell)) from error
    if not mark.is_finite() or mark <= 0:
        raise CannotReadError(Fault.NOT_A_NUMBER, shown(cell))
    return mark
