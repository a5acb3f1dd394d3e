"""Words and marks of the quiz pages."""

import re
from collections.abc import Mapping
from decimal import ROUND_DOWN, Decimal
from typing import Any
from uuid import UUID

from django import template
from django.template import Context
from django.template.loader import get_template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html
from wagtail.templatetags.wagtailcore_tags import richtext

from library.html import clean_html
from library.models import CustomDocument
from quizzes.enums import QuestionKind
from quizzes.kinds.base import PARTLY, RIGHT, WRONG
from quizzes.papers import Medium
from quizzes.sheets import QuestionSheet

register = template.Library()

BETWEEN_PARAGRAPHS = re.compile(r"</p>\s*<p\b[^>]*>", re.IGNORECASE)
PARAGRAPH = re.compile(r"</?p\b[^>]*>", re.IGNORECASE)
PICTURE = re.compile(r'<embed\b[^>]*\bembedtype="image"[^>]*>', re.IGNORECASE)
PLACE_OF_A_PICTURE = "\ue000"
BADGES = {RIGHT: "met", PARTLY: "info", WRONG: "failed"}


@register.filter
def percent(number: Decimal) -> str:
    """Show a percentage with at most one decimal, cut off: 79.96 is never "80 %"."""
    short = number.quantize(Decimal("0.1"), ROUND_DOWN)
    whole = short == short.to_integral_value()
    return _("%(number)s %%") % {"number": number_format(short, 0 if whole else 1)}


@register.filter
def share(fraction: Decimal) -> str:
    """Show a share between 0 and 1 as a percentage."""
    return percent(fraction * 100)


@register.filter
def inline(html: str) -> SafeString:
    """Show an option's rich text inside a label, where paragraphs may not stand."""
    pictures = PICTURE.findall(html)
    text = PICTURE.sub(PLACE_OF_A_PICTURE, html)
    text = clean_html(PARAGRAPH.sub("", BETWEEN_PARAGRAPHS.sub("<br>", text)))
    for picture in pictures:
        text = text.replace(PLACE_OF_A_PICTURE, expand_db_html(picture), 1)
    return mark_safe(text)  # noqa: S308  cleaned by the allow-list, images by Wagtail.


@register.filter
def with_gaps(sheet: QuestionSheet) -> SafeString:
    """Show a text with its gaps as fields; a gap that stands there twice is one field."""
    html = str(richtext(sheet.stem))
    template = get_template("quizzes/kinds/gap.html")
    for gap in sheet.body.gaps:
        field = template.render({"gap": gap, "prefix": sheet.prefix}).strip()
        html = html.replace(f"[[{gap.number}]]", field, 1)
    return mark_safe(html)  # noqa: S308  rich text and our own template.


@register.inclusion_tag("quizzes/recording.html", takes_context=True)
def recording(context: Context, medium: Medium) -> dict[str, Any]:
    """Show a question's recording with its captions and transcript."""
    wanted = [pk for pk in (medium.document, medium.captions) if pk]
    found = CustomDocument.objects.in_bulk(wanted)
    return {
        "medium": medium,
        "document": found.get(medium.document),
        "captions": found.get(medium.captions or 0),
        "LANGUAGE_CODE": context.get("LANGUAGE_CODE", ""),
    }


@register.filter
def rate_words(step: int) -> str:
    """Say a step from 1 to 5; its ends have words."""
    return {1: _("1, not helpful"), 5: _("5, very helpful")}.get(step, str(step))


@register.filter
def badge_of(strength: str) -> str:
    """Return the badge for right, partly or wrong."""
    return BADGES[strength]


@register.filter
def outcome_words(strength: str, kind: str) -> str:
    """Say how an answer did."""
    if kind == QuestionKind.SITUATIONAL:
        return _option_words(strength, kind)
    return {
        RIGHT: _("Right"),
        PARTLY: _("Partly right"),
        WRONG: _("Not right yet"),
    }[strength]


@register.filter
def option_words(strength: str, kind: str) -> str:
    """Say what an option was worth."""
    return _option_words(strength, kind)


def _option_words(strength: str, kind: str) -> str:
    if kind == QuestionKind.SITUATIONAL:
        return {
            RIGHT: _("Strongest choice"),
            PARTLY: _("Partly helpful"),
            WRONG: _("Not helpful here"),
        }[strength]
    return {
        RIGHT: _("Right"),
        PARTLY: _("Partly right"),
        WRONG: _("Not right"),
    }[strength]


@register.filter
def of_item(by_item: Mapping[UUID, Any], item_id: UUID) -> Any:
    """Return what a mapping by question has for this one."""
    return by_item.get(item_id)
