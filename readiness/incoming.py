"""Who comes to a host, and whether they are ready: what a partner may know, and no more."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, Q, Value, When

from exchanges.models import Placement
from exchanges.models.placements import PlacementQuerySet
from readiness.models import PartnerLink


class Arrival(StrEnum):
    READY = "ready"
    NOT_READY = "not_ready"
    DEPARTED = "departed"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One person, as a partner sees them."""

    name: str
    state: Arrival
    leaves_on: dt.date


def coming(link: PartnerLink, *, today: dt.date) -> PlacementQuerySet:
    """Placements that the link shows: not cancelled, not back home, still going to that host."""
    found = (
        Placement.objects.active()
        .dated()
        .filter(
            exchange__host=link.host_id,
            office__path__startswith=link.office.path,
            back_on__gte=today,
        )
    )
    if link.exchange_id is not None:
        found = found.filter(exchange=link.exchange_id)
    return found.order_by("leaves_on", "participant__last_name", "participant__first_name", "pk")


def with_arrival(placements: PlacementQuerySet, *, as_of: dt.datetime) -> PlacementQuerySet:
    """With `arrival`, as the lists have it: somebody without a row yet is not ready yet."""
    return placements.annotate(
        arrival=Case(
            When(state_row__leaves_at__lte=as_of, then=Value(Arrival.DEPARTED.value)),
            When(Q(state_row__unready_from__gt=as_of), then=Value(Arrival.READY.value)),
            default=Value(Arrival.NOT_READY.value),
        )
    )


def shown(placements: PlacementQuerySet) -> list[Incoming]:
    """Those of `with_arrival`: one query, of names, states and dates alone."""
    found = placements.values_list(
        "arrival", "leaves_on", "participant__first_name", "participant__last_name"
    )
    return [
        Incoming(name=f"{first} {last}".strip(), state=Arrival(arrival), leaves_on=leaves_on)
        for arrival, leaves_on, first, last in found
    ]
