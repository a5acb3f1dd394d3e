"""`manage.py undo_roster`: says what it would do, does it once, and asks who it is."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from exchanges.models import Placement
from interop.models import RosterUpload
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
