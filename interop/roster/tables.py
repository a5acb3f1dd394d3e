"""How a plan is shown in the CMS: tables in Wagtail's own look."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, Table

from exchanges.columns import DayColumn
from interop.roster.messages import explain
from interop.roster.plans import Action, Plan
from interop.roster.problems import Problem

SHOWN_ROWS = 200


def problem_table(problems: Sequence[Problem]) -> Table:
    """The first problems with row, column, value, reason and cure."""
    return Table(
        [
            Column("row", label=_("Row")),
            Column("column", label=_("Column")),
            Column("value", label=_("Value")),
            Column("reason", label=_("Why")),
            Column("cure", label=_("What to do")),
        ],
        [explain(problem) for problem in problems[:SHOWN_ROWS]],
        caption=_("Problems"),
    )


def change_table(plan: Plan) -> Table:
    """Each changed column of each changed row."""
    changes = [
        {"row": row.number, "name": row.name, "change": change}
        for row in plan.rows
        if row.action is Action.UPDATE
        for change in row.changes
    ]
    return _table(
        [
            Column("row", label=_("Row")),
            Column("name", label=_("Person")),
            Column("change.column", label=_("Column")),
            Column("change.before", label=_("Recorded")),
            Column("change.after", label=_("In the file")),
        ],
        changes,
        _("Changes"),
    )


def new_stay_table(plan: Plan) -> Table:
    """Each placement to be made."""
    return _table(
        [
            Column("number", label=_("Row")),
            Column("name", label=_("Person")),
            Column("stay.values.sending_ounit", label=_("Office")),
            Column("stay.values.programme", label=_("Programme")),
            Column("stay.values.receiving_hei", label=_("Host")),
            DayColumn("stay.values.start_date", label=_("First day")),
            DayColumn("stay.values.end_date", label=_("Last day")),
        ],
        [row for row in plan.rows if row.action is Action.CREATE],
        _("New placements"),
    )


def exchange_table(plan: Plan) -> Table:
    """Each exchange to be made or moved."""
    return _table(
        [
            Column("key.programme", label=_("Programme")),
            Column("partner.name", label=_("Host")),
            Column("key.academic_year", label=_("Academic year")),
            Column("key.term", label=_("Term")),
            DayColumn("start_date", label=_("First day")),
            DayColumn("end_date", label=_("Last day")),
        ],
        [*plan.new_exchanges, *plan.moved_exchanges],
        _("Exchanges"),
    )


def partner_table(plan: Plan) -> Table:
    """Each host institution to be made."""
    return _table(
        [
            Column("name", label=_("Name")),
            Column("hei_id", label=_("HEI ID")),
            Column("country", label=_("Country")),
            Column("time_zone", label=_("Time zone")),
        ],
        plan.new_partners,
        _("New host institutions"),
    )


def _table(columns: list[Column], data: Sequence[Any], caption: Any) -> Table:
    return Table(columns, data[:SHOWN_ROWS], caption=caption)
