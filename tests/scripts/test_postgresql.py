"""The script that lends a command a PostgreSQL of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import postgresql

SCRIPT = [sys.executable, "scripts/postgresql.py"]
needs_postgresql = pytest.mark.skipif(
    postgresql.programs() is None, reason="PostgreSQL's server programs are not here"
)

ASK_THE_SERVER = """
import os, psycopg, urllib.parse
url = urllib.parse.urlsplit(os.environ["DATABASE_URL"])
host = urllib.parse.unquote(url.hostname)
with psycopg.connect(host=host, user=url.username, dbname=url.path[1:]) as connection:
    print(connection.execute("SHOW data_directory").fetchone()[0])
"""


@needs_postgresql
def test_the_command_finds_a_server_that_is_gone_afterwards() -> None:
    answer = subprocess.run(
        [*SCRIPT, sys.executable, "-c", ASK_THE_SERVER], capture_output=True, text=True, check=True
    )

    data = Path(answer.stdout.strip())
    assert data.name == "data"
    assert not data.parent.exists()


@needs_postgresql
def test_the_commands_failure_is_passed_on() -> None:
    answer = subprocess.run([*SCRIPT, "sh", "-c", "exit 7"], check=False)

    assert answer.returncode == 7


def test_where_postgresql_is_missing_nothing_runs_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(postgresql, "DEBIAN_FOLDER", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    status = postgresql.main([sys.executable, "-c", "raise SystemExit('must not run')"])

    assert status == 0
    assert "left out" in capsys.readouterr().out


def test_the_newest_server_of_debian_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "DEBIAN_FOLDER", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    for version in ("9", "17", "15"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        for name in ("initdb", "postgres"):
            (folder / name).touch(mode=0o755)

    assert postgresql.programs() == tmp_path / "17" / "bin"


def test_the_server_never_runs_as_root() -> None:
    assert postgresql.server_account() != "root"
    assert os.geteuid() == 0 or postgresql.server_account()
