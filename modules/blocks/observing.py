"""Describe first, then interpret, then find out."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.blocks.features import TOLD


class ObservationExerciseBlock(blocks.StructBlock):
    """A moment to take apart: what could be seen, what it could mean, how to find out."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    situation = blocks.RichTextBlock(
        label=_("what happened"),
        features=TOLD,
        help_text=_("Told as a camera would: no explanation yet."),
    )
    observations = blocks.ListBlock(
        blocks.CharBlock(label=_("observation"), max_length=255),
        label=_("what could be seen or heard"),
        default=["", ""],
        min_num=2,
        max_num=6,
        help_text=_("Nothing that one person sees and another does not."),
    )
    interpretations = blocks.ListBlock(
        blocks.CharBlock(label=_("reading"), max_length=255),
        label=_("what it could mean"),
        default=["", ""],
        min_num=2,
        max_num=5,
        help_text=_("At least two readings that a sensible person might have."),
    )
    check = blocks.TextBlock(
        label=_("how to find out"),
        rows=3,
        help_text=_("A question to ask, or something to watch for, before one decides."),
    )

    class Meta:
        icon = "view"
        label = _("Describe, interpret, find out")
        template = "modules/blocks/observation_exercise.html"
        description = _("Readers describe a moment, look for a second reading, and check it.")
        preview_value = {
            "title": "At the counter",
            "situation": "<p>The clerk stamps your form, slides it back and looks past you.</p>",
            "observations": ["She stamped the form.", "She looked past you and said nothing."],
            "interpretations": [
                "She is unfriendly.",
                "All is in order, and she calls the next person with a look.",
            ],
            "check": "Ask: “Is there anything else that I need to do?” Then watch the next person.",
        }
