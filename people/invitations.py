"""Invitations: how somebody whom an office has entered comes to a password.

A row is added for each letter and never rewritten; the letter's token is known to the
letter alone. Whoever opens it proves that the address is theirs.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import transaction
from django.db.models import QuerySet

from people.addresses import settle_address
from people.enums import InvitationState
from people.models import Invitation, User

LASTS = dt.timedelta(days=14)
# Whoever presses twice sends one letter.
PAUSE = dt.timedelta(minutes=5)
TOKEN_BYTES = 16


class InvitationClosed(Exception):
    """It has been used, has run out, or was taken back meanwhile."""


@dataclass(frozen=True, slots=True)
class Letter:
    """An invitation with the token that nobody will know again."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person's last invitation has come to, and the moment that says so."""

    state: InvitationState
    at: dt.datetime | None = None

    @property
    def can_be_invited(self) -> bool:
        return self.state in {
            InvitationState.NOT_INVITED,
            InvitationState.OPEN,
            InvitationState.EXPIRED,
        }

    @property
    def is_again(self) -> bool:
        return self.state in {InvitationState.OPEN, InvitationState.EXPIRED}


def without_password(people: QuerySet[User]) -> QuerySet[User]:
    """Those whom an invitation is for: accounts in use that have no password yet."""
    return people.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)


def standing_of(user: User, last: Invitation | None, *, as_of: dt.datetime) -> Standing:
    if last is not None and last.accepted_at is not None:
        return Standing(InvitationState.ACCEPTED, last.accepted_at)
    if user.has_usable_password():
        return Standing(InvitationState.SIGNS_IN)
    if last is None or last.revoked_at is not None:
        return Standing(InvitationState.NOT_INVITED)
    if last.until <= as_of:
        return Standing(InvitationState.EXPIRED, last.until)
    return Standing(InvitationState.OPEN, last.invited_at)


def standings(people: Iterable[User], *, as_of: dt.datetime) -> dict[int, Standing]:
    """How it stands with each of the people's invitations: one query for all of them."""
    people = list(people)
    last = last_invitations(user.pk for user in people)
    return {user.pk: standing_of(user, last.get(user.pk), as_of=as_of) for user in people}


def last_invitations(pks: Iterable[int]) -> dict[int, Invitation]:
    found = Invitation.objects.filter(user__in=list(pks)).order_by("invited_at", "pk")
    return {invitation.user_id: invitation for invitation in found}


def write(
    people: Iterable[User], *, by: User | None, at: dt.datetime, again: bool = False
) -> list[Letter]:
    """Add an invitation for each who has no password; what waited for them is taken back.

    Nobody gets a second one while the first is open, or with `again` while it is fresh.

    Returns:
        the letters to send; a person who is left out has none.
    """
    pks = [user.pk for user in people]
    with transaction.atomic():
        # Two requests for the same people come one after the other.
        found = without_password(User.objects.filter(pk__in=pks)).order_by("pk")
        locked = list(found.select_for_update())
        last = last_invitations(user.pk for user in locked)
        wanted = [user for user in locked if _is_due(last.get(user.pk), at=at, again=again)]
        Invitation.objects.filter(user__in=wanted, accepted_at=None, revoked_at=None).update(
            revoked_at=at
        )
        letters = [_letter(user, by=by, at=at) for user in wanted]
        Invitation.objects.bulk_create(letter.invitation for letter in letters)
    return letters


def _is_due(last: Invitation | None, *, at: dt.datetime, again: bool) -> bool:
    if last is None or last.revoked_at is not None:
        return True
    if again:
        return last.invited_at + PAUSE <= at
    return last.until <= at


def _letter(user: User, *, by: User | None, at: dt.datetime) -> Letter:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        user=user,
        email=user.email,
        invited_by=by,
        invited_at=at,
        until=at + LASTS,
        token_hash=hash_of(token),
    )
    return Letter(invitation, token)


def hash_of(token: str) -> str:
    """128 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def take_back(invitations: Iterable[Invitation], *, at: dt.datetime) -> None:
    """Close invitations whose letters did not get away."""
    pks = [invitation.pk for invitation in invitations]
    Invitation.objects.filter(pk__in=pks, accepted_at=None).update(revoked_at=at)


def find(token: str) -> Invitation | None:
    found = Invitation.objects.select_related("user", "invited_by")
    return found.filter(token_hash=hash_of(token)).first()


def state_of(invitation: Invitation, *, as_of: dt.datetime) -> InvitationState:
    """What the one invitation is good for; only OPEN lets anybody in.

    NOT_INVITED: taken back, or the account or its address has changed since.
    """
    user = invitation.user
    if invitation.accepted_at is not None or user.has_usable_password():
        return InvitationState.ACCEPTED
    if invitation.revoked_at is not None or not user.is_active or user.email != invitation.email:
        return InvitationState.NOT_INVITED
    return InvitationState.EXPIRED if invitation.until <= as_of else InvitationState.OPEN


def accept(
    invitation: Invitation, *, password: str, wishes: Mapping[str, Any], at: dt.datetime
) -> User:
    """Give the invited person the password; the address counts as confirmed.

    Args:
        invitation: as `find` gave it.
        password: checked already.
        wishes: `time_zone` and `language`, as the person has chosen them.
        at: the moment.

    Raises:
        InvitationClosed: somebody was faster, or it is not open any more.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=invitation.user_id)
        row = Invitation.objects.select_for_update().get(pk=invitation.pk)
        row.user = user
        if state_of(row, as_of=at) != InvitationState.OPEN:
            raise InvitationClosed
        row.accepted_at = at
        row.save(update_fields=["accepted_at"])
        user.set_password(password)
        user.time_zone = wishes["time_zone"]
        user.language = wishes["language"]
        user.save(update_fields=["password", "time_zone", "language"])
        settle_address(user)
    return user
