"""Previews of drafts as a participant sees them: by audience, or for a given exchange.

A preview as somebody is drawn for a made-up person (`people.standing_in`): it shows nobody's
own data, not even that of who looks, and records nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models.functions import Now, TruncDate
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django_countries import countries

from exchanges.enums import Audience
from exchanges.models import Exchange
from people.standing_in import stand_in

MOST_EXCHANGES = 8
EXCHANGE = "exchange-"


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """As whom a page is looked at; without an audience it is anybody on that exchange."""

    audience: Audience | None = None
    exchange: Exchange | None = None

    @property
    def country_name(self) -> str:
        return str(countries.name(self.exchange.country)) if self.exchange else ""

    def is_for(self, module: Any) -> bool:
        """Whether the draft of a module, as it is, is offered to them."""
        if self.audience and self.audience not in module.audiences:
            return False
        if self.exchange is None:
            return True
        named = {str(line.country.code) for line in module.destinations.all()}
        return not named or self.exchange.country in named


def preview_modes() -> list[tuple[str, str]]:
    """Return names and labels: as oneself, as each audience, and for the next exchanges."""
    return [
        ("", _("As I see it")),
        *((audience.value, _preview_as(audience)) for audience in Audience),
        *((f"{EXCHANGE}{one.uuid}", _for_exchange(one)) for one in _coming_exchanges()),
    ]


def viewpoint(mode: str) -> Viewpoint | None:
    """Return as whom this mode looks; None for oneself, and for a mode that is not offered."""
    if mode in Audience.values:
        return Viewpoint(audience=Audience(mode))
    if not mode.startswith(EXCHANGE):
        return None
    try:
        named = UUID(mode.removeprefix(EXCHANGE))
    except ValueError:
        return None
    found = Exchange.objects.filter(uuid=named).select_related("host", "programme").first()
    return Viewpoint(exchange=found) if found else None


def viewpoint_of(request: HttpRequest) -> Viewpoint | None:
    """Return as whom the page of this request is looked at; None where it is oneself."""
    found: Viewpoint | None = getattr(request, "viewpoint", None)
    return found


@contextmanager
def looking_as(request: HttpRequest, mode: str) -> Iterator[None]:
    """Let the request be that of a made-up participant; what is drawn within is drawn for them."""
    found = viewpoint(mode)
    if found is None:
        yield
        return
    own = request.user
    request.user = stand_in()
    setattr(request, "viewpoint", found)  # noqa: B010  requests have no such field.
    try:
        yield
    finally:
        request.user = own


def _preview_as(audience: Audience) -> str:
    return {
        Audience.STUDENT: _("As a student"),
        Audience.FACULTY: _("As faculty"),
        Audience.STAFF: _("As staff"),
    }[audience]


def _for_exchange(exchange: Exchange) -> str:
    return _("For %(host)s, from %(day)s") % {
        "host": exchange.host,
        "day": date_format(exchange.start_date, "SHORT_DATE_FORMAT"),
    }


def _coming_exchanges() -> list[Exchange]:
    """The exchanges that are not over, the soonest first; they tell nothing about people."""
    found = Exchange.objects.filter(end_date__gte=TruncDate(Now())).select_related("host")
    return list(found.by_start()[:MOST_EXCHANGES])
