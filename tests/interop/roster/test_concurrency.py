"""Two coordinators press the button at the same moment: one import, and one look again."""

import datetime as dt
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from exchanges.models import Exchange, Institution, Office, Placement, Programme
from interop.models import RosterUpload
from interop.roster import undoing, uploads
from interop.roster.applying import RosterChangedError, apply
from interop.roster.dry_run import dry_run
from interop.roster.parsing import parse
from interop.roster.undo_planning import plan_undo
from people.models import User
from tests.factories.exchanges import InstitutionFactory, OfficeFactory, ProgrammeFactory
from tests.interop.rosters import roster

AT = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)


@pytest.fixture
def committed_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test commit for threads to see, and take away only what it made."""
    with django_db_blocker.unblock():
        home = InstitutionFactory.create(hei_id="northfield.example", is_home=True)
        OfficeFactory.create(code="engineering", institution=home)
        ProgrammeFactory.create(code="erasmus-studies")
        yield
        made: tuple[type[Model], ...] = (
            RosterUpload,
            Placement,
            Exchange,
            Programme,
            Office,
            Institution,
            User,
        )
        for model in made:
            model._default_manager.all().delete()


@pytest.mark.usefixtures("committed_rows")
def test_the_same_file_imported_twice_at_once_comes_in_once() -> None:
    content = roster({}, {"email": "ana@home.example", "given_names": "Ana"})
    expected = dry_run(content, actor=None).fingerprint
    together = threading.Barrier(2)
    outcomes: list[str] = []

    def press() -> None:
        together.wait()
        try:
            apply(parse(content), expected=expected, actor=None)
            outcomes.append("imported")
        except RosterChangedError:
            outcomes.append("look again")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["imported", "look again"]
    assert Placement.objects.count() == 2
    assert User.objects.count() == 2
    assert Exchange.objects.count() == Programme.objects.count() == 1


@pytest.mark.usefixtures("committed_rows")
def test_others_save_while_an_import_is_being_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is a transaction of its own: somebody else saves in between, and sees it."""
    monkeypatch.setattr(undoing, "AT_ONCE", 1)
    content = roster({}, {"email": "ana@home.example", "given_names": "Ana"})
    chief = User.objects.create_superuser("chief@home.example", "measured")
    upload = uploads.keep(filename="a.csv", content=content, by=chief, at=AT)
    shown = dry_run(content, actor=chief).fingerprint
    uploads.confirm(upload, expected=shown, at=AT)
    upload.refresh_from_db()
    expected = plan_undo(upload, actor=chief).fingerprint
    undoing.begin(upload, expected=expected, actor=chief, at=AT)
    seen: list[tuple[int, float]] = []

    def save() -> None:
        began = time.monotonic()
        User.objects.filter(pk=chief.pk).update(first_name=f"{len(seen)}")
        seen.append((Placement.objects.count(), time.monotonic() - began))
        connection.close()

    while undoing.step(upload.pk, at=AT):
        other = threading.Thread(target=save)
        other.start()
        other.join()

    assert [placements for placements, _seconds in seen] == [1, 0, 0, 0, 0, 0]
    assert max(seconds for _placements, seconds in seen) < 2
    chief.refresh_from_db()
    assert chief.first_name == "5"
    upload.refresh_from_db()
    assert upload.undone_at == AT
