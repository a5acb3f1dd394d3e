from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, COORDINATORS


def grant_reminders(apps, schema_editor):
    changes = [f"{action}_officeplan" for action in ("add", "change", "delete", "view")]
    for group in (COORDINATORS, ADMINISTRATORS):
        grant(apps, group, "reminders", "officeplan", *changes)
        grant(apps, group, "reminders", "message", "view_message")


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0001_reminders"),
        ("people", "0002_roles"),
    ]

    operations = [migrations.RunPython(grant_reminders, migrations.RunPython.noop)]
