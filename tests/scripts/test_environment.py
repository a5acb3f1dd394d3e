"""The script that builds .venv: when it works and when it has nothing to do."""

import json
import subprocess
from pathlib import Path

import pytest

from scripts import environment


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project whose lock files name no package: quick to install."""
    (tmp_path / "requirements").mkdir()
    for name in ("installer", "prod", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("")
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(environment, "STAMP", tmp_path / ".venv" / "sojourn.json")
    return tmp_path


def stamp(checkout: Path) -> dict[str, str]:
    return dict(json.loads((checkout / ".venv" / "sojourn.json").read_text()))


def test_the_environment_is_built_once_and_again_when_the_locks_change(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.bring_up_to_date("prod")
    first = stamp(checkout)
    assert first["level"] == "prod"
    assert subprocess.run([checkout / ".venv/bin/python", "-c", ""], check=True).returncode == 0
    capsys.readouterr()

    environment.bring_up_to_date("prod")
    assert capsys.readouterr().out == ""

    (checkout / "requirements" / "prod.txt").write_text("# changed\n")
    environment.bring_up_to_date("prod")
    assert "Installing" in capsys.readouterr().out
    assert stamp(checkout)["locks"] != first["locks"]


def test_serving_leaves_the_development_packages_where_they_are(checkout: Path) -> None:
    environment.bring_up_to_date("dev")

    environment.bring_up_to_date("prod")

    assert stamp(checkout)["level"] == "dev"
