"""Who may invite whom, why, and the letters that follow from it."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from exchanges.models import Placement
from people import invitations, mailing, roles
from people.enums import InvitationState
from people.models import User

# One request writes and sends so many; who invites more presses again.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish to invite people.

    Attributes:
        sent: letters that are on their way.
        failed: letters that the mail server did not take; these people can be invited anew.
        left: people who were too many for one go.
    """

    sent: int = 0
    failed: int = 0
    left: int = 0


def invitable_by(user: User) -> QuerySet[User]:
    """People whom user may invite: participants of own offices, or everybody."""
    if roles.is_administrator(user):
        return User.objects.all()
    own = Placement.objects.coordinated_by(user).active()
    return User.objects.filter(pk__in=own.values("participant"))


def occasions(people: Iterable[User], *, today: dt.date) -> dict[int, mailing.Occasion]:
    """The next exchange of each, with the office that answers for it: one query."""
    placements = (
        Placement.objects.filter(participant__in=[user.pk for user in people])
        .active()
        .dated()
        .filter(back_on__gte=today)
        .select_related("office", "exchange__programme", "exchange__host")
        .order_by("-leaves_on", "-pk")
    )
    return {
        placement.participant_id: mailing.Occasion(
            office=str(placement.office),
            exchange=str(placement.exchange),
            leaves_on=placement.departs_on,
        )
        for placement in placements
    }


def invite(
    people: QuerySet[User],
    *,
    by: User,
    at: dt.datetime,
    link_to: Callable[[str], str],
    again: bool = False,
) -> Outcome:
    """Invite those of the people who wait for it and whom `by` may invite.

    Pressing twice sends one letter: see `people.invitations.write`.
    """
    allowed = invitations.without_password(people.filter(pk__in=invitable_by(by).values("pk")))
    waiting = list(allowed.order_by("pk"))
    if not again:
        standings = invitations.standings(waiting, as_of=at)
        waiting = [one for one in waiting if not _is_open(standings[one.pk])]
    letters = invitations.write(waiting[:MOST_AT_ONCE], by=by, at=at, again=again)
    reasons = occasions((letter.invitation.user for letter in letters), today=at.date())
    stayed = mailing.send(letters, link_to=link_to, occasions=reasons)
    invitations.take_back((letter.invitation for letter in stayed), at=at)
    return Outcome(
        sent=len(letters) - len(stayed),
        failed=len(stayed),
        left=max(0, len(waiting) - MOST_AT_ONCE),
    )


def _is_open(standing: invitations.Standing) -> bool:
    return standing.state == InvitationState.OPEN
