"""Settings are read when a process starts, so each test here starts one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from training.settings.base import DEMO_SECRET_KEY

GOOD_KEY = "a long and varied key, made for nothing but this test: 0123456789"
OF_THE_TESTS = {
    "BASE_URL", "DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE",
    "SECRET_KEY",
}  # fmt: skip


def run_manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
    return subprocess.run(
        [sys.executable, "-W", "error", "manage.py", *arguments],
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("key", ["", "too-short", DEMO_SECRET_KEY])
def test_production_does_not_start_without_a_secret_of_its_own(key: str) -> None:
    answer = run_manage(
        "check", DJANGO_SETTINGS_MODULE="training.settings.production", SECRET_KEY=key
    )

    assert answer.returncode != 0
    assert "Set SECRET_KEY in the environment" in answer.stderr
    assert key not in answer.stderr or not key


def test_production_passes_its_own_checks_without_a_warning() -> None:
    answer = run_manage(
        "check",
        "--deploy",
        "--fail-level=ERROR",
        DJANGO_SETTINGS_MODULE="training.settings.production",
        SECRET_KEY=GOOD_KEY,
    )

    assert answer.returncode == 0, answer.stderr
    assert "Warning" not in answer.stderr
    assert "(security.W" not in answer.stderr


@pytest.mark.parametrize("settings", ["embedded", "dev"])
def test_each_way_of_running_starts_without_a_warning(settings: str, tmp_path: Path) -> None:
    answer = run_manage(
        "check",
        DJANGO_SETTINGS_MODULE=f"training.settings.{settings}",
        SOJOURN_DATA=str(tmp_path),
    )

    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""


def test_what_one_process_keeps_in_the_cache_another_finds(tmp_path: Path) -> None:
    """Wrong passwords are counted there: two processes must not allow twice as many."""
    given = {"DJANGO_SETTINGS_MODULE": "training.settings.embedded", "SOJOURN_DATA": str(tmp_path)}
    reach = "from django.core.cache import cache; "

    run_manage("shell", "-v0", "-c", reach + "cache.set('tries', 'five of five')", **given)
    answer = run_manage("shell", "-v0", "-c", reach + "print(cache.get('tries'))", **given)

    assert answer.stdout.strip() == "five of five", answer.stderr


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"HOST": "127.0.0.1", "PORT": "9000"}, "http://127.0.0.1:9000"),
        ({"PORT": "9000", "BASE_URL": "https://sojourn.example"}, "https://sojourn.example"),
    ],
)
def test_letters_name_the_address_that_the_site_is_served_at(
    given: dict[str, str], named: str, tmp_path: Path
) -> None:
    answer = run_manage(
        "shell",
        "--no-imports",
        "--command",
        "from django.conf import settings; print(settings.WAGTAILADMIN_BASE_URL)",
        DJANGO_SETTINGS_MODULE="training.settings.embedded",
        SOJOURN_DATA=str(tmp_path),
        **given,
    )

    assert answer.stdout.strip() == named, answer.stderr
