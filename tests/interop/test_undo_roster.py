"""`manage.py undo_roster`: says what it would do, does it once, and asks who it is."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from exchanges.models import Placement
from interop.management.commands import undo_roster as command
from interop.models import RosterUpload
from interop.roster import undoing
from people.models import User
from tests.interop.rosters import roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]


@pytest.fixture
def upload(tmp_path: Path) -> RosterUpload:
    path = tmp_path / "good.csv"
    path.write_bytes(roster({}))
    call_command("import_roster", path)
    return RosterUpload.objects.get()


def test_an_import_is_undone_once(
    upload: RosterUpload, administrator: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("undo_roster", str(upload.uuid), by=administrator.email, dry_run=True)
    assert Placement.objects.count() == 1

    call_command("undo_roster", str(upload.uuid), by=administrator.email)
    assert "placement, remove: 1\n" in capsys.readouterr().out
    assert not Placement.objects.exists()
    upload.refresh_from_db()
    assert upload.undone_by == administrator

    with pytest.raises(CommandError, match="nothing to undo"):
        call_command("undo_roster", str(upload.uuid), by=administrator.email)


def test_a_killed_one_is_run_again_and_finishes(
    upload: RosterUpload,
    administrator: User,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    monkeypatch.setattr(command, "STEPS", 2)

    def killed(_seconds: float) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("time.sleep", killed)
        with pytest.raises(KeyboardInterrupt):
            call_command("undo_roster", str(upload.uuid), by=administrator.email)
    upload.refresh_from_db()
    assert upload.is_being_undone
    assert upload.undone == {"placement:remove": 1}

    call_command("undo_roster", str(upload.uuid), by=administrator.email, dry_run=True)
    assert "3 records would have their turn.\n" in capsys.readouterr().out

    call_command("undo_roster", str(upload.uuid), by=administrator.email)

    said = capsys.readouterr().out
    assert "going on with it" in said
    assert "1 of 3 left\n" in said
    assert "person, remove: 1\n" in said
    upload.refresh_from_db()
    assert upload.undone_at
    assert not User.objects.filter(email="zoe@home.example").exists()


def test_others_in_the_way_end_it_and_it_goes_on_later(
    upload: RosterUpload, administrator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_args: object) -> None:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(undoing, "_carry_out", locked)
        with pytest.raises(CommandError, match="Run it again"):
            call_command("undo_roster", str(upload.uuid), by=administrator.email)
    assert Placement.objects.exists()

    call_command("undo_roster", str(upload.uuid), by=administrator.email)

    assert not Placement.objects.exists()


def test_only_whoever_may_see_an_import_undoes_it(
    upload: RosterUpload, coordinator: User, administrator: User
) -> None:
    for import_, by in (
        (upload.uuid, coordinator.email),
        (upload.uuid, "nobody@home.example"),
        (uuid4(), administrator.email),
    ):
        with pytest.raises(CommandError):
            call_command("undo_roster", str(import_), by=by)

    assert Placement.objects.count() == 1
