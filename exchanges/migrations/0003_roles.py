from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, COORDINATORS

SEEN_AND_CHANGED = ("exchange", "placement")
ADDED_TOO = ("institution", "programme")


def open_doors(apps, schema_editor):
    for model in SEEN_AND_CHANGED:
        grant(apps, COORDINATORS, "exchanges", model, f"view_{model}", f"change_{model}")
    for model in ADDED_TOO:
        codenames = [f"{action}_{model}" for action in ("view", "add", "change")]
        grant(apps, COORDINATORS, "exchanges", model, *codenames)
    grant(apps, COORDINATORS, "exchanges", "office", "view_office")
    for model in (*SEEN_AND_CHANGED, *ADDED_TOO, "office"):
        codenames = [f"{action}_{model}" for action in ("view", "add", "change", "delete")]
        grant(apps, ADMINISTRATORS, "exchanges", model, *codenames)


class Migration(migrations.Migration):
    dependencies = [
        ("exchanges", "0002_initial"),
        ("people", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(open_doors, migrations.RunPython.noop)]
