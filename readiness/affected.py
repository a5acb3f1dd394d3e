"""How many people a requirement set concerns."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce

from exchanges.models import Placement
from readiness.lines import applies
from readiness.models import RequirementSet

Scopes = Mapping[tuple[int, str], int]


def people_by_scope(today: dt.date) -> Scopes:
    """Placements whose stay is not over, counted by programme and audience: one query."""
    ends_on = Coalesce(F("own_end_date"), F("exchange__end_date"))
    counted = (
        Placement.objects.active()
        .annotate(ends_on=ends_on)
        .filter(Q(ends_on__gte=today))
        .values("exchange__programme_id", "audience")
        .annotate(number=Count("pk"))
        .order_by("exchange__programme_id", "audience")
    )
    return {(row["exchange__programme_id"], row["audience"]): row["number"] for row in counted}


def affected(requirement_set: RequirementSet, scopes: Scopes) -> int:
    """People for whom the set holds while it is in force."""
    return sum(
        number
        for (programme_id, audience), number in scopes.items()
        if applies(requirement_set, programme_id=programme_id, audience=audience)
    )
