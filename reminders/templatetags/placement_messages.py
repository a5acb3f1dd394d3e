"""What was written to one person about one exchange, for the placement's page."""

from typing import Any

from django import template
from django.db.models import Prefetch

from reminders.models import Message, Pause, Reminder

register = template.Library()
SHOWN = 20


@register.inclusion_tag("reminders/placement_messages.html")
def placement_messages(placement: Any, *, may_act: bool) -> dict[str, Any]:
    """The newest letters that told of this placement, what they told, and its pauses."""
    told = Reminder.objects.filter(placement=placement)
    found = Message.objects.filter(pk__in=told.values("message"))
    shown = found.select_related("asked_by", "mail").prefetch_related(
        Prefetch("reminders", queryset=told, to_attr="own_lines")
    )
    pauses = list(Pause.objects.filter(placement=placement).select_related("paused_by", "ended_by"))
    return {
        "placement": placement,
        "may_act": may_act,
        "letters": shown[:SHOWN],
        "pauses": pauses,
        "is_paused": any(one.ended_at is None for one in pauses),
    }
