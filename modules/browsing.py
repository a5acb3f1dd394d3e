"""Choosing modules from the catalogue: for whom, when and where to."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from exchanges.enums import Audience
from exchanges.models import Placement
from modules.models import CataloguePage, ModuleDestination, ModulePage, WorkshopSession
from modules.models.modules import ModuleQuerySet
from modules.previewing import Viewpoint
from people.models import User


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a reader asked the catalogue for; empty means no matter which."""

    phase: str = ""
    audience: str = ""
    destination: str = ""
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Departures:
    """For whom and where somebody's own exchanges are: what makes a module theirs."""

    audiences: frozenset[str] = field(default_factory=frozenset)
    countries: frozenset[str] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.audiences)


def departures_of(user: User) -> Departures:
    """Return what the person's own placements say, without the cancelled ones."""
    placements = list(
        Placement.objects.active()
        .filter(participant=user)
        .select_related("exchange__host")
        .order_by("pk")
    )
    return Departures(
        frozenset(placement.audience for placement in placements),
        frozenset(placement.country for placement in placements),
    )


def departures_seen_from(viewpoint: Viewpoint) -> Departures:
    """Return what somebody of a preview's audience or exchange finds to be theirs."""
    audiences = [viewpoint.audience] if viewpoint.audience else list(Audience)
    countries = [viewpoint.exchange.country] if viewpoint.exchange else []
    return Departures(frozenset(audience.value for audience in audiences), frozenset(countries))


def modules_in(catalogue: CataloguePage, wishes: Wishes, departures: Departures) -> ModuleQuerySet:
    """Return the published modules that fit the wishes, in the catalogue's order.

    Unless everything is asked for, somebody with an exchange gets only what is for
    their own audience and destination.
    """
    modules = ModulePage.objects.child_of(catalogue).live()
    if departures and not wishes.everything:
        modules = modules.filter(_is_theirs(departures))
    if wishes.phase:
        modules = modules.filter(phase=wishes.phase)
    if wishes.audience:
        modules = modules.for_audience(wishes.audience)
    if wishes.destination:
        modules = modules.for_destination(wishes.destination)
    return modules.distinct().order_by("path")


def _is_theirs(departures: Departures) -> Q:
    audience = Q(pk__in=[])
    for name in departures.audiences:
        audience |= Q(**{f"for_{name}": True})
    destination = Q(destinations__isnull=True) | Q(
        destinations__country__in=list(departures.countries)
    )
    return audience & destination


def countries_named(catalogue: CataloguePage) -> list[str]:
    """Return the countries that some published module is written for."""
    return list(
        ModuleDestination.objects.filter(module__in=ModulePage.objects.child_of(catalogue).live())
        .order_by("country")
        .values_list("country", flat=True)
        .distinct()
    )


@dataclass(frozen=True, slots=True)
class Sessions:
    """A workshop's dates, seen from a moment: the soonest first, the latest past one first."""

    coming: tuple[WorkshopSession, ...]
    past: tuple[WorkshopSession, ...]


def sessions_of(module: ModulePage, *, at: dt.datetime) -> Sessions:
    """Return the module's sessions; none for what is not a workshop."""
    dates = list(WorkshopSession.objects.filter(workshop=module.pk).order_by("starts_at", "pk"))
    return Sessions(
        coming=tuple(date for date in dates if date.ends_at >= at),
        past=tuple(date for date in reversed(dates) if date.ends_at < at),
    )
