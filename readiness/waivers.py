"""Letting somebody off a requirement, with a reason and, if wanted, until a day."""

import datetime as dt

from django.db import transaction

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness import states
from readiness.dates import has_passed
from readiness.demands import demands
from readiness.errors import (
    CancelledError,
    NoReasonError,
    NotAllowedError,
    NotAskedError,
    PastDateError,
)
from readiness.models import Waiver


def grant(
    *,
    placement: Placement,
    requirement_key: str,
    reason: str,
    by: User,
    at: dt.datetime,
    until: dt.date | None = None,
    does_not_apply: bool = False,
) -> Waiver:
    """Waive what `requirement_key` asks of this placement, through the day `until`.

    `does_not_apply` says that it never was this person's to do, such as a visa that
    nobody needs. The same waiver again changes nothing; another reason or day withdraws the
    standing waiver first, so that its history stays.

    Raises:
        NotAllowedError, CancelledError, NoReasonError, NotAskedError: as named.
        PastDateError: if `until` lies before today at the placement's office.
    """
    reason = reason.strip()
    _check_coordinator(placement, by)
    if not reason:
        raise NoReasonError
    if until and has_passed(until, at=at, time_zone=placement.office.time_zone):
        raise PastDateError
    wanted = Waiver(
        placement=placement,
        requirement_key=requirement_key,
        requirement_name=_name(placement, requirement_key, at),
        reason=reason,
        until=until,
        does_not_apply=does_not_apply,
        granted_by=by,
        granted_at=at,
    )
    return _put_in_force(wanted)


@transaction.atomic
def _put_in_force(wanted: Waiver) -> Waiver:
    locked = Placement.objects.select_for_update().get(pk=wanted.placement_id)
    if locked.status == PlacementStatus.CANCELLED:
        raise CancelledError
    standing = _standing(locked, wanted.requirement_key)
    if standing and _says(standing) == _says(wanted):
        return standing
    if standing:
        _end(standing, by=wanted.granted_by, at=wanted.granted_at)
    wanted.save()
    states.refresh([locked.pk], at=wanted.granted_at)
    return wanted


@transaction.atomic
def withdraw(*, placement: Placement, requirement_key: str, by: User, at: dt.datetime) -> None:
    """End the standing waiver; without one, do nothing.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
    """
    _check_coordinator(placement, by)
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    standing = _standing(locked, requirement_key)
    if standing:
        _end(standing, by=by, at=at)
        states.refresh([locked.pk], at=at)


def _check_coordinator(placement: Placement, by: User) -> None:
    if not Placement.objects.coordinated_by(by).filter(pk=placement.pk).exists():
        raise NotAllowedError


def _says(waiver: Waiver) -> tuple[str, dt.date | None, bool]:
    return waiver.reason, waiver.until, waiver.does_not_apply


def _name(placement: Placement, requirement_key: str, at: dt.datetime) -> str:
    for one in demands(as_of=at).of(placement):
        if one.key == requirement_key:
            return one.name
    raise NotAskedError


def _standing(placement: Placement, requirement_key: str) -> Waiver | None:
    return Waiver.objects.filter(
        placement=placement, requirement_key=requirement_key, withdrawn_at__isnull=True
    ).first()


def _end(waiver: Waiver, *, by: User, at: dt.datetime) -> None:
    waiver.withdrawn_at = at
    waiver.withdrawn_by = by
    waiver.save(update_fields=["withdrawn_at", "withdrawn_by"])
