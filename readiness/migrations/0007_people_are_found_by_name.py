"""People are found by how their names begin, in any case: PostgreSQL needs indexes for it."""

from typing import Any

from django.db import migrations

COLUMNS = ("last_name", "first_name", "email")


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for column in COLUMNS:
        schema_editor.execute(
            f"CREATE INDEX readiness_people_{column} ON people_user "
            f"(UPPER({column}::text) text_pattern_ops)"
        )


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    for column in COLUMNS:
        schema_editor.execute(f"DROP INDEX readiness_people_{column}")


class Migration(migrations.Migration):
    dependencies = [
        ("readiness", "0006_snapshots_and_history"),
        ("people", "0004_invitations_and_access_needs"),
    ]
    operations = [migrations.RunPython(make, drop)]
