"""Freezing how somebody stood: when the office signs them off, and when they leave home."""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db import transaction

from exchanges.enums import PlacementStatus
from exchanges.models import Office, Placement
from exchanges.models.placements import PlacementQuerySet
from library.batches import batches
from people.models import User
from readiness import report
from readiness.dates import end_of_day
from readiness.enums import Occasion
from readiness.errors import CancelledError, NoReasonError, NotAllowedError, NotAskedError
from readiness.exports import placement_in_codes
from readiness.models import Snapshot
from readiness.shapes import PlacementReadiness

BATCH = 500


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of the content in one agreed form, whatever database kept it."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def is_intact(snapshot: Snapshot) -> bool:
    """Whether the content is what was frozen."""
    return digest_of(snapshot.content) == snapshot.digest


def sign_off(*, placement: Placement, by: User, at: dt.datetime, note: str = "") -> Snapshot:
    """Freeze how the placement stands now, and who says so; the standing one is kept.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
        CancelledError: if the placement is cancelled.
    """
    if not _answers_for(by, placement):
        raise NotAllowedError
    with transaction.atomic():
        locked = Placement.objects.select_for_update().get(pk=placement.pk)
        if locked.status == PlacementStatus.CANCELLED:
            raise CancelledError
        standing = _standing(locked)
        if standing:
            return standing
        taken = _frozen(report.for_placement(locked, as_of=at), Occasion.SIGN_OFF, as_of=at, at=at)
        taken.taken_by, taken.note = by, note.strip()
        taken.save()
        return taken


@transaction.atomic
def revoke(*, placement: Placement, reason: str, by: User, at: dt.datetime) -> Snapshot:
    """Take the standing sign-off back; it stays readable, with the reason.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
        NoReasonError: if no reason is given.
        NotAskedError: if nothing is signed off (any more).
    """
    if not _answers_for(by, placement):
        raise NotAllowedError
    if not reason.strip():
        raise NoReasonError
    locked = Placement.objects.select_for_update().get(pk=placement.pk)
    standing = _standing(locked)
    if standing is None:
        raise NotAskedError
    standing.revoked_at, standing.revoked_by = at, by
    standing.revoked_because = reason.strip()
    standing.save(update_fields=["revoked_at", "revoked_by", "revoked_because"])
    return standing


def take_at_departure(*, at: dt.datetime) -> int:
    """Freeze how those who have left stood at the end of the day on which they left home.

    A job of `settings.PERIODIC_JOBS`: whoever has left and has no such snapshot yet gets
    one, however late that is. Returns how many were taken; running it twice takes none.
    """
    taken = 0
    for office in Office.objects.all():
        today = at.astimezone(office.time_zone).date()
        left = Placement.objects.active().dated().filter(office=office, leaves_on__lt=today)
        missing = left.exclude(snapshots__occasion=Occasion.DEPARTURE)
        days = missing.order_by("leaves_on").values_list("leaves_on", flat=True).distinct()
        for day in list(days):
            moment = end_of_day(day, office.time_zone)
            taken += _take(missing.filter(leaves_on=day), as_of=moment, at=at)
    return taken


def _take(leaving: PlacementQuerySet, *, as_of: dt.datetime, at: dt.datetime) -> int:
    ids = list(leaving.order_by("pk").values_list("pk", flat=True))
    for some in batches(ids, BATCH):
        folded = report.fold(Placement.objects.filter(pk__in=some), as_of=as_of)
        frozen = [_frozen(one, Occasion.DEPARTURE, as_of=as_of, at=at) for one in folded]
        Snapshot.objects.bulk_create(frozen, ignore_conflicts=True)
    return len(ids)


def _frozen(
    one: PlacementReadiness, occasion: Occasion, *, as_of: dt.datetime, at: dt.datetime
) -> Snapshot:
    content = placement_in_codes(one)
    return Snapshot(
        placement_id=one.placement_id,
        occasion=occasion,
        as_of=as_of,
        content=content,
        digest=digest_of(content),
        taken_at=at,
    )


def _standing(placement: Placement) -> Snapshot | None:
    return Snapshot.objects.filter(
        placement=placement, occasion=Occasion.SIGN_OFF, revoked_at=None
    ).first()


def _answers_for(user: User, placement: Placement) -> bool:
    return Placement.objects.coordinated_by(user).filter(pk=placement.pk).exists()
