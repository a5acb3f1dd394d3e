"""Which records of readiness a person may reach in the CMS."""

from collections.abc import Iterable

from exchanges.permissions import CoordinatedPolicy
from people.models import User

GIVEN = frozenset({"add", "view"})


class LinkPolicy(CoordinatedPolicy):
    """Own offices' links, to be made and looked at: nobody edits or deletes one by hand."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return action in GIVEN and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
