"""The formats by name: which one a file has, how it is read and how it is written."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO

from interop.encodings import open_text
from interop.questions.actions import Format
from interop.questions.gift import reading as gift_reading
from interop.questions.gift import writing as gift_writing
from interop.questions.moodle import reading as moodle_reading
from interop.questions.moodle import writing as moodle_writing
from interop.questions.problems import Fault
from interop.questions.records import LeftOut, ParsedQuestion, UnreadableFileError
from interop.questions.table import reading as table_reading
from interop.questions.table import writing as table_writing
from interop.questions.table.columns import known
from interop.rows import DELIMITERS

MOST_QUESTIONS = 20_000
START = 4096
LEAST_HEADINGS = 3

_AIKEN = re.compile(r"^A[.)] .*\n(?:.*\n)*?ANSWER: *[A-Z]\b", re.MULTILINE)


@dataclass(frozen=True)
class Writer:
    """How a format is written: what comes first and last, and each question between."""

    extension: str
    content_type: str
    can_hold: Callable[[ParsedQuestion], bool]
    write: Callable[[ParsedQuestion], str]
    category: Callable[[str], str] | None = None
    start: str = ""
    end: str = ""


WRITERS = {
    Format.GIFT: Writer(
        extension="gift",
        content_type="text/plain; charset=utf-8",
        can_hold=gift_writing.can_hold,
        write=gift_writing.write,
        category=gift_writing.category_line,
    ),
    Format.MOODLE_XML: Writer(
        extension="xml",
        content_type="application/xml",
        can_hold=moodle_writing.can_hold,
        write=moodle_writing.write,
        category=moodle_writing.category_element,
        start=moodle_writing.START,
        end=moodle_writing.END,
    ),
    Format.CSV: Writer(
        extension="csv",
        content_type="text/csv; charset=utf-8",
        can_hold=table_writing.can_hold,
        write=table_writing.write,
        start=table_writing.START,
    ),
}


def read(file: BinaryIO, format_name: str) -> Iterator[ParsedQuestion | LeftOut]:
    """Yield every question of a file.

    Raises:
        UnreadableFileError: the file as a whole cannot be read, or holds no question.
    """
    found = _questions(file, format_name)
    first = next(found, None)
    if first is None:
        raise UnreadableFileError(Fault.EMPTY_FILE)
    for count, question in enumerate(chain([first], found), start=1):
        if count > MOST_QUESTIONS:
            raise UnreadableFileError(Fault.TOO_MANY_QUESTIONS, detail=str(MOST_QUESTIONS))
        yield question


def _questions(file: BinaryIO, format_name: str) -> Iterator[ParsedQuestion | LeftOut]:
    if format_name == Format.MOODLE_XML:
        yield from moodle_reading.read(file)
    elif format_name == Format.CSV:
        yield from table_reading.read(file)
    else:
        text = open_text(file)
        try:
            yield from gift_reading.read(text)
        finally:
            text.detach()


def guess(file: BinaryIO, filename: str = "") -> str:
    """Return the format of a file, by what it says and then by its name.

    Raises:
        UnreadableFileError: it is none of them.
    """
    text = open_text(file)
    start = text.read(START).lstrip("\ufeff \t\r\n")
    text.detach()
    if not start:
        raise UnreadableFileError(Fault.EMPTY_FILE)
    if start.startswith("<"):
        return Format.MOODLE_XML
    first = start.partition("\n")[0]
    if any(sum(map(bool, map(known, first.split(mark)))) >= LEAST_HEADINGS for mark in DELIMITERS):
        return Format.CSV
    if re.search(r"^\s*(?:::|//|\$CATEGORY)|\{", start, re.MULTILINE):
        return Format.GIFT
    if _AIKEN.search(start):
        raise UnreadableFileError(Fault.UNKNOWN_FORMAT, detail="Aiken")
    by_name = {"xml": Format.MOODLE_XML, "csv": Format.CSV, "gift": Format.GIFT, "txt": Format.GIFT}
    found = by_name.get(filename.rpartition(".")[2].lower())
    if found is None:
        raise UnreadableFileError(Fault.UNKNOWN_FORMAT)
    return found
