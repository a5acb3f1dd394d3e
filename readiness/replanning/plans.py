"""What makes up a plan: where somebody goes, when, and whether it takes place."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from exchanges.enums import PlacementStatus, StayForm
from exchanges.models import Exchange, Placement


def _as_day(value: str) -> str:
    return date_format(dt.date.fromisoformat(value), "DATE_FORMAT")


LABELS: Mapping[str, Promise] = {
    "exchange": gettext_lazy("Exchange"),
    "host": gettext_lazy("Host institution"),
    "country": gettext_lazy("Country"),
    "stay_form": gettext_lazy("Takes place"),
    "leaves_on": gettext_lazy("Leaves home"),
    "starts_on": gettext_lazy("Stay starts"),
    "ends_on": gettext_lazy("Stay ends"),
    "status": gettext_lazy("Status"),
}
SAID: Mapping[str, Callable[[str], str]] = {
    "country": lambda code: str(countries.name(code)),
    "stay_form": lambda code: str(StayForm(code).label),
    "leaves_on": _as_day,
    "starts_on": _as_day,
    "ends_on": _as_day,
    "status": lambda code: str(PlacementStatus(code).label),
}
"""How a code is said to people; what is missing here is said as it stands."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of somebody's plan that changes, in codes that every language can say."""

    name: str
    before: str
    after: str

    @property
    def in_words(self) -> str:
        say = SAID.get(self.name, str)
        words = {"what": LABELS[self.name], "new": say(self.after), "old": say(self.before)}
        return _("%(what)s: %(new)s instead of %(old)s") % words


def parts(before: Placement, after: Placement) -> Iterator[Part]:
    """What differs between a placement and the same one as it would be."""
    named = "exchange" if before.exchange_id != after.exchange_id else "host"
    old = _plan(before, named)
    for name, new in _plan(after, named).items():
        if old[name] != new:
            yield Part(name, old[name], new)


def parts_of_exchange(before: Exchange, after: Exchange) -> Iterator[Part]:
    """What differs between an exchange and the same one as it would be."""
    old = _plan_of_exchange(before)
    for name, new in _plan_of_exchange(after).items():
        if old[name] != new:
            yield Part(name, old[name], new)


def _plan_of_exchange(one: Exchange) -> dict[str, str]:
    return {
        "host": str(one.host),
        "country": one.country,
        "stay_form": str(one.stay_form),
        "starts_on": one.start_date.isoformat(),
        "ends_on": one.end_date.isoformat(),
    }


def _plan(one: Placement, named: str) -> dict[str, str]:
    return {
        named: str(one.exchange if named == "exchange" else one.exchange.host),
        "country": one.country,
        "stay_form": str(one.stay_form),
        "leaves_on": one.departs_on.isoformat(),
        "starts_on": one.start_date.isoformat(),
        "ends_on": one.end_date.isoformat(),
        "status": str(one.status),
    }
