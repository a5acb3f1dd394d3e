"""From the bytes of a file to rows of text, whatever program wrote them. Plain Python.

Recognised: UTF-8 with and without a byte order mark, UTF-16 with one, Windows-1252;
comma, semicolon and tab; every line ending; cells in quotation marks over several lines.
"""

import io
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from interop.encodings import BROKEN_BYTES, CHUNK, guess
from interop.roster.columns import HOST_COLUMNS, REQUIRED, UNCLEAR, known, normal
from interop.roster.problems import Fault, Problem, shown
from interop.rows import BrokenRow, delimiter_of, records
from library.cells import restore

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 25_000
MAX_CELL = 500
QUOTED_BREAKS = {"\n", "\r", "\t"}
REPLACEMENT = "\ufffd"
NOTHING = "\ufeff \t\r\n,;\x00"

_Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be."""

    rows: int = MAX_ROWS
    megabytes: int = MAX_BYTES // 1024 // 1024


USUAL = Limits()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as a spreadsheet shows it, and its cells by column name.

    A row whose form `is_broken` has no cells.
    """

    number: int
    cells: Mapping[str, str]
    problems: tuple[Problem, ...] = ()
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds; the rows are read anew each time, so that they need no memory.

    Attributes:
        remarks: the problems of the file and its header. One that is no remark leaves no rows.
        read: yields every row in the order of the file, broken ones too.
    """

    remarks: tuple[Problem, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    read: Callable[[], Iterable[SheetRow]] = tuple

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """All rows whose cells can be told apart, at once."""
        return tuple(row for row in self.read() if not row.is_broken)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem with the form of the file, at once."""
        return (*self.remarks, *(problem for row in self.read() for problem in row.problems))


def parse(content: bytes, limits: Limits = USUAL) -> Sheet:
    """Return the rows of a roster file and every problem with its form; never raises."""
    if len(content) > limits.megabytes * 1024 * 1024:
        return _refused(Fault.TOO_LARGE, detail=str(limits.megabytes))
    encoding, errors = guess(content)

    def text() -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(content), encoding, errors, newline="")

    with text() as lines:
        if not any(piece.strip(NOTHING) for piece in iter(lambda: lines.read(CHUNK), "")):
            return _refused(Fault.EMPTY_FILE)
    with text() as lines:
        delimiter = delimiter_of(lines.readline(), lambda cell: known(cell) is not None)
    with text() as lines:
        headings, problems = _headings(next(_records(lines, delimiter)))

    def read() -> Iterator[SheetRow]:
        with text() as lines:
            yield from _rows(_records(lines, delimiter), headings)

    if any(not problem.is_remark for problem in problems):
        return Sheet(tuple(problems), encoding, delimiter)
    with text() as lines:
        number = _count(_records(lines, delimiter), limits.rows)
    if number > limits.rows:
        return _refused(Fault.TOO_MANY_ROWS, detail=str(limits.rows))
    if not number:
        return _refused(Fault.EMPTY_FILE)
    return Sheet(tuple(problems), encoding, delimiter, read)


def _count(found: Iterator[_Record | Problem], most: int) -> int:
    """Count the rows below the header, to one more than allowed."""
    next(found)
    rows = (record for record in found if isinstance(record, Problem) or _says_something(record))
    return sum(1 for _row in itertools.islice(rows, most + 1))


def _says_something(record: _Record) -> bool:
    return any(value.strip() for value in record[1])


def _refused(fault: Fault, *, detail: str = "") -> Sheet:
    return Sheet((Problem(fault, detail=detail),))


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


def _rows(found: Iterator[_Record | Problem], headings: list[str | None]) -> Iterator[SheetRow]:
    next(found)
    for record in found:
        if isinstance(record, Problem):
            yield SheetRow(record.row, {}, (record,), is_broken=True)
        elif _says_something(record):
            yield _row(*record, headings)


def _row(number: int, values: list[str], headings: list[str | None]) -> SheetRow:
    surplus = [value for value in values[len(headings) :] if value.strip()]
    if surplus:
        problem = Problem(Fault.TOO_MANY_CELLS, number, value=shown(surplus[0]))
        return SheetRow(number, {}, (problem,), is_broken=True)
    cells, problems = {}, []
    for heading, value in zip(headings, values, strict=False):
        if heading is None:
            continue
        cells[heading] = " ".join(restore(value.strip(" ")).split())
        fault = _bad_characters(value)
        if fault:
            problems.append(Problem(fault, number, heading, shown(value), detail=str(MAX_CELL)))
    return SheetRow(number, cells, tuple(problems))


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
