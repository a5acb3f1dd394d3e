from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, COORDINATORS


def grant_letters(apps, schema_editor):
    changes = [f"{action}_lettertext" for action in ("add", "change", "delete", "view")]
    for group in (COORDINATORS, ADMINISTRATORS):
        grant(apps, group, "reminders", "lettertext", *changes)


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0003_letters_and_wishes"),
    ]

    operations = [migrations.RunPython(grant_letters, migrations.RunPython.noop)]
