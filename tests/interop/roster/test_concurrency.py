"""Two coordinators press the button at the same moment: one import, and one look again."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import Model
from pytest_django import DjangoDbBlocker

from exchanges.models import Exchange, Institution, Office, Placement, Programme
from interop.roster.applying import RosterChangedError, apply
from interop.roster.dry_run import dry_run
from interop.roster.parsing import parse
from people.models import User
from tests.factories.exchanges import InstitutionFactory, OfficeFactory, ProgrammeFactory
from tests.interop.rosters import roster


@pytest.fixture
def committed_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let the test commit for threads to see, and take away only what it made."""
    with django_db_blocker.unblock():
        home = InstitutionFactory.create(hei_id="northfield.example", is_home=True)
        OfficeFactory.create(code="engineering", institution=home)
        ProgrammeFactory.create(code="erasmus-studies")
        yield
        made: tuple[type[Model], ...] = (
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
