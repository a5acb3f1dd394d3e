"""Categories of the bank as paths, and which of them are kept to groups.

A category that names groups is there for their members and for administrators; so is
everything below it, and a category below may narrow it further, never open it again.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Count, ProtectedError, Q, QuerySet

from people.roles import ADMINISTRATORS, is_administrator
from quizzes.models import QuestionCategory

BETWEEN = "/"


def within(names: Collection[str], field: str = "name") -> Q:
    """Return what holds for these categories and for all below them; of no names, nothing."""
    wanted = Q(**{f"{field}__in": list(names)})
    for name in names:
        wanted |= Q(**{f"{field}__startswith": f"{name}{BETWEEN}"})
    return wanted


def is_within(name: str, names: Collection[str]) -> bool:
    return any(name == one or name.startswith(f"{one}{BETWEEN}") for one in names)


def names_kept_from(user: Any) -> list[str]:
    """Return the names of the categories that are kept to groups without this person."""
    if is_administrator(user):
        return []
    kept = QuestionCategory.objects.filter(groups__isnull=False)
    others = kept.exclude(groups__in=user.groups.all())
    return list(others.order_by().distinct().values_list("name", flat=True))


def kept_from(user: Any) -> QuerySet[QuestionCategory]:
    """Return the categories that the person may not look into, those below included."""
    names = names_kept_from(user)
    return _within(names)


def open_to(user: Any) -> QuerySet[QuestionCategory]:
    """Return the categories that the person may look into."""
    return QuestionCategory.objects.exclude(pk__in=kept_from(user).order_by().values("pk"))


def kept_to_groups() -> QuerySet[QuestionCategory]:
    """Return the categories that are not there for everybody who works in the bank."""
    kept = QuestionCategory.objects.filter(groups__isnull=False).order_by()
    return _within(list(kept.distinct().values_list("name", flat=True)))


def keep_closed(*, instance: Group, **_signal: Any) -> None:
    """Receive `pre_delete` of a group: what was kept to it alone is kept to administrators.

    Raises:
        ProtectedError: that group are the administrators.
    """
    counted = QuestionCategory.objects.annotate(kept_to=Count("groups", distinct=True))
    alone = list(counted.filter(kept_to=1, groups=instance))
    if not alone:
        return
    if instance.name == ADMINISTRATORS:
        raise ProtectedError("Categories of questions are kept to this group.", set(alone))
    administrators, _is_new = Group.objects.get_or_create(name=ADMINISTRATORS)
    for category in alone:
        category.groups.add(administrators)


def _within(names: Collection[str]) -> QuerySet[QuestionCategory]:
    if not names:
        return QuestionCategory.objects.none()
    return QuestionCategory.objects.filter(within(names))
