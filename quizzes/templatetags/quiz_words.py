"""Words and marks of the quiz pages."""

import re
from decimal import ROUND_DOWN, Decimal

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from library.html import clean_html
from quizzes.enums import QuestionKind
from quizzes.kinds.base import PARTLY, RIGHT, WRONG

register = template.Library()

BETWEEN_PARAGRAPHS = re.compile(r"</p>\s*<p\b[^>]*>", re.IGNORECASE)
PARAGRAPH = re.compile(r"</?p\b[^>]*>", re.IGNORECASE)
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
    text = PARAGRAPH.sub("", BETWEEN_PARAGRAPHS.sub("<br>", html))
    return mark_safe(clean_html(text))  # noqa: S308  cleaned by the allow-list.


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
