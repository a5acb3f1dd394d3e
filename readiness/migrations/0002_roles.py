from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, COORDINATORS


def grant_readiness(apps, schema_editor):
    for group in (COORDINATORS, ADMINISTRATORS):
        grant(
            apps,
            group,
            "readiness",
            "requirementset",
            "add_requirementset",
            "change_requirementset",
            "delete_requirementset",
            "view_requirementset",
        )


class Migration(migrations.Migration):
    dependencies = [
        ("readiness", "0001_initial"),
        ("people", "0002_roles"),
    ]

    operations = [migrations.RunPython(grant_readiness, migrations.RunPython.noop)]
