"""What the pages of guides show of themselves."""

import datetime as dt
from itertools import groupby

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from modules.enums import GuideLayer
from modules.guides.finding import around
from modules.guides.merging import ORDER, Merged
from modules.languages import in_readers_language
from modules.models import GuidePage
from modules.readable import readable_pages

register = template.Library()


@register.simple_tag(takes_context=True)
def around_guide(context: Context, page: GuidePage) -> Merged:
    """Return what the guide says, with the layers that it falls back to."""
    return around(page, context["request"])


@register.simple_tag(takes_context=True)
def guides_by_layer(context: Context) -> list[tuple[GuideLayer, list[GuidePage]]]:
    """Return the guides below the index that the reader may open, by layer, by title."""
    found = GuidePage.objects.filter(pk__in=readable_pages(context["request"]).values("pk"))
    listed = found.exclude(layer=GuideLayer.GENERAL).defer("answers").select_related("locale")
    guides = sorted(
        in_readers_language(listed),
        key=lambda guide: (-ORDER[GuideLayer(guide.layer)], guide.title.casefold()),
    )
    return [
        (GuideLayer(layer), list(group))
        for layer, group in groupby(guides, key=lambda guide: guide.layer)
    ]


@register.simple_tag
def guide_today() -> dt.date:
    return timezone.localdate()


@register.simple_tag
def other_language(guide: GuidePage) -> SafeString | str:
    """Return the attribute that names the guide's language where it is not the page's own."""
    code = guide.locale.language_code
    return format_html(' lang="{}"', code) if code != get_language() else ""
