from pathlib import Path

from training.databases import database_settings


def test_without_an_address_it_is_a_sqlite_file_beside_the_other_data(tmp_path: Path) -> None:
    found = database_settings("", tmp_path)

    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == str(tmp_path / "sojourn.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_an_address_of_postgresql_is_taken_with_its_time_limits(tmp_path: Path) -> None:
    found = database_settings("postgres://me:pw@db.example:5433/sojourn", tmp_path)

    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "sojourn")
    assert "lock_timeout" in found["OPTIONS"]["options"]


def test_the_host_may_be_the_folder_of_a_unix_socket(tmp_path: Path) -> None:
    found = database_settings("postgres://me@%2Frun%2Fpostgresql/sojourn", tmp_path)

    assert found["HOST"] == "/run/postgresql"


def test_what_the_address_says_itself_goes_before_our_options(tmp_path: Path) -> None:
    found = database_settings("postgres://me@db.example/sojourn?options=-c%20a=b", tmp_path)

    assert found["OPTIONS"]["options"] == "-c a=b"
