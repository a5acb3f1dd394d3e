"""The people whom an import has made, and how far inviting them has got."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from exchanges.inviting import MOST_AT_ONCE
from interop.roster.models import RosterUpload
from library.batches import batches
from people.enums import InvitationState
from people.invitations import standings
from people.models import User

PEOPLE_AT_ONCE = 1000


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
    """Two queries for each thousand people."""
    waiting = {InvitationState.NOT_INVITED, InvitationState.EXPIRED}
    people = invited = 0
    for some in batches(upload.summary.get("new_people", ()), PEOPLE_AT_ONCE):
        active = list(User.objects.filter(pk__in=some, is_active=True))
        found = standings(active, as_of=as_of).values()
        people += len(active)
        invited += sum(standing.state not in waiting for standing in found)
    return Progress(people=people, invited=invited)
