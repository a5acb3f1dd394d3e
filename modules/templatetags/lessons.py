"""What the pages of modules and lessons show of themselves."""

import datetime as dt
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString

from modules.browsing import Departures, Sessions, countries_named, departures_of, modules_in
from modules.browsing import sessions_of as find_sessions
from modules.forms import WishesForm
from modules.models import CataloguePage, LessonPage, ModulePage
from modules.rendering import draw_lesson, lesson_html
from people.roles import is_signed_in, is_trainer

register = template.Library()


@register.simple_tag(takes_context=True)
def lesson_content(context: Context, page: LessonPage, *, keeps_place: bool) -> SafeString:
    """Return a lesson's content: kept for published ones, drawn anew in a preview."""
    request = context["request"]
    draw = draw_lesson if getattr(request, "is_preview", False) else lesson_html
    return draw(page, keeps_place=keeps_place, for_trainers=is_trainer(request.user))


@register.simple_tag(takes_context=True)
def browse(context: Context, catalogue: CataloguePage) -> dict[str, Any]:
    """Return the catalogue's filter, and the modules that fit what was asked for."""
    request = context["request"]
    user = request.user
    departures = departures_of(user) if is_signed_in(user) else Departures()
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
