"""From what a file says and what is recorded to a plan. Plain Python, no query."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from interop.roster.consistency import Sayings
from interop.roster.entries import Entry
from interop.roster.known import Exchange, ExchangeKey, HostName, Known, Partner
from interop.roster.matching import Match, match
from interop.roster.merging import CANCELLED, Dates, changes, common_dates, merged, status_of
from interop.roster.parsing import SheetRow
from interop.roster.plans import Action, PlannedExchange, PlannedRow, PlannedStay
from interop.roster.problems import Fault, Problem, shown


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row with what could be read of it; without an entry the problems say why."""

    row: SheetRow
    entry: Entry | None
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Rows:
    """What the rows of one exchange come to."""

    partner: Partner
    recorded: Exchange | None
    time_zone: str | None
    going: Counter[Dates] = field(default_factory=Counter)
    cancelled: Counter[Dates] = field(default_factory=Counter)


class Planner:
    """Plans a file part by part, and remembers of earlier rows only what later ones need."""

    def __init__(self) -> None:
        self._sayings = Sayings()
        self._hosts: dict[str, Partner] = {}
        self._hosts_by_name: dict[HostName, Partner] = {}
        self._taken: dict[int, int] = {}
        self._rows: dict[ExchangeKey, _Rows] = {}

    def plan(self, rows: Iterable[ReadRow], known: Known) -> Iterator[PlannedRow]:
        """Yield what becomes of each row.

        Args:
            rows: the next ones of the file.
            known: what is recorded, looked up for these rows.
        """
        for one in rows:
            yield self._plan(one, known)

    def exchanges(self) -> Iterator[PlannedExchange]:
        """Yield every exchange that the rows so far lead to."""
        for key, rows in self._rows.items():
            yield _exchange(key, rows, self._taken)

    def _plan(self, one: ReadRow, known: Known) -> PlannedRow:
        entry = one.entry
        if entry is None:
            return _refused(one.row, one.problems)
        problems = [*one.problems, *self._sayings.contradicted_by(entry)]
        found = match(entry, known)
        self._unite_new_host(found)
        problems += found.problems
        if found.stay and all(problem.is_remark for problem in problems):
            row = self._taken.setdefault(found.stay.pk, entry.row)
            if row != entry.row:
                found.blame(Fault.SAME_STAY_TWICE, "email", str(row))
                problems.append(found.problems[-1])
        if not all(problem.is_remark for problem in problems):
            return _refused(one.row, problems)
        return _planned_row(found, self._country(found), problems)

    def _unite_new_host(self, found: Match) -> None:
        """Let rows that name the same new host share it; refuse one that tells it otherwise."""
        if found.partner and found.partner.pk is None:
            partner = self._hosts.setdefault(found.partner.key, found.partner)
            namesake = self._hosts_by_name.setdefault(found.partner.host_name, partner)
            if namesake is not partner or partner.host_name != found.partner.host_name:
                found.blame(Fault.TWO_HOSTS, "receiving_hei_name", namesake.name)
            found.partner = partner

    def _country(self, found: Match) -> str:
        """Count the row with its exchange, and return where that goes."""
        if not found.partner:
            raise ValueError("A row without a host cannot be planned.")
        rows = self._rows.get(found.key)
        if rows is None:
            rows = _Rows(found.partner, found.exchange, found.entry.receiving_time_zone)
            self._rows[found.key] = rows
        dates = rows.cancelled if status_of(found) == CANCELLED else rows.going
        dates[found.entry.start_date, found.entry.end_date] += 1
        return rows.recorded.country if rows.recorded else rows.partner.country


def _exchange(key: ExchangeKey, rows: _Rows, in_file: Container[int]) -> PlannedExchange:
    """Return the exchange with the dates that it will have.

    A new exchange takes the dates that most rows share. A recorded one keeps its own,
    unless everybody on it is in the file and all have the same other dates: then it moves.
    """
    partner, recorded = rows.partner, rows.recorded
    start, end = common_dates(rows.going or rows.cancelled)
    if recorded is None:
        zone = rows.time_zone or partner.time_zone
        return PlannedExchange(None, key, partner, start, end, partner.country, zone)
    here = (recorded.start_date, recorded.end_date)
    is_moved = (
        set(rows.going) == {(start, end)} != {here}
        and all(pk in in_file for pk in recorded.active)
    )  # fmt: skip
    if not is_moved:
        start, end = here
    return PlannedExchange(
        recorded.pk, key, partner, start, end, recorded.country, recorded.time_zone,
        is_moved=is_moved,
    )  # fmt: skip


def _planned_row(found: Match, country: str, problems: Iterable[Problem]) -> PlannedRow:
    if not found.person or not found.office:
        raise ValueError("A row without a person or an office cannot be planned.")
    after = merged(found, country)
    found_changes = changes(found, after)
    if found.stay is None:
        action = Action.CREATE
    else:
        action = Action.UPDATE if found_changes else Action.UNCHANGED
    omobility_id = found.stay.omobility_id if found.stay else found.entry.omobility_id
    stay = PlannedStay(
        pk=found.stay.pk if found.stay else None,
        omobility_id=str(omobility_id or ""),
        person=found.person,
        exchange=found.key,
        office_pk=found.office.pk,
        values=after,
    )
    return PlannedRow(
        found.entry.row,
        action,
        f"{found.entry.given_names} {found.entry.family_name}",
        found.entry.email,
        problems=tuple(problems),
        changes=found_changes,
        stay=stay,
    )


def _refused(row: SheetRow, problems: Iterable[Problem]) -> PlannedRow:
    cells: Mapping[str, str] = row.cells
    name = f"{cells.get('given_names', '')} {cells.get('family_name', '')}".strip()
    email = shown(cells.get("email", ""))
    return PlannedRow(row.number, Action.REFUSE, shown(name), email, problems=tuple(problems))
