"""From rows of text to entries: what each row says, as far as the file alone can tell."""

from collections.abc import Callable, Iterable
from typing import Any

from django_countries import countries

from exchanges.enums import ActivityAttribute, ActivityType, Audience, PlacementStatus
from interop.roster import values
from interop.roster.columns import NAMES, REQUIRED
from interop.roster.entries import Entry
from interop.roster.parsing import SheetRow
from interop.roster.problems import Fault, Problem, shown
from interop.roster.values import BadValueError

MAX_LENGTHS = {"given_names": 150, "family_name": 150, "global_id": 255}
DEFAULT_MAX_LENGTH = 255
STUDENT_ACTIVITIES = frozenset({ActivityType.STUDIES, ActivityType.TRAINEESHIP})
ANYBODYS_ACTIVITIES = frozenset({ActivityType.JOINT_PROJECT})


def read(rows: Iterable[SheetRow]) -> tuple[list[Entry], list[Problem]]:
    """Return the entries that can be read, and every problem of the others."""
    entries, problems = [], []
    for row in rows:
        entry, wrong = read_row(row)
        problems += wrong
        if entry:
            entries.append(entry)
    return entries, problems


def read_row(row: SheetRow) -> tuple[Entry | None, list[Problem]]:
    """Return the entry, or every reason why the row cannot be read."""
    found, wrong = _read_values(row)
    wrong += _missing(row, wrong)
    wrong = wrong or _nonsense(row.number, found)
    return (None, wrong) if wrong else (Entry(row=row.number, **found), [])


def _read_values(row: SheetRow) -> tuple[dict[str, Any], list[Problem]]:
    found: dict[str, Any] = {}
    problems = []
    for name, text in row.cells.items():
        if not text:
            continue
        try:
            found[name] = _READERS[name](text)
        except BadValueError as bad:
            problems.append(Problem(bad.fault, row.number, name, shown(text), bad.detail))
    return found, problems


def _missing(row: SheetRow, wrong: list[Problem]) -> list[Problem]:
    return [
        Problem(Fault.MISSING_VALUE, row.number, name)
        for name in REQUIRED
        if not row.cells.get(name)
    ]


def _nonsense(row: int, found: dict[str, Any]) -> list[Problem]:
    """Return what is wrong with values that are good one by one."""
    start, end = found["start_date"], found["end_date"]
    problems = []
    if end < start:
        problems.append(Problem(Fault.ENDS_BEFORE_IT_STARTS, row, "end_date", str(end), str(start)))
    leaves = found.get("leaves_home_on")
    if leaves and leaves > start:
        problems.append(
            Problem(Fault.LEAVES_AFTER_START, row, "leaves_home_on", str(leaves), str(start))
        )
    term = found.get("sending_academic_term")
    if term and found.get("non_standard_period"):
        problems.append(Problem(Fault.TERM_OR_PERIOD, row, "non_standard_period", term))
    problems += _host_missing(row, found)
    activity = found.get("activity_type")
    is_student = found["participant_kind"] == Audience.STUDENT
    fits = activity in ANYBODYS_ACTIVITIES or is_student == (activity in STUDENT_ACTIVITIES)
    if activity and not fits:
        kind = found["participant_kind"]
        problems.append(Problem(Fault.ACTIVITY_OF_OTHERS, row, "activity_type", activity, kind))
    return problems


def _host_missing(row: int, found: dict[str, Any]) -> list[Problem]:
    if found.get("receiving_hei"):
        return []
    if not found.get("receiving_hei_name"):
        return [Problem(Fault.NO_HOST, row, "receiving_hei")]
    if not found.get("receiving_country"):
        return [Problem(Fault.HOST_NEEDS_COUNTRY, row, "receiving_country")]
    return []


def _one_of(words: Iterable[str]) -> Callable[[str], str]:
    allowed = tuple(str(word) for word in words)

    def reader(text: str) -> str:
        word = text.lower().replace("_", "-")
        if word not in allowed:
            raise BadValueError(Fault.UNKNOWN_WORD, detail=", ".join(allowed))
        return word

    return reader


def _plain(name: str) -> Callable[[str], str]:
    longest = MAX_LENGTHS.get(name, DEFAULT_MAX_LENGTH)

    def reader(text: str) -> str:
        if len(text) > longest:
            raise BadValueError(Fault.CELL_TOO_LONG, detail=str(longest))
        return text

    return reader


def _country(text: str) -> str:
    code = text.upper()
    if code not in countries.countries:
        raise BadValueError(Fault.UNKNOWN_COUNTRY)
    return code


_READERS: dict[str, Callable[[str], Any]] = {name: _plain(name) for name in NAMES} | {
    "email": values.email,
    "omobility_id": values.mobility_id,
    "participant_kind": _one_of(Audience.values),
    "sending_hei": values.institution_id,
    "receiving_hei": values.institution_id,
    "receiving_country": _country,
    "receiving_time_zone": values.time_zone,
    "receiving_academic_year": values.academic_year,
    "sending_academic_term": values.term,
    "non_standard_period": values.yes_or_no,
    "start_date": values.date,
    "end_date": values.date,
    "leaves_home_on": values.date,
    "activity_type": _one_of(ActivityType.values),
    "activity_attributes": _one_of(ActivityAttribute.values),
    "status": _one_of(PlacementStatus.values),
    "eqf_level": values.eqf_level,
    "isced_f_code": values.isced_code,
    "languages": values.languages,
    "destination_country": _country,
}
