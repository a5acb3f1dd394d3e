"""What the pages of guides show of themselves."""

import datetime as dt
from itertools import groupby

from django import template
from django.template import Context
from django.utils import timezone
from wagtail.models import Page

from modules.enums import GuideLayer
from modules.guides.finding import around, concerns, seen_from
from modules.guides.merging import ORDER, Merged
from modules.languages import put_into_words
from modules.models import GuidePage, LessonPage, ModulePage
from modules.previewing import viewpoint_of
from modules.readable import readable_pages

register = template.Library()


@register.simple_tag(takes_context=True)
def around_guide(context: Context, page: GuidePage) -> Merged:
    """Return what the guide says, with the layers that it falls back to.

    In a preview for an exchange it is all that people on that exchange read.
    """
    viewpoint = viewpoint_of(context["request"])
    if viewpoint and viewpoint.exchange:
        return seen_from(page, viewpoint.exchange, context["request"])
    return around(page, context["request"])


@register.simple_tag(takes_context=True)
def guides_by_layer(context: Context) -> list[tuple[GuideLayer, list[GuidePage]]]:
    """Return the guides below the index that the reader may open, by layer, by title."""
    found = GuidePage.objects.filter(pk__in=readable_pages(context["request"]).values("pk"))
    listed = list(found.exclude(layer=GuideLayer.GENERAL))
    put_into_words(listed)
    guides = sorted(
        listed,
        key=lambda guide: (-ORDER[GuideLayer(guide.layer)], guide.title.casefold()),
    )
    return [
        (GuideLayer(layer), list(group))
        for layer, group in groupby(guides, key=lambda guide: guide.layer)
    ]


@register.simple_tag(takes_context=True)
def is_theirs(context: Context, page: Page) -> bool:
    """Return whether the page is for those whom this preview is drawn for."""
    viewpoint = viewpoint_of(context["request"])
    if viewpoint is None:
        return True
    if isinstance(page, GuidePage):
        return viewpoint.exchange is None or concerns(page, viewpoint.exchange)
    module = page.module if isinstance(page, LessonPage) else page
    return viewpoint.is_for(module) if isinstance(module, ModulePage) else True


@register.simple_tag
def guide_today() -> dt.date:
    return timezone.localdate()
