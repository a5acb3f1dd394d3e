"""What was written to whom of one exchange, for the exchange's page."""

from typing import Any

from django import template
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet

from exchanges.models import Placement
from reminders.enums import LetterKind
from reminders.models import Message, Reminder

register = template.Library()
ON_A_PAGE = 20
OWN = frozenset({"mp", "letter", "to"})


@register.inclusion_tag("reminders/exchange_messages.html", takes_context=True)
def exchange_messages(context: Any, exchange: Any) -> dict[str, Any]:
    """The letters that told of those on the exchange whom the reader looks at, the newest first.

    The address narrows them down: `letter` is a kind, `to` words of a name or an address.
    """
    request = context["request"]
    seen = Placement.objects.observed_by(request.user).filter(exchange=exchange.id)
    told = Reminder.objects.filter(placement__in=seen.values("pk"))
    kind, words = request.GET.get("letter", ""), request.GET.get("to", "").strip()
    found = narrowed(Message.objects.filter(pk__in=told.values("message")), kind, words)
    shown = found.select_related("person", "asked_by", "mail").prefetch_related(
        Prefetch("reminders", queryset=told, to_attr="own_lines")
    )
    return {
        "page": Paginator(shown, ON_A_PAGE).get_page(request.GET.get("mp")),
        "kinds": LetterKind.choices,
        "kind": kind,
        "words": words,
        "kept": [
            (name, value)
            for name, values in request.GET.lists()
            if name not in OWN
            for value in values
        ],
        "request": request,
    }


def narrowed(found: QuerySet[Message], kind: str, words: str) -> QuerySet[Message]:
    if kind in LetterKind.values:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(
            Q(person__first_name__icontains=word)
            | Q(person__last_name__icontains=word)
            | Q(address__icontains=word)
        )
    return found
