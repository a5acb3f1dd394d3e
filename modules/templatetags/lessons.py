"""What the pages of modules and lessons show of themselves."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from modules.browsing import (
    Departures,
    Sessions,
    countries_named,
    departures_of,
    departures_seen_from,
    modules_in,
)
from modules.browsing import sessions_of as find_sessions
from modules.forms import WishesForm
from modules.languages import other_language
from modules.models import CataloguePage, LessonPage, ModulePage
from modules.models.access import SignedInPage
from modules.overlap import Day, day_of
from modules.previewing import viewpoint_of
from modules.rendering import Places, draw_lesson, filled, lesson_html
from people.roles import is_signed_in, is_trainer

register = template.Library()


@register.simple_tag(takes_context=True)
def lesson_content(
    context: Context,
    page: LessonPage,
    *,
    keeps_place: bool,
    places: Places | None = None,
    ticks: frozenset[str] | None = None,
) -> SafeString:
    """Return a lesson's content: kept for published ones, drawn anew in a preview."""
    request = context["request"]
    draw = draw_lesson if getattr(request, "is_preview", False) else lesson_html
    trains = is_trainer(request.user)
    ticks = ticks if page.tick_ids else None
    html = draw(page, keeps_place=keeps_place, for_trainers=trains, ticks=ticks)
    return filled(html, places)


@register.simple_tag(takes_context=True)
def browse(context: Context, catalogue: CataloguePage) -> dict[str, Any]:
    """Return the catalogue's filter, and the modules that fit what was asked for."""
    request = context["request"]
    user = request.user
    departures = departures_of(user) if is_signed_in(user) else Departures()
    if viewpoint := viewpoint_of(request):
        departures = departures_seen_from(viewpoint)
    form = WishesForm(request.GET, country_codes=countries_named(catalogue), label_suffix="")
    wishes = form.wishes()
    return {
        "form": form,
        "wishes": wishes,
        "departures": departures,
        "modules": list(modules_in(catalogue, wishes, departures)),
    }


@register.simple_tag
def sessions_of(module: ModulePage, *, at: dt.datetime | None = None) -> Sessions:
    return find_sessions(module, at=at or timezone.now())


@register.simple_tag
def hours_together(value: Mapping[str, Any], *, at: dt.datetime | None = None) -> Day:
    """Return the hours of today for the zones of a planner's block."""
    zones = list(value["zones"])
    today = (at or timezone.now()).astimezone(ZoneInfo(zones[0])).date()
    return day_of(zones, today, opens=value["opens"], closes=value["closes"])


@register.filter
def asked_for(value: Mapping[str, Any]) -> str:
    """Return the query with which the planner's page begins where the block stands."""
    zones = {f"zone_{number}": zone for number, zone in enumerate(value["zones"], start=1)}
    return urlencode({**zones, "opens": value["opens"], "closes": value["closes"]})


@register.simple_tag
def language_of(page: SignedInPage) -> SafeString | str:
    """Return the attribute that names the page's language where it is not the reader's own."""
    if not other_language() or page.told_by:
        return ""
    return format_html(' lang="{}"', settings.LANGUAGE_CODE)
