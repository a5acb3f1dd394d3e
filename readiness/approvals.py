"""Signing off what only people can judge, in a role, and taking that back."""

import datetime as dt

from django.db import transaction

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people import roles
from people.models import User
from readiness import states
from readiness.enums import ApprovingRole
from readiness.errors import CancelledError, NotAllowedError
from readiness.models import Approval


def may_approve(user: User, role: str, placement: Placement) -> bool:
    """Trainers for everybody; coordinators and administrators for people they answer for.

    Nobody for themselves.
    """
    if placement.participant_id == user.pk:
        return False
    if role == ApprovingRole.TRAINER:
        return roles.is_trainer(user)
    if role == ApprovingRole.ADMINISTRATOR and not roles.is_administrator(user):
        return False
    return Placement.objects.coordinated_by(user).filter(pk=placement.pk).exists()


@transaction.atomic
def approve(
    *, placement: Placement, role: str, subject: str, by: User, at: dt.datetime, note: str = ""
) -> Approval:
    """Sign it off; the first one stands until it is withdrawn.

    Raises:
        NotAllowedError: if `by` does not have that role for this placement.
        CancelledError: if the placement is cancelled.
    """
    if not may_approve(by, role, placement):
        raise NotAllowedError
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    if locked.status == PlacementStatus.CANCELLED:
        raise CancelledError
    made, is_new = Approval.objects.get_or_create(
        placement=locked,
        role=role,
        subject=subject,
        withdrawn_at=None,
        defaults={"note": note.strip(), "approved_by": by, "approved_at": at},
    )
    if is_new:
        states.refresh([locked.pk], at=at)
    return made


@transaction.atomic
def withdraw(*, placement: Placement, role: str, subject: str, by: User, at: dt.datetime) -> None:
    """End the standing sign-off; without one, do nothing.

    Raises:
        NotAllowedError: if `by` does not have that role for this placement.
    """
    if not may_approve(by, role, placement):
        raise NotAllowedError
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    Approval.objects.filter(placement=locked, role=role, subject=subject, withdrawn_at=None).update(
        withdrawn_at=at, withdrawn_by=by
    )
    states.refresh([locked.pk], at=at)
