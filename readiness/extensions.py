"""More time for one requirement: asked by the participant, decided by the office, kept for good."""

import datetime as dt

from django.db import transaction

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness import states
from readiness.dates import has_passed
from readiness.demands import demands
from readiness.errors import (
    AlreadyDecidedError,
    CancelledError,
    NoReasonError,
    NotAllowedError,
    NotAskedError,
    NotLaterError,
    PastDateError,
)
from readiness.models import Extension


def ask(
    *,
    placement: Placement,
    requirement_key: str,
    reason: str,
    wished_for: dt.date,
    due_on: dt.date,
    by: User,
    at: dt.datetime,
) -> Extension:
    """Ask for more time than until `due_on`; while one wish is open, it is left as it is.

    Raises:
        NotAllowedError: if `by` is not the participant.
        CancelledError, NoReasonError, NotAskedError: as named.
        NotLaterError: if the day wished for is not later than `due_on`.
        PastDateError: if the day wished for has passed at the placement's office.
    """
    if placement.participant_id != by.pk:
        raise NotAllowedError
    if not reason.strip():
        raise NoReasonError
    _refuse_past(wished_for, placement, at)
    if wished_for <= due_on:
        raise NotLaterError
    named = {one.key: one.name for one in demands(as_of=at).of(placement)}
    if requirement_key not in named:
        raise NotAskedError
    with transaction.atomic():
        locked = Placement.objects.select_for_update().get(pk=placement.pk)
        if locked.status == PlacementStatus.CANCELLED:
            raise CancelledError
        first: dict[str, object] = {
            "requirement_name": named[requirement_key], "reason": reason.strip(),
            "wished_for": wished_for, "asked_by": by, "asked_at": at,
        }  # fmt: skip
        return Extension.objects.get_or_create(
            placement=locked, requirement_key=requirement_key, decided_at=None, defaults=first
        )[0]


@transaction.atomic
def grant(
    *,
    placement: Placement,
    requirement_key: str,
    until: dt.date,
    decision: str,
    by: User,
    at: dt.datetime,
) -> Extension:
    """Give more time through the day `until` without being asked; an open wish is answered so.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
        CancelledError, NoReasonError, NotAskedError: as named.
        PastDateError: if `until` has passed at the placement's office.
    """
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    if locked.status == PlacementStatus.CANCELLED:
        raise CancelledError
    named = {one.key: one.name for one in demands(as_of=at).of(locked)}
    if requirement_key not in named:
        raise NotAskedError
    wish, _is_new = Extension.objects.get_or_create(
        placement=locked,
        requirement_key=requirement_key,
        decided_at=None,
        defaults={
            "requirement_name": named[requirement_key],
            "reason": decision.strip(),
            "wished_for": until,
            "asked_by": by,
            "asked_at": at,
        },
    )
    return decide(extension=wish, until=until, decision=decision, by=by, at=at)


@transaction.atomic
def decide(
    *, extension: Extension, until: dt.date | None, decision: str, by: User, at: dt.datetime
) -> Extension:
    """Grant more time through the day `until`, or refuse it without one; once, with a reason.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
        NoReasonError: if the decision has no reason.
        AlreadyDecidedError: if somebody has decided meanwhile.
        PastDateError: if `until` has passed at the placement's office.
    """
    locked = Placement.objects.select_for_update().get(pk=extension.placement_id)
    if not Placement.objects.coordinated_by(by).filter(pk=locked.pk).exists():
        raise NotAllowedError
    if not decision.strip():
        raise NoReasonError
    if until:
        _refuse_past(until, locked, at)
    wish = Extension.objects.get(pk=extension.pk)
    if not wish.is_open:
        raise AlreadyDecidedError
    wish.until, wish.decision = until, decision.strip()
    wish.decided_by, wish.decided_at = by, at
    wish.save(update_fields=["until", "decision", "decided_by", "decided_at"])
    states.refresh([locked.pk], at=at)
    return wish


def _refuse_past(day: dt.date, placement: Placement, at: dt.datetime) -> None:
    if has_passed(day, at=at, time_zone=placement.office.time_zone):
        raise PastDateError
