"""Icons of Wagtail's own set, and days in words, for the coordinator's desk."""

import datetime as dt
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
def cell_words(context: Any, cell: Cell) -> SafeString:
    """What a cell of the matrix says, made once for all of whom the same is to be said."""
    made: dict[object, SafeString] = context.render_context.setdefault("cell_words", {})
    key = (cell.status, cell.verdict.why, cell.due_on)
    if key not in made:
        words = get_template("readiness/desk/cell_words.html").render({"cell": cell})
        made[key] = SafeString(words)
    if cell.verdict.fact_at is None:
        return made[key]
    since = timezone.localdate(cell.verdict.fact_at)
    if since not in made:
        day = date_format(since, "SHORT_DATE_FORMAT")
        made[since] = format_html('<p class="rd-meta">{}</p>', _("since %(day)s") % {"day": day})
    return made[key] + made[since]
