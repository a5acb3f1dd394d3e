"""The places of a letter: what can stand in braces, and what is put there."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLACES: Mapping[str, Promise] = {
    "{name}": _("how the person who gets the letter is called"),
    "{list}": _("what is open, line by line, each with its day"),
    "{link}": _("the address of the page where it is done: the own exchange, or the sign-offs"),
    "{office}": _("the name of the office"),
    "{sender}": _("who sends it; where the clock does, the office"),
}
NEEDED: Mapping[str, Promise] = {
    "{list}": _("without it the letter does not say what is open"),
    "{link}": _("without it the person does not find the page"),
}
PLACE = re.compile(r"\{[^{}\n]*\}")


def strange_places(words: str) -> list[str]:
    """What stands in braces and is no place, each once."""
    return [one for one in dict.fromkeys(PLACE.findall(words)) if one not in PLACES]


def missing_places(words: str) -> list[str]:
    return [one for one in NEEDED if one not in words]


def fill(words: str, values: Mapping[str, str]) -> str:
    """Put the values into their places. What a value says is never taken for a place."""
    return PLACE.sub(lambda place: values.get(place[0][1:-1], place[0]), words).strip()
