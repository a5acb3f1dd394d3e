"""Icons of Wagtail's own set, and days in words, for the coordinator's desk."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.shapes import Cell
from readiness.verdicts import PlacementState, VerdictStatus

register = template.Library()

STATUS_ICONS = {
    VerdictStatus.MET: "circle-check",
    VerdictStatus.PENDING: "radio-empty",
    VerdictStatus.WAITING: "time",
    VerdictStatus.OVERDUE: "warning",
    VerdictStatus.FAILED: "circle-xmark",
    VerdictStatus.WAIVED: "minus",
    VerdictStatus.NOT_APPLICABLE: "minus",
    VerdictStatus.MISCONFIGURED: "cog",
}
STATE_ICONS = {
    PlacementState.READY: "circle-check",
    PlacementState.NOT_READY: "radio-empty",
    PlacementState.DEPARTED_READY: "circle-check",
    PlacementState.DEPARTED_UNREADY: "warning",
    PlacementState.CANCELLED: "minus",
}


@register.filter
def status_icon(status: VerdictStatus) -> str:
    return STATUS_ICONS[status]


@register.filter
def state_icon(state: PlacementState) -> str:
    return STATE_ICONS[state]


@register.filter
def days_in_words(days: int) -> str:
    """How long until the departure, as in “in 12 days”."""
    if days < 0:
        return _("departed")
    if days == 0:
        return _("today")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


@register.filter
def to_tick(name: str) -> str:
    return _("Tick %(name)s") % {"name": name}


@register.filter
def short_day(day: dt.date) -> str:
    """A date with its weekday, as “Mon, 7 Dec 2026”."""
    return _("%(weekday)s, %(day)s") % {
        "weekday": date_format(day, "D"),
        "day": date_format(day, "SHORT_DATE_FORMAT"),
    }


@register.simple_tag(takes_context=True)
def matrix_cells(context: Any, cells: Iterable[Cell | None]) -> SafeString:
    """One person's cells of the matrix; None where the thing is not asked of that person.

    Each piece is made once for all of whom the same is to be said: there are thousands.
    """
    made: dict[object, SafeString] = context.render_context.setdefault("matrix_cells", {})
    return SafeString("".join(_matrix_cell(made, one) for one in cells))


def _matrix_cell(made: dict[object, SafeString], cell: Cell | None) -> SafeString:
    if cell is None:
        return _once(made, None, _not_asked)
    opened = (cell.status, cell.requirement.key)
    said = (cell.status, cell.verdict.why, cell.due_on)
    found = _once(made, opened, lambda: _opening(cell)) + _once(made, said, lambda: _words(cell))
    if cell.verdict.fact_at is not None:
        since = timezone.localdate(cell.verdict.fact_at)
        found += _once(made, since, lambda: _since(since))
    return found + CLOSING


CLOSING = SafeString("</details></td>")


def _opening(cell: Cell) -> SafeString:
    return format_html(
        '<td class="rd-cell rd-cell--{}" data-label="{}"><details>',
        cell.status,
        cell.requirement.name,
    )


def _words(cell: Cell) -> SafeString:
    return SafeString(get_template("readiness/desk/cell_words.html").render({"cell": cell}))


def _since(day: dt.date) -> SafeString:
    words = _("since %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}
    return format_html('<p class="rd-meta">{}</p>', words)


def _not_asked() -> SafeString:
    words = _("Not asked")
    return format_html(
        '<td class="rd-cell rd-cell--none"><span class="rd-meta">{}</span></td>', words
    )


def _once(
    made: dict[object, SafeString], key: object, make: Callable[[], SafeString]
) -> SafeString:
    if key not in made:
        made[key] = make()
    return made[key]
