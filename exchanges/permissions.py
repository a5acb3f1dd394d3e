"""Which records a person may reach in the CMS: asked by every list, page and export."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from exchanges.models import Placement
from people import roles
from people.models import User


class CoordinatedPolicy(ModelPermissionPolicy):
    """The role's permission, and only for records of offices that the person answers for."""

    def instances_user_has_any_permission_for(
        self, user: User, actions: Iterable[str]
    ) -> QuerySet[Any]:
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return self.model._default_manager.coordinated_by(user)

    def user_has_any_permission_for_instance(
        self, user: User, actions: Iterable[str], instance: Model
    ) -> bool:
        reachable = self.instances_user_has_any_permission_for(user, actions)
        return bool(reachable.filter(pk=instance.pk).exists())

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)


class ObservedPolicy(CoordinatedPolicy):
    """As its parent; who may view looks at what observed offices have, too."""

    def instances_user_has_any_permission_for(
        self, user: User, actions: Iterable[str]
    ) -> QuerySet[Any]:
        if "view" in actions and self.user_has_permission(user, "view"):
            seen: QuerySet[Any] = self.model._default_manager.observed_by(user)
            return seen
        return super().instances_user_has_any_permission_for(user, actions)


class ExchangePolicy(ObservedPolicy):
    """Coordinators see exchanges of own people, and change those without anybody else's."""

    def instances_user_has_any_permission_for(
        self, user: User, actions: Iterable[str]
    ) -> QuerySet[Any]:
        found = super().instances_user_has_any_permission_for(user, actions)
        return found if "view" in actions else found.exclude(pk__in=shared_exchanges(user))


def shared_exchanges(user: User) -> QuerySet[Any]:
    """Return the pks of exchanges with people of offices that user does not answer for."""
    others = Placement.objects.values("exchange")
    if roles.is_administrator(user):
        return others.none()
    return others.exclude(pk__in=Placement.objects.coordinated_by(user).values("pk"))
