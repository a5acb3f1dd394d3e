"""Which records of reminders a person may reach in the CMS."""

from typing import Any

from exchanges.permissions import ObservedPolicy


class LookingPolicy(ObservedPolicy):
    """Own people's records, to be looked at: nobody writes, changes or deletes one by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and self.user_has_permission(user, "view")
