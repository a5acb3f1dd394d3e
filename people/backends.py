"""What people may do, read at once."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Q
from django.http import HttpRequest

from people.models import User
from people.roles import is_signed_in


class PermissionsBackend(ModelBackend):
    """Reads a person's permissions in one query, where Django's own takes two.

    It comes first, and signs nobody in: the backends after it do. They find what it
    read where they would have kept it themselves.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:  # type: ignore[override]
        return None

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: Any = None) -> set[str]:
        if obj is not None or not is_signed_in(user_obj):
            return set()
        kept: set[str] | None = getattr(user_obj, "_perm_cache", None)
        if kept is None:
            found = Permission.objects.order_by()
            if not user_obj.is_superuser:
                found = found.filter(Q(user=user_obj) | Q(group__user=user_obj)).distinct()
            names = found.values_list("content_type__app_label", "codename")
            kept = {f"{app}.{name}" for app, name in names}
            setattr(user_obj, "_perm_cache", kept)  # noqa: B010  Django's own name for it.
        return kept
