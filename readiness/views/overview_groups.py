"""People counted by what they have in common; each group leads to its people."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchanges.country_names import country_name
from exchanges.enums import ActivityType, Audience
from readiness import overview
from readiness.overview import GROUPS, Counts, Rows

LABELS = {
    "programme": gettext_lazy("Programme"),
    "host": gettext_lazy("Host"),
    "country": gettext_lazy("Host country"),
    "office": gettext_lazy("Unit"),
    "term": gettext_lazy("Term"),
    "audience": gettext_lazy("Participant is"),
    "activity_type": gettext_lazy("Activity"),
    "coordinator": gettext_lazy("Looked after by"),
}
MOST_SHOWN = 50

WORDS: dict[str, Callable[[str], str]] = {
    "country": country_name,
    "audience": lambda value: str(Audience(value).label),
    "activity_type": lambda value: str(ActivityType(value).label),
}


def group_choices(address: Callable[..., str], *, chosen: str) -> list[dict[str, Any]]:
    return [
        {
            "label": LABELS[name],
            "url": address(group="" if name == chosen else name),
            "is_on": name == chosen,
        }
        for name in GROUPS
    ]


def groups(
    rows: Rows, by: str, *, address: Callable[..., str], as_of: dt.datetime
) -> list[dict[str, Any]]:
    """The largest groups, each with the address of its people."""
    found = overview.grouped(rows, by, as_of=as_of)[:MOST_SHOWN]
    return [
        {"counts": one, "label": _label(by, one), "url": address(group="", **{by: _value(one)})}
        for one in found
    ]


def _label(by: str, one: Counts) -> str:
    if not one.name:
        return _("Nobody yet") if by == "coordinator" else _("Not given")
    return WORDS[by](one.name) if by in WORDS else one.name


def _value(one: Counts) -> str:
    return "null" if one.value is None else str(one.value)
