from typing import Any

import pytest
from django.core import checks
from pytest_django.fixtures import Settings

from training.checks import errors_of_sqlite


def identifiers(*, deploy: bool = False) -> set[str]:
    found = checks.run_checks(include_deployment_checks=deploy)
    return {message.id for message in found if message.id and message.id.startswith("sojourn.")}


def test_the_settings_as_shipped_pass() -> None:
    assert identifiers() == set()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"transaction_mode": "DEFERRED", "init_command": "PRAGMA journal_mode=WAL;"},
        {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=FULL;"},
    ],
)
def test_sqlite_that_loses_answers_is_refused(options: dict[str, Any]) -> None:
    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}}

    (error,) = errors_of_sqlite(databases)

    assert error.id == "sojourn.E001"
    assert "'default'" in error.msg


def test_postgresql_needs_none_of_it() -> None:
    databases = {"default": {"ENGINE": "django.db.backends.postgresql"}}

    assert errors_of_sqlite(databases) == []


@pytest.mark.parametrize("method", ["direct", "redirect", None])
def test_documents_that_anybody_could_read_are_refused(
    settings: Settings, method: str | None
) -> None:
    settings.WAGTAILDOCS_SERVE_METHOD = method

    assert identifiers() == {"sojourn.E002"}


def test_the_demo_secret_is_refused_where_it_is_deployed(settings: Settings) -> None:
    settings.SECRET_KEY = settings.DEMO_SECRET_KEY
    assert identifiers(deploy=True) == {"sojourn.E003"}

    settings.SECRET_KEY = "x" * 50
    assert identifiers(deploy=True) == set()
