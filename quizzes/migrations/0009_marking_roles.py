from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, TRAINERS


def grant_marking(apps, schema_editor):
    for role in (TRAINERS, ADMINISTRATORS):
        grant(apps, role, "quizzes", "attempt", "mark_attempt")


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0008_marking"),
        ("people", "0002_roles"),
    ]

    operations = [migrations.RunPython(grant_marking, migrations.RunPython.noop)]
