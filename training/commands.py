"""The command line, with a clear word where nothing has been set up yet."""

import sys

from django.core.management import execute_from_command_line
from django.db import DatabaseError, connection


def run(arguments: list[str]) -> None:
    """Run a command of manage.py; without a database, say what to do and exit with 1."""
    try:
        execute_from_command_line(arguments)
    except DatabaseError:
        if is_set_up():
            raise
        place = connection.settings_dict["NAME"]
        sys.exit(
            f"There is no database of Sojourn yet in {place}. Run `make prepare` first, or "
            "set SOJOURN_DATA or DATABASE_URL to where it is."
        )


def is_set_up() -> bool:
    """Whether the database can be opened and has been migrated."""
    try:
        return "django_migrations" in connection.introspection.table_names()
    except DatabaseError:
        return False
