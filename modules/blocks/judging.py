"""What a trainer looks at when a task is handed in."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from quizzes.parts import RubricRow


class RubricRowBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("what is looked at"), max_length=200)
    levels = blocks.ListBlock(
        blocks.CharBlock(label=_("level"), max_length=200),
        label=_("levels"),
        default=["", ""],
        min_num=2,
        max_num=6,
        help_text=_("In words that a participant can work with, the lowest first."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Row of the rubric")
        description = _("One thing to look at, and what it looks like at each level.")
        preview_value = {
            "title": "Describes before explaining",
            "levels": ["Explains at once", "Mixes both", "Describes first, then explains"],
        }


class RubricBlock(blocks.StreamBlock):
    row = RubricRowBlock()

    class Meta:
        label = _("Rubric")
        max_num = 6
        required = False


def rubric_rows(rubric: blocks.StreamValue) -> tuple[RubricRow, ...]:
    """Return the rows as the marking of open answers has them."""
    return tuple(
        RubricRow(UUID(row.id), row.value["title"], tuple(row.value["levels"])) for row in rubric
    )
