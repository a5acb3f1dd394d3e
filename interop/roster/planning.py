"""From what a file says and what is recorded to a plan. Plain Python, no query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from interop.roster.consistency import contradictions
from interop.roster.entries import Entry
from interop.roster.known import ExchangeKey, HostName, Known, Partner
from interop.roster.matching import Match, match
from interop.roster.merging import CANCELLED, changes, common_dates, merged, status_of
from interop.roster.parsing import Sheet
from interop.roster.plans import Action, Plan, PlannedExchange, PlannedRow, PlannedStay
from interop.roster.problems import Fault, Problem, shown

HEADER_ROW = 1
_Problems = dict[int, list[Problem]]


def make_plan(
    sheet: Sheet, entries: Sequence[Entry], problems: Iterable[Problem], known: Known
) -> Plan:
    """Return what importing the sheet would do.

    Args:
        sheet: the file as it was parsed.
        entries: its rows that can be read.
        problems: what is wrong with the others.
        known: what is recorded, looked up for these entries.
    """
    by_row: _Problems = defaultdict(list)
    for problem in (*sheet.problems, *problems, *contradictions(entries)):
        by_row[problem.row].append(problem)
    matches = _good_matches(entries, known, by_row)
    exchanges = _exchanges(matches)
    planned = {found.entry.row: _planned_row(found, exchanges[found.key]) for found in matches}
    cells = {row.number: row.cells for row in sheet.rows}
    numbers = sorted(set(cells) | {row for row in by_row if row > HEADER_ROW})
    return Plan(
        rows=tuple(
            replace(
                planned.get(number) or _refused(number, cells.get(number, {})),
                problems=tuple(by_row.get(number, ())),
            )
            for number in numbers
        ),
        problems=(*by_row.get(0, ()), *by_row.get(HEADER_ROW, ())),
        exchanges=tuple(exchanges.values()),
        programmes=tuple(sorted(known.programmes.items())),
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
    )


def _good_matches(entries: Iterable[Entry], known: Known, by_row: _Problems) -> list[Match]:
    """Return the rows that can be taken; write down what is wrong with the others."""
    matches = [match(entry, known) for entry in entries]
    _unite_new_hosts(matches)
    for found in matches:
        by_row[found.entry.row] += found.problems
    taken: dict[int, int] = {}
    good = []
    for found in matches:
        if any(not problem.is_remark for problem in by_row[found.entry.row]):
            continue
        row = taken.setdefault(found.stay.pk, found.entry.row) if found.stay else found.entry.row
        if row != found.entry.row:
            found.blame(Fault.SAME_STAY_TWICE, "email", str(row))
            by_row[found.entry.row].append(found.problems[-1])
            continue
        good.append(found)
    return good


def _unite_new_hosts(matches: Iterable[Match]) -> None:
    """Make rows that name the same new host share it; refuse those that describe it otherwise."""
    by_key: dict[str, Partner] = {}
    by_name: dict[HostName, Partner] = {}
    for found in matches:
        if found.partner and found.partner.pk is None:
            partner = by_key.setdefault(found.partner.key, found.partner)
            namesake = by_name.setdefault(found.partner.host_name, partner)
            if namesake is not partner or partner.host_name != found.partner.host_name:
                found.blame(Fault.TWO_HOSTS, "receiving_hei_name", namesake.name)
            found.partner = partner


def _exchanges(matches: Sequence[Match]) -> dict[ExchangeKey, PlannedExchange]:
    rows: dict[ExchangeKey, list[Match]] = defaultdict(list)
    for found in matches:
        rows[found.key].append(found)
    in_file = frozenset(found.stay.pk for found in matches if found.stay)
    return {key: _exchange(key, found, in_file) for key, found in rows.items()}


def _exchange(key: ExchangeKey, rows: list[Match], in_file: frozenset[int]) -> PlannedExchange:
    """Return the exchange with the dates that it will have.

    A new exchange takes the dates that most rows share. A recorded one keeps its own,
    unless everybody on it is in the file and all have the same other dates: then it moves.
    """
    first = rows[0]
    if not first.partner:
        raise ValueError("A row without a host cannot be planned.")
    start, end = common_dates(rows)
    recorded = first.exchange
    if recorded is None:
        partner, time_zone = first.partner, first.entry.receiving_time_zone
        zone = time_zone or partner.time_zone
        return PlannedExchange(None, key, partner, start, end, partner.country, zone)
    dates = {
        (row.entry.start_date, row.entry.end_date) for row in rows if status_of(row) != CANCELLED
    }
    is_moved = recorded.active <= in_file and dates == {(start, end)} != {
        (recorded.start_date, recorded.end_date)
    }
    if not is_moved:
        start, end = recorded.start_date, recorded.end_date
    return PlannedExchange(
        recorded.pk,
        key,
        first.partner,
        start,
        end,
        recorded.country,
        recorded.time_zone,
        is_moved=is_moved,
    )


def _planned_row(found: Match, exchange: PlannedExchange) -> PlannedRow:
    if not found.person or not found.office:
        raise ValueError("A row without a person or an office cannot be planned.")
    after = merged(found, exchange.country)
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
        exchange=exchange.key,
        office_pk=found.office.pk,
        values=after,
    )
    return PlannedRow(
        found.entry.row,
        action,
        f"{found.entry.given_names} {found.entry.family_name}",
        found.entry.email,
        changes=found_changes,
        stay=stay,
    )


def _refused(number: int, cells: Mapping[str, str]) -> PlannedRow:
    name = f"{cells.get('given_names', '')} {cells.get('family_name', '')}".strip()
    return PlannedRow(number, Action.REFUSE, shown(name), shown(cells.get("email", "")))
