"""Who looks after whom: a coordinator's name at a placement, for the desk's lists."""

import datetime as dt

from django.db import transaction

from exchanges.models import Placement
from exchanges.models.placements import PlacementQuerySet
from people.models import User
from readiness.errors import NotAllowedError
from readiness.models import Assignment, StateRow


@transaction.atomic
def assign(
    placements: PlacementQuerySet, *, coordinator: User | None, by: User, at: dt.datetime
) -> int:
    """Let that coordinator look after these placements; None lets nobody do so.

    Returns how many placements there were.

    Raises:
        NotAllowedError: `by` or the coordinator does not answer for one of them.
    """
    ids = list(placements.order_by("pk").values_list("pk", flat=True))
    for who in filter(None, (by, coordinator)):
        own = Placement.objects.coordinated_by(who).filter(pk__in=placements.values("pk"))
        if own.count() != len(ids):
            raise NotAllowedError
    if coordinator is None:
        Assignment.objects.filter(placement__in=placements.values("pk")).delete()
    else:
        Assignment.objects.bulk_create(
            [
                Assignment(placement_id=pk, coordinator=coordinator, assigned_by=by, assigned_at=at)
                for pk in ids
            ],
            update_conflicts=True,
            unique_fields=["placement"],
            update_fields=["coordinator", "assigned_by", "assigned_at"],
        )
    StateRow.objects.filter(placement__in=placements.values("pk")).update(coordinator=coordinator)
    return len(ids)
