"""A moment that went otherwise than expected, and how each side saw it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.blocks.beginnings import empty
from modules.blocks.features import TOLD


class PerspectiveBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("who"), max_length=80)
    view = blocks.TextBlock(label=_("how it looks from there"), rows=3)


class CriticalIncidentBlock(blocks.StructBlock):
    """A moment that went otherwise than somebody expected, and how each side saw it."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    situation = blocks.RichTextBlock(
        label=_("what happened"),
        features=TOLD,
        help_text=_("Only what could be seen and heard: no explanation yet."),
    )
    question = blocks.CharBlock(
        label=_("question"),
        max_length=200,
        default=_("What could explain this, for each person?"),
    )
    perspectives = blocks.ListBlock(
        PerspectiveBlock(),
        label=_("perspectives"),
        default=empty(PerspectiveBlock(), times=2),
        min_num=2,
        max_num=5,
        help_text=_("At least two people, each with a sensible reason."),
    )
    takeaway = blocks.TextBlock(label=_("what to take from it"), rows=2)

    class Meta:
        icon = "group"
        label = _("Critical incident")
        template = "modules/blocks/critical_incident.html"
        description = _("A puzzling moment; readers think first, then open how each side saw it.")
        preview_value = {
            "title": "The unanswered e-mail",
            "situation": "<p>Noor wrote to her supervisor three times. No answer came.</p>",
            "question": "What could explain this, for each person?",
            "perspectives": [
                {"who": "Noor", "view": "Three mails show that I take this seriously."},
                {"who": "The supervisor", "view": "Questions like this belong in my office hour."},
            ],
            "takeaway": "Ask early which way of contact is the usual one.",
        }
