"""Where a fact comes from."""

import datetime as dt

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import NoFutureDateValidator


class SourceBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=255)
    publisher = blocks.CharBlock(label=_("who published it"), max_length=255)
    link = blocks.URLBlock(label=_("link"))
    consulted_on = blocks.DateBlock(
        label=_("read on"),
        help_text=_("The day on which you last checked it."),
        validators=[
            NoFutureDateValidator(
                _("This day is still to come. Give the day on which you read the source.")
            )
        ],
    )

    class Meta:
        icon = "link-external"
        label = _("Source")
        template = "modules/blocks/source.html"
        description = _("Where a fact comes from, and when it was last checked.")
        preview_value = {
            "title": "Advice for people who travel",
            "publisher": "The ministry that is responsible",
            "link": "https://example.org/advice",
            "consulted_on": dt.date(2026, 11, 2),
        }
