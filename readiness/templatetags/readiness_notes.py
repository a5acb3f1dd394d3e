"""The staff's notes, for the pages of a placement and of an exchange."""

from typing import Any

from django import template
from django.core.paginator import Paginator
from django.urls import reverse

from exchanges.models import Placement
from readiness.models import Note
from readiness.noting import readable
from readiness.views.notes import NoteForm

register = template.Library()
ON_A_PAGE = 20


@register.inclusion_tag("readiness/notes/section.html", takes_context=True)
def placement_notes(context: Any, placement: Placement, *, may_act: bool) -> dict[str, Any]:
    """Notes on the placement; nothing for the person themselves."""
    user = context["request"].user
    if placement.participant_id == user.pk:
        return {"is_hidden": True}
    write = reverse("departures:note_placement", args=[placement.omobility_id])
    found = Note.objects.filter(placement=placement)
    return _section(context, found, write=write, may_act=may_act)


@register.inclusion_tag("readiness/notes/section.html", takes_context=True)
def exchange_notes(context: Any, exchange: Any, *, may_act: bool) -> dict[str, Any]:
    """Notes on the exchange itself; nothing for those who go on it."""
    found = Note.objects.filter(exchange=exchange.id)
    write = reverse("departures:note_exchange", args=[exchange.uuid])
    return _section(context, found, write=write, may_act=may_act)


def _section(context: Any, notes: Any, *, write: str, may_act: bool) -> dict[str, Any]:
    request = context["request"]
    words = request.GET.get("notes", "").strip()
    shown = readable(notes, request.user, words).in_order()
    page = Paginator(shown.select_related("written_by", "withdrawn_by"), ON_A_PAGE).get_page(
        request.GET.get("np")
    )
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        if name not in {"notes", "np"}
        for value in values
    ]
    return {
        "page": page,
        "words": words,
        "kept": kept,
        "form": NoteForm(),
        "write_url": write,
        "may_act": may_act,
        "request": request,
        "csrf_token": context.get("csrf_token"),
    }
