"""From the bytes of a file to rows of text, whatever program wrote them. Plain Python.

Recognised: UTF-8 with and without a byte order mark, UTF-16 with one, Windows-1252;
comma, semicolon and tab; every line ending; cells in quotation marks over several lines.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from interop.encodings import BROKEN_BYTES, decode
from interop.roster.columns import HOST_COLUMNS, REQUIRED, UNCLEAR, known, normal
from interop.roster.problems import Fault, Problem, shown
from interop.rows import BrokenRow, delimiter_of, records
from library.cells import restore

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 25_000
MAX_CELL = 500
QUOTED_BREAKS = {"\n", "\r", "\t"}
REPLACEMENT = "\ufffd"

_Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as a spreadsheet shows it, and its cells by column name."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. A problem of the file or its header that is no remark leaves no rows."""

    rows: tuple[SheetRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    encoding: str = ""
    delimiter: str = ""


@dataclass(slots=True)
class _Reading:
    rows: list[SheetRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse(content: bytes) -> Sheet:
    """Return the rows of a roster file and every problem with its form; never raises."""
    if len(content) > MAX_BYTES:
        return _refused(Fault.TOO_LARGE, detail=str(MAX_BYTES // 1024 // 1024))
    text, encoding = decode(content)
    if not text.strip("\ufeff \t\r\n,;\x00"):
        return _refused(Fault.EMPTY_FILE)
    lines = io.StringIO(text, newline="")
    delimiter = delimiter_of(lines.readline(), lambda cell: known(cell) is not None)
    lines.seek(0)
    found = _records(lines, delimiter)
    headings, problems = _headings(next(found))
    if all(problem.is_remark for problem in problems):
        reading = _read(found, headings, problems)
    else:
        reading = _Reading(problems=problems)
    if len(reading.rows) > MAX_ROWS:
        return _refused(Fault.TOO_MANY_ROWS, detail=str(MAX_ROWS))
    if not reading.rows and all(problem.is_remark for problem in reading.problems):
        return _refused(Fault.EMPTY_FILE)
    return Sheet(tuple(reading.rows), tuple(reading.problems), encoding, delimiter)


def _refused(fault: Fault, *, detail: str = "") -> Sheet:
    return Sheet(problems=(Problem(fault, detail=detail),))


def _records(lines: Iterable[str], delimiter: str) -> Iterator[_Record | Problem]:
    """Yield every record with its number; a problem where the form is broken."""
    for record in records(lines, delimiter):
        if isinstance(record, BrokenRow):
            fault = Fault.CELL_TOO_LONG if record.is_too_long else Fault.BROKEN_ROW
            yield Problem(fault, row=record.number, detail=str(MAX_CELL))
        else:
            yield record


def _headings(record: _Record | Problem) -> tuple[list[str | None], list[Problem]]:
    if isinstance(record, Problem):
        return [], [record]
    _number, cells = record
    headings = [known(cell) for cell in cells]
    if not any(headings):
        return [], [Problem(Fault.NOT_A_TABLE, row=1, value=shown(cells[0] if cells else ""))]
    problems = [
        Problem(fault, row=1, column=shown(cell))
        for cell, heading in zip(cells, headings, strict=True)
        if heading is None and cell.strip()
        for fault in [Fault.UNCLEAR_COLUMN if normal(cell) in UNCLEAR else Fault.UNKNOWN_COLUMN]
    ]
    problems += [
        Problem(Fault.DUPLICATE_COLUMN, row=1, column=name)
        for name, times in Counter(filter(None, headings)).items()
        if times > 1
    ]
    missing = [name for name in REQUIRED if name not in headings]
    if not any(name in headings for name in HOST_COLUMNS):
        missing.append(HOST_COLUMNS[0])
    problems += [Problem(Fault.MISSING_COLUMN, row=1, column=name) for name in missing]
    return headings, problems


def _read(
    found: Iterator[_Record | Problem], headings: list[str | None], problems: list[Problem]
) -> _Reading:
    reading = _Reading(problems=problems)
    for record in found:
        if isinstance(record, Problem):
            reading.problems.append(record)
        elif any(value.strip() for value in record[1]):
            _read_record(*record, headings, reading)
        if len(reading.rows) > MAX_ROWS:
            break
    return reading


def _read_record(
    number: int, values: list[str], headings: list[str | None], reading: _Reading
) -> None:
    surplus = [value for value in values[len(headings) :] if value.strip()]
    if surplus:
        reading.problems.append(Problem(Fault.TOO_MANY_CELLS, number, value=shown(surplus[0])))
        return
    cells = {}
    for heading, value in zip(headings, values, strict=False):
        if heading is None:
            continue
        cells[heading] = " ".join(restore(value.strip(" ")).split())
        fault = _bad_characters(value)
        if fault:
            reading.problems.append(
                Problem(fault, number, heading, shown(value), detail=str(MAX_CELL))
            )
    reading.rows.append(SheetRow(number, cells))


def _bad_characters(value: str) -> Fault | None:
    if len(value) > MAX_CELL:
        return Fault.CELL_TOO_LONG
    if value.isprintable() and REPLACEMENT not in value:
        return None
    for character in value:
        if ord(character) in BROKEN_BYTES or character == REPLACEMENT:
            return Fault.UNREADABLE_CHARACTER
        if ord(character) < ord(" ") and character not in QUOTED_BREAKS:
            return Fault.CONTROL_CHARACTER
    return None
