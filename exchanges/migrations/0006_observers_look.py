from django.db import migrations

from people.grants import grant
from people.roles import OBSERVERS

SEEN = ("exchange", "placement", "institution", "programme", "office")


def let_observers_look(apps, schema_editor):
    for model in SEEN:
        grant(apps, OBSERVERS, "exchanges", model, f"view_{model}")


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0005_observers"),
        ("people", "0007_observers"),
    ]

    operations = [migrations.RunPython(let_observers_look, migrations.RunPython.noop)]
