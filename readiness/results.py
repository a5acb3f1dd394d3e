"""Results of tests that others give: written down as they are, and withdrawn, never deleted."""

import datetime as dt

from django.db import transaction

from exchanges.models import Placement
from people.models import User
from readiness import states
from readiness.errors import NotAllowedError, PastDateError
from readiness.models import ExternalResult


@transaction.atomic
def record(
    *, result: ExternalResult, placement: Placement, by: User, at: dt.datetime
) -> ExternalResult:
    """Keep a filled-in result for the placement.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
        PastDateError: if it says to have been taken after today at the office.
    """
    if not Placement.objects.coordinated_by(by).filter(pk=placement.pk).exists():
        raise NotAllowedError
    if result.taken_on > at.astimezone(placement.office.time_zone).date():
        raise PastDateError
    result.placement = placement
    result.recorded_by, result.recorded_at = by, at
    result.save()
    states.refresh([placement.pk], at=at)
    return result


@transaction.atomic
def withdraw(*, result: ExternalResult, by: User, at: dt.datetime) -> None:
    """Say that it was recorded in error; a second time does nothing.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
    """
    if not Placement.objects.coordinated_by(by).filter(pk=result.placement_id).exists():
        raise NotAllowedError
    ExternalResult.objects.filter(pk=result.pk, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by
    )
    states.refresh([result.placement_id], at=at)
