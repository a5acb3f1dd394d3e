"""The people whom an import has made, and how far inviting them has got."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from exchanges.inviting import MOST_AT_ONCE
from interop.roster.models import RosterUpload
from people.enums import InvitationState
from people.invitations import standings
from people.models import User


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the new people have been invited, or have a password already."""

    people: int
    invited: int

    @property
    def left(self) -> int:
        return self.people - self.invited

    @property
    def next(self) -> int:
        return min(self.left, MOST_AT_ONCE)


def new_people(upload: RosterUpload) -> QuerySet[User]:
    return User.objects.filter(pk__in=upload.summary.get("new_people", ()))


def progress_of(upload: RosterUpload, *, as_of: dt.datetime) -> Progress:
    """Two queries, whatever the number of people."""
    people = list(new_people(upload).filter(is_active=True))
    waiting = {InvitationState.NOT_INVITED, InvitationState.EXPIRED}
    found = standings(people, as_of=as_of).values()
    return Progress(
        people=len(people), invited=sum(standing.state not in waiting for standing in found)
    )
