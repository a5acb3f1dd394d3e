"""Whose questions somebody may see and change in the bank.

As Wagtail has it for images, and by the permissions that a group's page in the CMS has:
“add” writes questions, and sees and changes the own ones; “view” sees all; “change” sees
and changes all; “delete” deletes all. Whatever the permission, nobody gets at questions of
a category that is kept to groups of others, not even at those written by oneself.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from quizzes.categories import kept_from
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
        return self.would_let(user, actions, instance) and not self._is_kept(user, instance)

    def would_let(self, user: Any, actions: Collection[str], instance: Question) -> bool:
        """Whether the user may do this, wherever the question lies: for what is seen already."""
        is_own = instance.created_by_id is not None and instance.created_by_id == user.pk
        own = is_own and OF_OWN_ONES & set(actions) and self._of_all(user, ADD)
        return bool(own) or any(self._of_all(user, action) for action in actions)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Question]:
        if any(self._of_all(user, action) for action in actions if action != ADD):
            return self._not_kept(user, Question.objects.all())
        if OF_OWN_ONES & set(actions) and self._of_all(user, ADD):
            return self._not_kept(user, Question.objects.filter(created_by=user))
        return Question.objects.none()

    def _not_kept(self, user: Any, questions: QuerySet[Question]) -> QuerySet[Question]:
        return questions.exclude(category__in=kept_from(user).order_by().values("pk"))

    def _is_kept(self, user: Any, question: Question) -> bool:
        if question.category_id is None:
            return False
        return kept_from(user).filter(pk=question.category_id).exists()

    def _of_all(self, user: Any, action: str) -> bool:
        """Whether the user has the permission itself; who may change all may see all."""
        has: bool = super().user_has_permission(user, action)
        return has or (action == VIEW and super().user_has_permission(user, CHANGE))


POLICY = QuestionPolicy(Question)
register_permission_policy(Question, POLICY)


def seen_by(user: Any) -> QuerySet[Question]:
    """Return the questions of the bank that the user may see."""
    return POLICY.instances_user_has_any_permission_for(user, [VIEW])


def changed_by(user: Any) -> QuerySet[Question]:
    """Return the questions of the bank that the user may change, and whose keys are no secret."""
    return POLICY.instances_user_has_any_permission_for(user, [CHANGE])


def sees_all(user: Any, questions: Collection[UUID]) -> bool:
    """Whether none of these questions lies in a category that is kept from the user."""
    kept = kept_from(user).order_by().values("pk")
    return not Question.objects.filter(uuid__in=questions, category__in=kept).exists()


def sees_keys(user: Any, questions: Collection[UUID]) -> bool:
    """Whether the user may see the right answers of all these questions outside the bank."""
    may_change: bool = user.has_perm("quizzes.change_question")
    return may_change and sees_all(user, questions)
