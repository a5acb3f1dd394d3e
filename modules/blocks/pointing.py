"""What must not be missed, and what to keep: callouts and key points."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.blocks.features import SHORT_TEXT


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("kind"),
        choices=[
            ("note", _("Good to know")),
            ("try", _("Try it")),
            ("care", _("Take care")),
        ],
        default="note",
    )
    text = blocks.RichTextBlock(label=_("text"), features=SHORT_TEXT)

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        template = "modules/blocks/callout.html"
        description = _("One thing that must not be missed: good to know, to try, or to take care.")
        preview_value = {
            "tone": "try",
            "text": "<p>Ask one person this week how they like to be contacted, and why.</p>",
        }


class KeyPointsBlock(blocks.StructBlock):
    points = blocks.ListBlock(
        blocks.CharBlock(label=_("point"), max_length=200),
        label=_("points"),
        default=["", ""],
        min_num=2,
        max_num=7,
    )

    class Meta:
        icon = "tick-inverse"
        label = _("Key points")
        template = "modules/blocks/key_points.html"
        description = _("Two to seven sentences to remember.")
        preview_value = {
            "points": [
                "Describe first, explain later.",
                "A first reading is a guess: look for a second one.",
            ]
        }
