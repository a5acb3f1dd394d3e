"""Drawings that come with the product, in the style of its line with stops."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# By the name of its file in static/img/course/: what an author chooses by, and what it shows.
DRAWINGS = {
    "many-groups": (
        _("Many groups, one person"),
        _("Three circles of people overlap. One person stands where all three meet."),
    ),
    "see-guess-check": (
        _("See, guess, check"),
        _("Three stops on a line: an eye, a cloud of thought, and a stop that is reached."),
    ),
    "two-ends": (
        _("Two ends of a line"),
        _(
            "A line between two ends: at one a speech bubble full of words, at the other one with "
            "three dots. One stop between them is marked."
        ),
    ),
    "turns": (
        _("Whose turn it is"),
        _("Three people’s turns on three lines. Two speak one after the other, one not yet."),
    ),
    "two-frames": (
        _("The same moment in two frames"),
        _("A narrow frame shows one person; a wider one shows that a second stands beside."),
    ),
    "meet-in-between": (
        _("Meet in between"),
        _("Lines from four sides come together at one stop in the middle, and part again."),
    ),
    "rows-and-circle": (
        _("Rows and circle"),
        _("On the left seats in rows before a desk; on the right the same seats in a circle."),
    ),
    "not-one-curve": (
        _("Ups and downs"),
        _("Three lines rise and fall between two stops, each in its own way; all arrive."),
    ),
    "safe-help-tell": (
        _("Safe, help, tell"),
        _("Three stops on a line: a house, a cross for medical help, and a speech bubble."),
    ),
    "three-clocks": (
        _("Three clocks"),
        _("Three clocks above one line show three, seven and eleven at the same moment."),
    ),
    "a-little-further": (
        _("A little further"),
        _("A house inside two rings; dotted ways lead to stops a little further each time."),
    ),
    "home-with-more": (
        _("Home, with more"),
        _("A line leaves home, passes three stops to a far one, and comes back dotted."),
    ),
}

# These are read from where reading begins.
DIRECTED = {"home-with-more", "not-one-curve", "safe-help-tell", "see-guess-check", "turns"}


class IllustrationBlock(blocks.StructBlock):
    drawing = blocks.ChoiceBlock(
        label=_("drawing"), choices=[(name, label) for name, (label, _shows) in DRAWINGS.items()]
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, default="", max_length=255)

    class Meta:
        icon = "image"
        label = _("Drawing")
        template = "modules/blocks/illustration.html"
        description = _("One of our own drawings; what it shows is said to who cannot see it.")
        preview_value = {"drawing": "two-ends", "caption": "Most people stand somewhere between."}

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context)
        shows = DRAWINGS.get(value["drawing"], ("", ""))[1]
        return context | {
            "file": f"img/course/{value['drawing']}.svg",
            "shows": shows,
            "is_directed": value["drawing"] in DIRECTED,
        }
