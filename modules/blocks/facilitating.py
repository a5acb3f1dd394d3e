"""What only the person who leads a workshop reads."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]


class FacilitatorNotesBlock(blocks.RichTextBlock):
    """Timing, materials, what to do when it gets difficult. Search does not read it."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**{"features": FEATURES, **kwargs})

    def get_searchable_content(self, value: Any) -> list[str]:
        return []

    class Meta:
        icon = "no-view"
        label = _("Notes for who leads it")
        template = "modules/blocks/facilitator_notes.html"
        preview_value = (
            "<p><b>Time:</b> ring after four minutes, whatever happens.</p>"
            "<p><b>Materials:</b> one sheet for each person, a clock that all can see.</p>"
        )
        description = _("Timing, materials, the online variant. Only trainers get to see it.")
