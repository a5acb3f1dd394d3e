"""The dry run: what importing a file would do, asked of the database and changing nothing."""

from interop.roster.lookup import look_up
from interop.roster.mobilities import Defaults
from interop.roster.parsing import Sheet
from interop.roster.planning import make_plan
from interop.roster.plans import Plan
from interop.roster.reading import read
from interop.roster.sheets import NO_DEFAULTS, sheet_of
from people.models import User


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
    damaged = {problem.row for problem in sheet.problems if not problem.is_remark}
    entries, problems = read(sheet.rows)
    entries = [entry for entry in entries if entry.row not in damaged]
    return make_plan(sheet, entries, problems, look_up(entries, actor=actor))
