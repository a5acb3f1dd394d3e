"""Whom a requirement set concerns."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Case, Count, F, Q, When

from exchanges.models import Placement
from exchanges.models.placements import PlacementQuerySet
from readiness.models import RequirementSet
from readiness.rules.scopes import Scope

Scopes = Mapping[Scope, int]

COUNTRY = Case(
    When(~Q(own_country=""), then=F("own_country")),
    When(~Q(exchange__destination_country=""), then=F("exchange__destination_country")),
    default=F("exchange__host__country"),
)
"""The country a placement goes to, as `Placement.country` says it."""

STAY_FORM = Case(
    When(~Q(own_stay_form=""), then=F("own_stay_form")), default=F("exchange__stay_form")
)
"""How a placement takes place, as `Placement.stay_form` says it."""

FIELDS = (
    "exchange__programme_id",
    "audience",
    "activity_type",
    "goes_to",
    "exchange__host_id",
    "office__path",
    "takes_place",
)


def not_over(today: dt.date) -> PlacementQuerySet:
    """Placements whose stay is not over."""
    return Placement.objects.active().dated().filter(back_on__gte=today)


def within(placements: PlacementQuerySet, scope: Scope) -> PlacementQuerySet:
    """Those that the scope covers, asked in the database."""
    wanted = {
        "exchange__programme": scope.programme,
        "audience": scope.audience,
        "activity_type": scope.activity_type,
        "goes_to": scope.country,
        "exchange__host": scope.host,
        "office__path__startswith": scope.office,
        "takes_place": scope.stay_form,
    }
    named = {field: value for field, value in wanted.items() if value}
    return placements.annotate(goes_to=COUNTRY, takes_place=STAY_FORM).filter(**named)


def people_by_scope(today: dt.date) -> Scopes:
    """Placements whose stay is not over, counted by all that a set can name: one query."""
    counted = (
        not_over(today)
        .annotate(goes_to=COUNTRY, takes_place=STAY_FORM)
        .values_list(*FIELDS)
        .annotate(number=Count("pk"))
        .order_by(*FIELDS)
    )
    return {Scope(*row[:-1]): row[-1] for row in counted}


def scope_of_draft(requirement_set: RequirementSet) -> Scope:
    """For whom the set would hold, as it is being written."""
    return Scope(
        programme=requirement_set.programme_id,
        audience=requirement_set.audience,
        activity_type=requirement_set.activity_type,
        country=str(requirement_set.country.code or ""),
        host=requirement_set.host_id,
        office=requirement_set.office.path if requirement_set.office else "",
        stay_form=requirement_set.stay_form,
    )


def affected(requirement_set: RequirementSet, scopes: Scopes) -> int:
    """People for whom the set holds while it is in force."""
    wanted = scope_of_draft(requirement_set)
    return sum(number for scope, number in scopes.items() if wanted.covers(scope))
