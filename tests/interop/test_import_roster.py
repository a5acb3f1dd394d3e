"""`manage.py import_roster`: says what it would do, does it, and fails loudly."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from exchanges.models import Placement
from interop.management.commands import import_roster
from interop.models import RosterUpload
from interop.roster.parsing import Limits
from tests.interop.conftest import SAMPLE
from tests.interop.rosters import roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.csv"
    path.write_bytes(roster({}))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.csv"
    path.write_bytes(roster({}, {"email": "nobody", "shoe size": "43"}))
    return path


def test_the_sample_is_imported_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_roster", SAMPLE)

    printed = capsys.readouterr()
    assert "224 new, 0 changed, 0 unchanged, 0 with errors" in printed.out
    assert "222 new people, 16 new partners, 27 new exchanges" in printed.out
    assert "Imported." in printed.out
    assert printed.err == ""
    assert Placement.objects.count() == 224


def test_a_dry_run_changes_nothing(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_roster", good, "--dry-run")

    assert "1 new, 0 changed" in capsys.readouterr().out
    assert not Placement.objects.exists()
    assert not RosterUpload.objects.exists()


def test_the_import_is_on_record_without_a_person(good: Path) -> None:
    call_command("import_roster", good)

    record = RosterUpload.objects.get()
    assert (record.filename, record.uploaded_by, record.summary["created"]) == ("good.csv", None, 1)


def test_the_file_is_never_kept(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even if the command is killed."""

    def killed(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("interop.roster.uploads.carry_out", killed)
    with pytest.raises(KeyboardInterrupt):
        call_command("import_roster", good)

    record = RosterUpload.objects.get()
    assert (record.applied_at, bytes(record.content)) == (None, b"")


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_errors_are_printed_by_row_and_the_exit_code_says_so(
    bad: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError, match="Nothing is imported"):
        call_command("import_roster", bad, *options)

    printed = capsys.readouterr()
    assert printed.err == (
        "row 3, email, “nobody”: This is not an e-mail address. "
        "Write one address, such as ana@university.example.\n"
    )
    assert "row 1, shoe size: The column “shoe size” is not known" in printed.out
    assert not Placement.objects.exists()


def test_good_rows_alone_are_imported_only_if_asked_for(bad: Path) -> None:
    call_command("import_roster", bad, "--good-rows-only")

    assert Placement.objects.get().participant.email == "zoe@home.example"


def test_a_file_without_a_table_is_refused_even_for_its_good_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")

    with pytest.raises(CommandError):
        call_command("import_roster", path, "--good-rows-only")
    assert capsys.readouterr().err.startswith("file: The file has no rows.")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_roster", tmp_path / "gone.csv")


@pytest.mark.usefixtures("racing_account")
def test_a_change_by_somebody_else_leaves_no_record(good: Path) -> None:
    with pytest.raises(CommandError, match="somebody else"):
        call_command("import_roster", good)
    assert not RosterUpload.objects.exists()


def test_the_command_has_limits_of_its_own(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process answers nobody else, so that it may take more rows than the CMS."""
    good.write_bytes(roster({}, {"email": "ana@home.example"}))
    monkeypatch.setattr(import_roster, "LIMITS", Limits(rows=1))
    with pytest.raises(CommandError):
        call_command("import_roster", good)

    monkeypatch.setattr(import_roster, "LIMITS", Limits(rows=2))
    call_command("import_roster", good)
    assert Placement.objects.count() == 2
