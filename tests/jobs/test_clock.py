import datetime as dt
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils.module_loading import import_string
from pytest_django.fixtures import Settings

from jobs.clock import LEASE, run_due
from jobs.models import PeriodicJob
from tests.factories.jobs import NOON

pytestmark = pytest.mark.django_db
HERE = "tests.jobs.test_clock"
ran: list[dt.datetime] = []


def remember(*, at: dt.datetime) -> None:
    ran.append(at)


def break_off(*, at: dt.datetime) -> None:
    raise RuntimeError("no more paper")


@pytest.fixture(autouse=True)
def jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, int]]:
    """Two jobs of this file, found by their names without importing the file twice."""
    found = {f"{HERE}.remember": remember, f"{HERE}.break_off": break_off}
    monkeypatch.setattr("jobs.clock.import_string", lambda name: found[name])
    ran.clear()
    yield {f"{HERE}.remember": 60, f"{HERE}.break_off": 60}
    ran.clear()


def run(jobs: dict[str, int], *, seconds: int = 0) -> list[str]:
    return run_due(jobs=jobs, clock=lambda: NOON + dt.timedelta(seconds=seconds))


def test_a_job_runs_at_once_and_then_at_its_pace(jobs: dict[str, int]) -> None:
    run(jobs)
    run(jobs, seconds=59)
    run(jobs, seconds=60)

    assert ran == [NOON, NOON + dt.timedelta(seconds=60)]


def test_a_job_that_was_missed_runs_once(jobs: dict[str, int]) -> None:
    run(jobs)
    run(jobs, seconds=3600)
    run(jobs, seconds=3601)

    assert len(ran) == 2


def test_one_that_fails_is_told_and_stops_no_other(jobs: dict[str, int]) -> None:
    assert run(jobs) == [f"{HERE}.remember"]

    failed = PeriodicJob.objects.get(name=f"{HERE}.break_off")
    assert "no more paper" in failed.last_error
    assert (failed.lease_until, failed.finished_at) == (None, NOON)
    assert failed.due_at == NOON + dt.timedelta(seconds=60)


def test_what_another_process_runs_is_left_to_it_until_its_lease_ends(
    jobs: dict[str, int],
) -> None:
    PeriodicJob.objects.create(name=f"{HERE}.remember", due_at=NOON, lease_until=NOON + LEASE)

    run(jobs)
    assert ran == []

    run(jobs, seconds=int(LEASE.total_seconds()))
    assert len(ran) == 1


def test_a_job_that_is_no_longer_in_the_settings_does_not_run(jobs: dict[str, int]) -> None:
    PeriodicJob.objects.create(name="gone.away", due_at=NOON)

    run(jobs)

    assert PeriodicJob.objects.get(name="gone.away").started_at is None


@pytest.mark.parametrize("name", django_settings.PERIODIC_JOBS)
def test_every_job_of_the_settings_runs(name: str, db: None) -> None:
    import_string(name)(at=NOON)


def test_the_command_runs_what_is_due_and_names_it(
    jobs: dict[str, int], settings: Settings
) -> None:
    settings.PERIODIC_JOBS = jobs
    out: Any = StringIO()

    call_command("run_jobs", once=True, stdout=out)

    assert out.getvalue() == f"{HERE}.remember\n"
