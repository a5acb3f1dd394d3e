"""Two practices side by side. Never two nations."""

import re
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail import blocks

from modules.blocks.features import SHORT_TEXT


@cache
def _country_names() -> re.Pattern[str]:
    names = sorted((name for _code, name in countries), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in names)})\b", re.IGNORECASE)


class PracticeNameBlock(blocks.CharBlock):
    """Names a practice, such as “Debate is expected”; a country is no practice."""

    def clean(self, value: str) -> str:
        cleaned: str = super().clean(value)
        named = _country_names().search(cleaned)
        if named:
            raise ValidationError(
                _(
                    "“%(country)s” is a country. Compare ways of doing things instead, such as "
                    "“Debate is expected”: within every country people do it either way."
                ),
                params={"country": named[0]},
            )
        return cleaned


class ComparedRowBlock(blocks.StructBlock):
    aspect = blocks.CharBlock(label=_("what is compared"), max_length=80)
    left = blocks.TextBlock(label=_("in the first practice"), rows=2)
    right = blocks.TextBlock(label=_("in the second practice"), rows=2)


class ComparisonBlock(blocks.StructBlock):
    """Two ways of doing the same thing, side by side. Never two nations."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    left_name = PracticeNameBlock(
        label=_("first practice"),
        max_length=60,
        help_text=_("A way of doing things, not a country: “Debate is expected”."),
    )
    right_name = PracticeNameBlock(label=_("second practice"), max_length=60)
    rows = blocks.ListBlock(ComparedRowBlock(), label=_("rows"), min_num=1, max_num=8)
    sense = blocks.RichTextBlock(
        label=_("the sense of both"),
        features=SHORT_TEXT,
        help_text=_("What each practice is good for, and what happens where the two meet."),
    )

    class Meta:
        icon = "table"
        label = _("Comparison")
        template = "modules/blocks/comparison.html"
        description = _("Two ways of doing the same thing, each with its good sense.")
        preview_value = {
            "title": "Taking part in a seminar",
            "left_name": "Debate is expected",
            "right_name": "Listening comes first",
            "rows": [
                {
                    "aspect": "Silence",
                    "left": "May be read as having nothing to say.",
                    "right": "May be read as thinking it through.",
                }
            ],
            "sense": "<p>Both want the group to learn: one by testing ideas, one by weighing "
            "them.</p>",
        }
