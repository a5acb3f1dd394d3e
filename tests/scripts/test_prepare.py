"""When `make run` has something to prepare, and when it has not."""

from pathlib import Path

import pytest

from scripts import prepare


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one room, prepared."""
    for folder in ("home", "static", "requirements", "tests", "var"):
        (tmp_path / folder).mkdir()
    (tmp_path / "home" / "models.py").write_text("")
    (tmp_path / "requirements" / "prod.txt").write_text("")
    (tmp_path / "var" / "sojourn.sqlite3").touch()
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "DATA", tmp_path / "var")
    for name in ("DATABASE_URL", "SOJOURN_DEMO"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "var" / "prepared").write_text(prepare.fingerprint())
    return tmp_path


def is_prepared(checkout: Path) -> bool:
    return prepare.is_prepared(checkout / "var" / "prepared", prepare.fingerprint())


@pytest.mark.parametrize(
    "file", ["home/models.py", "home/data.toml", "static/new.css", "requirements/prod.txt"]
)
def test_a_change_of_what_is_served_is_prepared(checkout: Path, file: str) -> None:
    assert is_prepared(checkout)

    (checkout / file).write_text("changed")

    assert not is_prepared(checkout)


def test_a_change_of_a_test_is_not(checkout: Path) -> None:
    (checkout / "tests" / "test_new.py").write_text("changed")

    assert is_prepared(checkout)


def test_another_database_is_prepared_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/sojourn")

    assert not is_prepared(checkout)


def test_a_lost_database_is_prepared_anew(checkout: Path) -> None:
    (checkout / "var" / "sojourn.sqlite3").unlink()

    assert not is_prepared(checkout)
