"""How a room's migration gives permissions to the roles.

Django makes permissions only after all migrations have run, so a migration that
grants one has to make it first; `get_or_create` keeps Django from making it twice.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.apps.registry import Apps


def grant(apps: "Apps", group_name: str, app_label: str, model: str, *codenames: str) -> None:
    """Give the role's group permissions on a model, such as `view_placement`.

    Args:
        apps: the historical registry that a migration's RunPython receives.
        group_name: one of the names in `people.roles`; made if it is missing.
        app_label: the room, such as `exchanges`.
        model: the model's lower-case name.
        codenames: whole codenames, such as `view_placement`.
    """
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    Group = apps.get_model("auth", "Group")

    group, _created = Group.objects.get_or_create(name=group_name)
    content_type, _created = ContentType.objects.get_or_create(app_label=app_label, model=model)
    for codename in codenames:
        permission, _created = Permission.objects.get_or_create(
            content_type=content_type,
            codename=codename,
            defaults={"name": f"Can {codename.replace('_', ' ')}"},
        )
        group.permissions.add(permission)
