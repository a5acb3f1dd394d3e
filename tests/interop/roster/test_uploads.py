import datetime as dt

import pytest

from exchanges.models import Placement
from interop.roster import uploads
from interop.roster.applying import RosterChangedError, RosterHasErrorsError
from interop.roster.dry_run import dry_run
from interop.roster.models import RosterUpload
from people.models import User
from tests.interop.rosters import roster

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("northfield")]

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def kept(content: bytes, by: User | None = None) -> RosterUpload:
    return uploads.keep(filename="spring.csv", content=content, by=by, at=NOW)


def test_a_kept_file_changes_nothing_until_it_is_confirmed(administrator: User) -> None:
    content = roster({})
    upload = kept(content, administrator)
    assert not Placement.objects.exists()

    expected = dry_run(content, actor=administrator).fingerprint
    outcome = uploads.confirm(upload, expected=expected, at=NOW)

    upload.refresh_from_db()
    assert outcome.created == 1
    assert upload.applied_at == NOW
    assert upload.summary["created"] == 1
    assert bytes(upload.content) == b""


def test_a_file_is_imported_once() -> None:
    content = roster({})
    upload = kept(content)
    expected = dry_run(content, actor=None).fingerprint
    uploads.confirm(upload, expected=expected, at=NOW)

    with pytest.raises(RosterChangedError):
        uploads.confirm(upload, expected=expected, at=NOW)
    assert Placement.objects.count() == 1


def test_a_refused_file_stays_to_be_looked_at() -> None:
    content = roster({"email": "nobody"})
    upload = kept(content)

    with pytest.raises(RosterHasErrorsError):
        uploads.confirm(upload, expected=dry_run(content, actor=None).fingerprint, at=NOW)

    upload.refresh_from_db()
    assert upload.applied_at is None
    assert bytes(upload.content) == content


def test_files_that_nobody_confirms_are_deleted_after_a_week() -> None:
    old, done, fresh = kept(b"old"), kept(b"done"), kept(b"fresh")
    RosterUpload.objects.filter(pk__in=[old.pk, done.pk]).update(
        uploaded_at=NOW - dt.timedelta(days=8)
    )
    RosterUpload.objects.filter(pk=done.pk).update(applied_at=NOW)

    latest = kept(b"latest")
    assert set(RosterUpload.objects.all()) == {done, fresh, latest}


def test_long_file_names_keep_their_end() -> None:
    upload = uploads.keep(filename="x" * 300 + ".csv", content=b"", by=None, at=NOW)

    assert len(upload.filename) == 255
    assert str(upload).endswith(".csv")


def test_everybody_sees_own_imports_and_administrators_all(
    coordinator: User, administrator: User
) -> None:
    own, other, command_line = kept(b"", coordinator), kept(b"", administrator), kept(b"")

    assert list(RosterUpload.objects.visible_to(coordinator)) == [own]
    assert set(RosterUpload.objects.visible_to(administrator)) == {own, other, command_line}
