"""Rows of a CSV file, whichever separator it uses. Plain Python."""

import csv
import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A row whose quotation marks do not fit, or with a cell beyond all bounds."""

    number: int
    is_too_long: bool


def delimiter_of(line: str, is_known: Callable[[str], bool]) -> str:
    """Return the delimiter that makes the most known headings of the first line."""

    def known_headings(delimiter: str) -> int:
        cells = next(csv.reader([line], delimiter=delimiter), [])
        return sum(map(is_known, cells))

    return max(DELIMITERS, key=known_headings)


def records(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]] | BrokenRow]:
    """Yield every row with its number as a spreadsheet shows it."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number in itertools.count(1):
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BrokenRow(number, is_too_long="field limit" in str(error))
