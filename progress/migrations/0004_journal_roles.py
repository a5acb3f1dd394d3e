from django.db import migrations

from people.grants import grant
from people.roles import TRAINERS


def grant_reading(apps, schema_editor):
    grant(apps, TRAINERS, "progress", "journalentry", "read_reflections")


class Migration(migrations.Migration):
    dependencies = [
        ("progress", "0003_journal"),
        ("people", "0002_roles"),
    ]

    operations = [migrations.RunPython(grant_reading, migrations.RunPython.noop)]
