"""Whose questions somebody may see and change in the bank.

As Wagtail has it for images, and by the permissions that a group's page in the CMS has:
“add” writes questions, and sees and changes the own ones; “view” sees all; “change” sees
and changes all; “delete” deletes all.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from quizzes.models import Question

ADD, CHANGE, DELETE, VIEW = "add", "change", "delete", "view"
OF_OWN_ONES = frozenset({CHANGE, DELETE, VIEW})


class QuestionPolicy(ModelPermissionPolicy):
    """Who may add questions owns what they have made."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether there is, or could be, any question that the user may do this to."""
        return self._of_all(user, action) or (action in OF_OWN_ONES and self._of_all(user, ADD))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Question) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Collection[str], instance: Question
    ) -> bool:
        is_own = instance.created_by_id is not None and instance.created_by_id == user.pk
        own = is_own and OF_OWN_ONES & set(actions) and self._of_all(user, ADD)
        return bool(own) or any(self._of_all(user, action) for action in actions)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Question]:
        if any(self._of_all(user, action) for action in actions if action != ADD):
            return Question.objects.all()
        if OF_OWN_ONES & set(actions) and self._of_all(user, ADD):
            return Question.objects.filter(created_by=user)
        return Question.objects.none()

    def _of_all(self, user: Any, action: str) -> bool:
        """Whether the user has the permission itself; who may change all may see all."""
        has: bool = super().user_has_permission(user, action)
        return has or (action == VIEW and super().user_has_permission(user, CHANGE))


POLICY = QuestionPolicy(Question)
register_permission_policy(Question, POLICY)


def seen_by(user: Any) -> QuerySet[Question]:
    """Return the questions of the bank that the user may see."""
    return POLICY.instances_user_has_any_permission_for(user, [VIEW])
