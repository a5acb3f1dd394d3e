"""What `manage.py check` refuses: settings under which answers or documents could be lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


def errors_of_sqlite(databases: Mapping[str, Mapping[str, Any]]) -> list[CheckMessage]:
    """SQLite must take its write lock at once and keep a journal ahead of its writes."""
    return [
        Error(
            f"The SQLite database '{alias}' is not set for many writers.",
            hint="Use training.databases.SQLITE_OPTIONS: IMMEDIATE transactions and WAL.",
            id="sojourn.E001",
        )
        for alias, database in databases.items()
        if database["ENGINE"].endswith("sqlite3")
        and not is_set_for_writers(database.get("OPTIONS", {}))
    ]


def is_set_for_writers(options: Mapping[str, Any]) -> bool:
    pragmas = options.get("init_command", "").replace(" ", "")
    return options.get("transaction_mode") == "IMMEDIATE" and "journal_mode=WAL" in pragmas


@register(Tags.compatibility)
def check_databases(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    return errors_of_sqlite(settings.DATABASES)


@register(Tags.security)
def check_documents(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Documents are only served by the view that checks who may read them."""
    if settings.WAGTAILDOCS_SERVE_METHOD == "serve_view":
        return []
    return [
        Error(
            "Documents of private collections would be served to anybody.",
            hint="Set WAGTAILDOCS_SERVE_METHOD to 'serve_view'.",
            id="sojourn.E002",
        )
    ]


@register(Tags.security, deploy=True)
def check_secret(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The demo's key is printed in the source: nobody may be signed in with it."""
    if settings.SECRET_KEY != settings.DEMO_SECRET_KEY:
        return []
    return [
        Error(
            "SECRET_KEY is the demo's, which everybody can read.",
            hint="Set SECRET_KEY in the environment to at least 40 random characters.",
            id="sojourn.E003",
        )
    ]
