"""How each database is set: SQLite as the embedded default, PostgreSQL by DATABASE_URL."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import environ

# IMMEDIATE + WAL is what makes concurrent writers wait instead of fail; FULL keeps
# "acknowledged means saved" through a power cut.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=FULL;"
        "PRAGMA journal_size_limit=67108864;"
        "PRAGMA cache_size=-20000;"
        "PRAGMA temp_store=MEMORY;"
    ),
}

POSTGRESQL_OPTIONS = {
    "options": (
        "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s"
    ),
}


def database_settings(url: str, data_dir: Path) -> dict[str, Any]:
    """Return one entry of DATABASES for a DATABASE_URL; without one, SQLite in data_dir."""
    settings: dict[str, Any]
    if url:
        settings = dict(environ.Env.db_url_config(url))
        settings["HOST"] = unquote(settings["HOST"])  # the folder of a unix socket, as %2Frun.
    else:
        settings = {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data_dir / "sojourn.sqlite3"),
        }
    options = SQLITE_OPTIONS if "sqlite" in settings["ENGINE"] else POSTGRESQL_OPTIONS
    settings["OPTIONS"] = {**options, **settings.get("OPTIONS", {})}
    settings["CONN_MAX_AGE"] = 600
    settings["CONN_HEALTH_CHECKS"] = True
    return settings
