"""The dry run: what importing a file would do, asked of the database and changing nothing.

A file is read, looked up and planned part by part: memory does not grow with its rows,
but for what tells later rows from earlier ones.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from interop.roster.lookup import Names, Records
from interop.roster.mobilities import Defaults
from interop.roster.parsing import Sheet, SheetRow
from interop.roster.planning import Planner, ReadRow
from interop.roster.plans import Plan, PlannedRow, Tally
from interop.roster.reading import read_row
from interop.roster.sheets import NO_DEFAULTS, sheet_of
from people.models import User

ROWS_AT_ONCE = 1000


def dry_run(content: bytes, *, actor: User | None, defaults: Defaults = NO_DEFAULTS) -> Plan:
    """Return the plan of a file; never raises for what stands in it.

    Args:
        content: the file, a roster in CSV or mobilities in XML.
        actor: who would import it, and so for which offices; None for all of them.
        defaults: what holds for mobilities that do not say it themselves.
    """
    return plan_sheet(sheet_of(content, defaults=defaults), actor=actor)


def plan_sheet(sheet: Sheet, *, actor: User | None) -> Plan:
    """Return the plan of a file that has been parsed."""
    run = DryRun(sheet, actor=actor)
    for _part in run.parts():
        pass
    return run.plan()


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a file as they are planned, and what they were planned upon.

    Attributes:
        names: what the rows name people and stays by.
        digest: of what was recorded under these names.
    """

    rows: list[PlannedRow]
    names: Names
    digest: bytes


class DryRun:
    """One pass through a file. `plan` tells of the parts that have been taken."""

    def __init__(self, sheet: Sheet, *, actor: User | None) -> None:
        self.sheet = sheet
        self.records = Records(actor)
        self._planner = Planner()
        self._tally = Tally(sheet.remarks)

    def parts(self) -> Iterator[Part]:
        rows = iter(self.sheet.read())
        while some := [_read(row) for row in itertools.islice(rows, ROWS_AT_ONCE)]:
            names = Names.of(one.entry for one in some if one.entry)
            known, digest = self.records.look_up(names)
            planned = list(self._planner.plan(some, known))
            for row in planned:
                self._tally.add(row)
            yield Part(planned, names, digest)

    def plan(self) -> Plan:
        programmes = self.records.programmes
        exchanges = self._planner.exchanges()
        return self._tally.plan(exchanges, programmes=programmes, sheet=self.sheet)


def _read(row: SheetRow) -> ReadRow:
    entry, problems = (None, []) if row.is_broken else read_row(row)
    return ReadRow(row, None if row.problems else entry, (*row.problems, *problems))
