"""From the text of one cell to a value, or to the fault that says why not. Plain Python."""

import datetime as dt
import re
import zoneinfo
from functools import cache
from uuid import UUID

from interop.roster.problems import Fault

YEARS = range(2000, 2101)
EQF_LEVELS = range(1, 9)
CEFR_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"no", "n", "false", "0"})

_EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)
_HEI_ID = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHED_DATE = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})")
_YEAR = re.compile(r"(\d{4})/(\d{4})")
_TERM = re.compile(r"(\d{4}/\d{4})-([1-9])/([1-9])")
_LANGUAGE = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*:\s*([A-Ca-c][12])")
_LANGUAGE_BREAK = re.compile(r"\s*[;,|]\s*")
_EMAIL_LENGTH = 254


class BadValueError(Exception):
    """A cell that cannot be read; `fault` says why, `detail` completes the message."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(fault)
        self.fault = fault
        self.detail = detail


def email(text: str) -> str:
    """Return the address in lower case: it is the person's identity here."""
    address = text.lower()
    if len(address) > _EMAIL_LENGTH or not _EMAIL.fullmatch(address):
        raise BadValueError(Fault.BAD_EMAIL)
    return address


def mobility_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadValueError(Fault.BAD_MOBILITY_ID) from None


def date(text: str) -> dt.date:
    """Return the day; `2026-12-31` and `31.12.2026` are read, `03/04/2027` is refused.

    A date with slashes means one day in Lisbon and another in Boston, so none is guessed.
    """
    if found := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DOTTED_DATE.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif _SLASHED_DATE.fullmatch(text):
        raise BadValueError(Fault.AMBIGUOUS_DATE)
    else:
        raise BadValueError(Fault.BAD_DATE)
    try:
        found_date = dt.date(year, month, day)
    except ValueError:
        raise BadValueError(Fault.IMPOSSIBLE_DATE) from None
    if year not in YEARS:
        raise BadValueError(Fault.UNLIKELY_YEAR, detail=f"{YEARS[0]}–{YEARS[-1]}")
    return found_date


def institution_id(text: str) -> str:
    """Return a SCHAC code (an internet domain) in lower case."""
    hei_id = text.lower()
    if not _HEI_ID.fullmatch(hei_id):
        raise BadValueError(Fault.BAD_INSTITUTION_ID)
    return hei_id


def academic_year(text: str) -> str:
    """Return a year such as 2026/2027, or 2027/2027 as southern hosts write it."""
    found = _YEAR.fullmatch(text)
    if not found or int(found[2]) - int(found[1]) not in (0, 1):
        raise BadValueError(Fault.BAD_ACADEMIC_YEAR)
    return text


def term(text: str) -> str:
    """Return a term such as 2026/2027-1/2: the first of two."""
    found = _TERM.fullmatch(text)
    if not found or int(found[2]) > int(found[3]):
        raise BadValueError(Fault.BAD_TERM)
    academic_year(found[1])
    return text


def yes_or_no(text: str) -> bool:
    word = text.casefold()
    if word not in YES | NO:
        raise BadValueError(Fault.UNKNOWN_WORD, detail="yes, no")
    return word in YES


def time_zone(text: str) -> str:
    if text not in _time_zones():
        raise BadValueError(Fault.UNKNOWN_TIME_ZONE)
    return text


@cache
def _time_zones() -> set[str]:
    return zoneinfo.available_timezones()


def eqf_level(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) not in EQF_LEVELS:
        raise BadValueError(Fault.BAD_EQF_LEVEL)
    return int(text)


def isced_code(text: str) -> str:
    """Return the four digits; a spreadsheet that drops the leading zero is not guessed at."""
    if not re.fullmatch(r"[0-9]{4}", text):
        raise BadValueError(Fault.BAD_ISCED_CODE)
    return text


def languages(text: str) -> tuple[tuple[str, str], ...]:
    """Return languages and levels of `sv:B2;en:C1`, in order of the language."""
    skills: dict[str, str] = {}
    for part in _LANGUAGE_BREAK.split(text.strip(";,| ")):
        found = _LANGUAGE.fullmatch(part)
        if not found or found[1] in skills:
            raise BadValueError(Fault.BAD_LANGUAGE)
        skills[found[1]] = found[2].upper()
    return tuple(sorted(skills.items()))
