"""Which guides are somebody's: those of the own exchange, in the own language."""

import datetime as dt
from uuid import UUID

from django.http import HttpRequest

from exchanges.models import Exchange, Placement
from modules.guides.merging import Merged, merge
from modules.languages import put_into_words
from modules.models import CountryGuidePage, GuidePage, InstitutionGuidePage, RegionGuidePage
from modules.readable import readable_pages
from people.models import User


def placements_of(user: User, *, on: dt.date) -> list[Placement]:
    """Return the person's placements: running and coming ones first, by their start."""
    found = Placement.objects.active().filter(participant=user)
    placements = list(found.select_related("exchange__host", "exchange__programme", "office"))
    return sorted(placements, key=lambda one: (one.end_date < on, one.start_date, one.pk))


def chosen(placements: list[Placement], omobility_id: UUID | None) -> Placement | None:
    """Return the placement with this id, or without one the first; None if there is none."""
    if omobility_id is None:
        return placements[0] if placements else None
    return next((one for one in placements if one.omobility_id == omobility_id), None)


def guide_for(placement: Placement, request: HttpRequest) -> Merged:
    """Return all that the guides say about where this placement leads."""
    return _merged(placement.country, placement.exchange.host_id, request)


def general_guide(request: HttpRequest) -> Merged:
    """Return what holds wherever one goes."""
    return _merged("", None, request)


def around(guide: GuidePage, request: HttpRequest) -> Merged:
    """Return what a guide says, with the layers that it falls back to.

    A region falls back to the general answers; it is no one country's.
    """
    if isinstance(guide, CountryGuidePage):
        further = _readable(str(guide.country.code), None, request)
    elif isinstance(guide, InstitutionGuidePage):
        further = _readable(str(guide.institution.country.code), None, request)
    elif isinstance(guide, RegionGuidePage):
        further = _readable("", None, request)
    else:
        further = []
    others = (one for one in further if one.translation_key != guide.translation_key)
    return merge([guide, *others])


def seen_from(guide: GuidePage, exchange: Exchange, request: HttpRequest) -> Merged:
    """Return what people on that exchange read, with this draft in the place of its guide."""
    others = [
        one
        for one in _readable(exchange.country, exchange.host_id, request)
        if one.translation_key != guide.translation_key
    ]
    return merge([guide, *others] if concerns(guide, exchange) else others)


def concerns(guide: GuidePage, exchange: Exchange) -> bool:
    """Whether people on that exchange read this draft at all."""
    if isinstance(guide, InstitutionGuidePage):
        return guide.institution_id == exchange.host_id
    if isinstance(guide, CountryGuidePage):
        return str(guide.country.code) == exchange.country
    if isinstance(guide, RegionGuidePage):
        return exchange.country in {str(line.country.code) for line in guide.countries.all()}
    return True


def _merged(country: str, institution_id: int | None, request: HttpRequest) -> Merged:
    return merge(_readable(country, institution_id, request))


def _readable(country: str, institution_id: int | None, request: HttpRequest) -> list[GuidePage]:
    found = (
        GuidePage.objects.about(country=country, institution_id=institution_id)
        .filter(pk__in=readable_pages(request).values("pk"))
        .select_related("content_type")
        .order_by("path")
    )
    guides = list(found)
    put_into_words(guides)
    return guides
