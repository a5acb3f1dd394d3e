from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, COORDINATORS, GROUPS, PARTICIPANTS, TRAINERS


def make_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.get_or_create(name=PARTICIPANTS)
    grant(apps, TRAINERS, "people", "user", "teach")
    grant(apps, COORDINATORS, "people", "user", "coordinate")
    grant(apps, ADMINISTRATORS, "people", "user", "teach", "coordinate")
    grant(apps, ADMINISTRATORS, "people", "user", "add_user", "change_user", "delete_user")
    grant(apps, ADMINISTRATORS, "people", "user", "view_user")
    grant(apps, ADMINISTRATORS, "auth", "group", "add_group", "change_group", "delete_group")
    for group in (TRAINERS, COORDINATORS, ADMINISTRATORS):
        grant(apps, group, "wagtailadmin", "admin", "access_admin")


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
