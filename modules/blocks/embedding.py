"""A video that lies on another site: nothing is asked of that site before somebody wants it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.blocks.features import SHORT_TEXT
from modules.blocks.players import NAMES, player_of


class VideoLinkBlock(blocks.URLBlock):
    def clean(self, value: str) -> str:
        link: str = super().clean(value)
        if link and player_of(link) is None:
            raise ValidationError(
                _(
                    "Only videos of %(sites)s can be shown here. Give the link to one video, "
                    "upload a file of your own, or name the page as a source."
                ),
                params={"sites": ", ".join(NAMES)},
            )
        return link


class EmbeddedVideoBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    link = VideoLinkBlock(label=_("link to the video"))
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=90, default=3)
    in_words = blocks.RichTextBlock(
        label=_("the same in words"),
        features=SHORT_TEXT,
        help_text=_("What is said and shown, for who cannot or does not want to load it."),
    )

    class Meta:
        icon = "media"
        label = _("Video from another site")
        template = "modules/blocks/embedded_video.html"
        description = _("Loads only after a click; until then the other site learns nothing.")
        preview_value = {
            "title": "How a seminar begins",
            "link": "https://vimeo.com/76979871",
            "minutes": 4,
            "in_words": "<p>Eight people sit in a circle. The first to speak is a student.</p>",
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return {**context, "player": player_of(value.get("link") or "")}
