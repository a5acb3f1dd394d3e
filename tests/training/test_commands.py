import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError

from training import commands


@pytest.mark.parametrize(
    "secret", ["", "a-secret-of-its-own-which-makes-no-folder-beside-the-data"]
)
def test_a_command_without_a_database_says_what_to_do(tmp_path: Path, secret: str) -> None:
    environment = {
        **os.environ,
        "SOJOURN_DATA": str(tmp_path / "not" / "yet"),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "training.settings.embedded",
        "SECRET_KEY": secret,
    }
    found = subprocess.run(
        [sys.executable, "manage.py", "readiness_report", "any"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    assert "There is no database of Sojourn yet" in found.stderr
    assert "make prepare" in found.stderr


@pytest.mark.django_db
def test_other_faults_of_a_database_are_shown_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(arguments: list[str]) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(commands, "execute_from_command_line", fail)
    with pytest.raises(DatabaseError, match="disk I/O error"):
        commands.run(["manage.py"])


@pytest.mark.django_db
def test_a_command_that_works_just_runs(capsys: pytest.CaptureFixture[str]) -> None:
    commands.run(["manage.py", "version"])

    assert capsys.readouterr().out.startswith("5.2")
