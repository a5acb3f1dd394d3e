"""What participants declare about their documents, and who confirms it.

All deeds are idempotent: doing one twice leaves the first one standing.
"""

import datetime as dt

from django.db import transaction

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness import states
from readiness.enums import BY_COUNTRY, DeclarationKind
from readiness.errors import CancelledError, NotAllowedError, NothingDeclaredError
from readiness.models import Declaration


def made_for(placement: Placement, kind: str) -> str:
    """The country that a declaration is about; empty where the country does not matter."""
    return placement.country if kind in BY_COUNTRY else ""


@transaction.atomic
def declare(
    *, placement: Placement, kind: DeclarationKind, by: User, at: dt.datetime
) -> Declaration:
    """Record the participant's word; returns the standing declaration if there is one.

    What depends on the country is declared for the one that the person goes to now.

    Raises:
        NotAllowedError: if `by` is not the participant.
        CancelledError: if the placement is cancelled.
    """
    locked = _locked(placement)
    if locked.participant_id != by.pk:
        raise NotAllowedError
    if locked.status == PlacementStatus.CANCELLED:
        raise CancelledError
    standing = _standing(locked, kind)
    if standing is None:
        standing = Declaration.objects.create(
            placement=locked,
            kind=kind,
            country=made_for(locked, kind),
            declared_by=by,
            declared_at=at,
        )
        states.refresh([locked.pk], at=at)
    return standing


@transaction.atomic
def withdraw(*, placement: Placement, kind: DeclarationKind, by: User, at: dt.datetime) -> None:
    """Take the word back, and with it the office's confirmation.

    Raises:
        NotAllowedError: if `by` is not the participant.
    """
    locked = _locked(placement)
    if locked.participant_id != by.pk:
        raise NotAllowedError
    standing = _standing(locked, kind)
    if standing:
        standing.withdrawn_at = at
        standing.save(update_fields=["withdrawn_at"])
        states.refresh([locked.pk], at=at)


@transaction.atomic
def verify(
    *, placement: Placement, kind: DeclarationKind, by: User, at: dt.datetime
) -> Declaration:
    """Confirm what was declared; the first confirmation stands.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
        NothingDeclaredError: if nothing is declared, or it was withdrawn meanwhile.
    """
    locked = _locked(placement)
    if not Placement.objects.coordinated_by(by).filter(pk=locked.pk).exists():
        raise NotAllowedError
    standing = _standing(locked, kind)
    if standing is None:
        raise NothingDeclaredError
    if standing.verified_at is None:
        standing.verified_at = at
        standing.verified_by = by
        standing.save(update_fields=["verified_at", "verified_by"])
        states.refresh([locked.pk], at=at)
    return standing


def _locked(placement: Placement) -> Placement:
    """Deeds about one placement wait for each other here."""
    return Placement.objects.select_for_update().get(pk=placement.pk)


def _standing(placement: Placement, kind: DeclarationKind) -> Declaration | None:
    """What holds for the country that the person goes to now."""
    return Declaration.objects.filter(
        placement=placement,
        kind=kind,
        country__in={"", made_for(placement, kind)},
        withdrawn_at__isnull=True,
    ).first()
