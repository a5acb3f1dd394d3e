"""Whether the rows of one file agree with each other. Plain Python."""

from collections.abc import Hashable, Iterable, Iterator

from interop.roster.entries import Entry
from interop.roster.problems import Fault, Problem, shown


def contradictions(entries: Iterable[Entry]) -> list[Problem]:
    """Return what later rows say against earlier ones; the earlier row is never blamed."""
    first_said: dict[tuple[Fault, Hashable], tuple[Hashable, int]] = {}
    problems = []
    for entry in entries:
        for fault, column, subject, said in _statements(entry):
            first, row = first_said.setdefault((fault, subject), (said, entry.row))
            if first != said:
                value = shown(str(getattr(entry, column)))
                problems.append(Problem(fault, entry.row, column, value, detail=str(row)))
    return problems


def _statements(entry: Entry) -> Iterator[tuple[Fault, str, Hashable, Hashable]]:
    """Yield fault, column, subject and what the row says of it: one thing in the whole file."""
    name = (entry.given_names, entry.family_name)
    host = entry.receiving_hei or (
        (entry.receiving_hei_name or "").casefold(),
        entry.receiving_country,
    )
    stay = (entry.email, host, entry.programme, entry.receiving_academic_year, entry.term)
    yield Fault.SAME_STAY_TWICE, "email", stay, entry.row
    yield Fault.TWO_NAMES, "family_name", entry.email, name
    if entry.omobility_id:
        yield Fault.SAME_MOBILITY_TWICE, "omobility_id", entry.omobility_id, entry.row
    if entry.global_id:
        yield Fault.TWO_STUDENT_IDS, "global_id", entry.email, entry.global_id
        yield Fault.STUDENT_ID_SHARED, "global_id", entry.global_id, entry.email
