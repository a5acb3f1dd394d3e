"""Working hours of a team across time zones."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from modules.overlap import MOST_ZONES, known_zones


def _choices() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in known_zones()]


class TimeZonePlannerBlock(blocks.StructBlock):
    """An example to begin with; readers put their own places in on a page of its own."""

    title = blocks.CharBlock(label=_("title"), max_length=120)
    zones = blocks.ListBlock(
        blocks.ChoiceBlock(label=_("time zone"), choices=_choices),
        label=_("time zones"),
        default=["UTC", "Europe/Madrid"],
        min_num=2,
        max_num=MOST_ZONES,
        help_text=_("The day begins at midnight in the first one."),
    )
    opens = blocks.IntegerBlock(label=_("work begins"), min_value=0, max_value=22, default=9)
    closes = blocks.IntegerBlock(label=_("work ends"), min_value=1, max_value=24, default=17)

    class Meta:
        icon = "time"
        label = _("Time-zone planner")
        template = "modules/blocks/time_zone_planner.html"
        description = _("Shows whose hour is work and whose is night, for a team in several zones.")
        preview_value = {
            "title": "Three campuses, one call",
            "zones": ["Europe/Madrid", "America/Mexico_City", "Africa/Nairobi"],
            "opens": 9,
            "closes": 17,
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        if not self.is_deferred_validation:
            if len(set(cleaned["zones"])) < len(cleaned["zones"]):
                errors["zones"] = ValidationError(_("The same time zone stands twice."))
            if cleaned["closes"] <= cleaned["opens"]:
                errors["closes"] = ValidationError(_("Work ends before it begins."))
        if errors:
            raise blocks.StructBlockValidationError(errors)
        return cleaned
