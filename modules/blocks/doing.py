"""What to do alone: answer a question for oneself, or tick off a list on paper."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.blocks.beginnings import empty


class ReflectionBlock(blocks.StructBlock):
    """A question to think about in private. The answer goes into the reader's own journal."""

    prompt = blocks.TextBlock(label=_("prompt"), rows=3)
    minutes = blocks.IntegerBlock(label=_("minutes"), min_value=1, max_value=30, default=3)

    class Meta:
        icon = "pick"
        label = _("Reflection")
        template = "modules/blocks/reflection.html"
        description = _("A question to answer for oneself, in a private journal.")
        preview_value = {
            "prompt": "When did you last change your mind about somebody? What did you see then?",
            "minutes": 3,
        }


class ChecklistItemBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("what to do"), max_length=200)
    note = blocks.CharBlock(
        label=_("how, or where to find out"), max_length=255, required=False, default=""
    )


class ChecklistBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("title"), max_length=120)
    tasks = blocks.ListBlock(
        ChecklistItemBlock(),
        label=_("things to do"),
        default=empty(ChecklistItemBlock(), times=2),
        min_num=2,
        max_num=15,
    )

    class Meta:
        icon = "list-ul"
        label = _("Checklist")
        template = "modules/blocks/checklist.html"
        description = _("Things to do before going on, or before leaving.")
        preview_value = {
            "title": "Before you pack",
            "tasks": [
                {"text": "Write down two local emergency numbers.", "note": ""},
                {"text": "Tell somebody where you will stay.", "note": "A friend, and the office."},
            ],
        }
