"""Icons of Wagtail's own set for the words of a report."""

from django import template

from readiness.verdicts import PlacementState, VerdictStatus

register = template.Library()

STATUS_ICONS = {
    VerdictStatus.MET: "circle-check",
    VerdictStatus.PENDING: "radio-empty",
    VerdictStatus.WAITING: "time",
    VerdictStatus.OVERDUE: "warning",
    VerdictStatus.FAILED: "circle-xmark",
    VerdictStatus.WAIVED: "minus",
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
