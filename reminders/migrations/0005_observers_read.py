from django.db import migrations

from people.grants import grant
from people.roles import OBSERVERS


def let_observers_read(apps, schema_editor):
    grant(apps, OBSERVERS, "reminders", "message", "view_message")


class Migration(migrations.Migration):
    dependencies = [
        ("reminders", "0004_letter_roles"),
        ("people", "0007_observers"),
    ]

    operations = [migrations.RunPython(let_observers_read, migrations.RunPython.noop)]
