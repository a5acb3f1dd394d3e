"""Somebody who is nobody: a made-up person, for looking at a page as a participant does.

No row has this id, so that whatever a page asks about the person, it finds nothing.
"""

from django.contrib.auth.models import AnonymousUser

from people.models import User

NOBODYS_ID = 0


def stand_in() -> User:
    """Return a signed-in person without rights, roles, records or a row."""
    return User(pk=NOBODYS_ID, is_active=True)


def is_stand_in(user: User | AnonymousUser) -> bool:
    return user.pk == NOBODYS_ID
