from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS


def show_outbox(apps, schema_editor):
    grant(apps, ADMINISTRATORS, "jobs", "outgoingmail", "view_outgoingmail")


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_invitations_and_access_needs"),
        ("jobs", "0001_outbox_and_clock"),
    ]

    operations = [migrations.RunPython(show_outbox, migrations.RunPython.noop)]
