"""What a trainer looks at when a task is handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from competence.naming import grouped_choices, labelled
from quizzes.parts import RubricRow


@dataclass(frozen=True)
class TaskRow(RubricRow):
    """A row with the name of its dimension; both are empty where there is none."""

    dimension_name: str = ""

    @property
    def label(self) -> str:
        return labelled(self.title, self.dimension_name)


class DimensionBlock(blocks.ChoiceBlock):
    """Chooses a dimension of competence by its key, which means the same on every site.

    Only the form knows the choices: reading a stored key asks for nothing.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=grouped_choices, search_index=False, **kwargs)

    def normalize_choice(self, value: Any) -> Any:
        return value


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
    dimension = DimensionBlock(
        label=_("dimension"),
        required=False,
        help_text=_(
            "Leave it empty, or choose what the row is about: once a task is accepted, the level "
            "counts in the competence of who did it."
        ),
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


def dimensions_of(rubric: blocks.StreamValue) -> dict[str, str]:
    """Return the key of each row's dimension by the row's id; rows without one are left out."""
    return {str(row.id): row.value["dimension"] for row in rubric if row.value.get("dimension")}


def rubric_rows(
    rubric: blocks.StreamValue, *, dimensions: Mapping[str, str], names: Mapping[str, str]
) -> tuple[TaskRow, ...]:
    """Return the rows as the marking of open answers has them.

    Args:
        rubric: the words, maybe those of a translation.
        dimensions: from `dimensions_of` the original.
        names: of the dimensions that are there, by their keys.
    """
    rows = []
    for row in rubric:
        key = dimensions.get(str(row.id), "")
        rows.append(
            TaskRow(
                UUID(row.id),
                row.value["title"],
                tuple(row.value["levels"]),
                dimension=key if key in names else "",
                dimension_name=names.get(key, ""),
            )
        )
    return tuple(rows)
