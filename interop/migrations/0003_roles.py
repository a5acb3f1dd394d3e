from django.db import migrations

from people.grants import grant
from people.roles import ADMINISTRATORS, COORDINATORS


def let_import(apps, schema_editor):
    for role in (COORDINATORS, ADMINISTRATORS):
        grant(apps, role, "interop", "rosterupload", "add_rosterupload", "view_rosterupload")


class Migration(migrations.Migration):
    dependencies = [
        ("interop", "0002_initial"),
        ("people", "0002_roles"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(let_import, migrations.RunPython.noop)]
