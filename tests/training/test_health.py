import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from tests.factories.jobs import OutgoingMailFactory


@pytest.fixture(autouse=True)
def _data(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MIN_FREE_DISK_PERCENT = 0


def answer(client: Client, path: str) -> tuple[int, dict[str, Any]]:
    response = client.get(path)
    assert "no-store" in response["Cache-Control"]
    return response.status_code, json.loads(response.content)


def refuse(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("the server closed the connection")


def test_live_asks_nothing_of_the_database(client: Client) -> None:
    assert answer(client, "/livez") == (200, {"status": "ok"})


@pytest.mark.django_db
def test_ready_when_everything_is_there(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # A round trip, whether the table of migrations is there (two on SQLite's
    # introspection included), what it holds, and the e-mails that are late.
    with django_assert_num_queries(4):
        assert answer(client, "/readyz") == (200, {"status": "ok"})


@pytest.mark.django_db
def test_not_ready_without_the_database_and_the_reason_stays_inside(client: Client) -> None:
    with connection.execute_wrapper(refuse):
        status, body = answer(client, "/readyz")

    assert status == 503
    assert body == {"status": "not ready", "failed": ["database", "migrations", "mail"]}


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client: Client) -> None:
    ((app, name),) = MigrationLoader(connection).graph.leaf_nodes("people")
    MigrationRecorder(connection).record_unapplied(app, name)

    assert answer(client, "/readyz") == (503, {"status": "not ready", "failed": ["migrations"]})


@pytest.mark.django_db
def test_not_ready_when_uploads_cannot_be_written(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path / "taken"
    settings.MEDIA_ROOT.write_text("a file where a folder should be")

    assert answer(client, "/readyz") == (503, {"status": "not ready", "failed": ["files"]})


@pytest.mark.django_db
def test_not_ready_on_a_full_disk(client: Client, settings: Settings) -> None:
    settings.MIN_FREE_DISK_PERCENT = 100

    assert answer(client, "/readyz") == (503, {"status": "not ready", "failed": ["disk"]})


@pytest.mark.django_db
def test_not_ready_while_mails_are_late(client: Client) -> None:
    now = timezone.now()
    OutgoingMailFactory.create(due_at=now - dt.timedelta(minutes=4))
    assert answer(client, "/readyz") == (200, {"status": "ok"})

    OutgoingMailFactory.create(due_at=now - dt.timedelta(minutes=6))
    assert answer(client, "/readyz") == (503, {"status": "not ready", "failed": ["mail"]})


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_health_only_answers_questions(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
