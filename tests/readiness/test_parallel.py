"""Real threads on real connections: the same deed from two browsers at once."""

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from exchanges.models import Exchange, Institution, Office, OfficeMembership, Placement, Programme
from people.models import User
from readiness import declarations, waivers
from readiness.enums import DeclarationKind
from readiness.models import Declaration, RequirementSet, RequirementSetVersion, Waiver
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import DeclarationRequirementFactory

NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
CROWD = 8


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Placement]:
    """A placement that other threads can see, of which a passport is asked."""
    with django_db_blocker.unblock():
        DeclarationRequirementFactory.create()
        yield PlacementFactory.create()
        Waiver.objects.all().delete()
        Declaration.objects.all().delete()
        RequirementSetVersion.objects.all().delete()
        RequirementSet.objects.all().delete()
        Placement.objects.all().delete()
        Exchange.objects.all().delete()
        Programme.objects.all().delete()
        Office.objects.all().delete()
        Institution.objects.all().delete()
        User.objects.all().delete()


def at_once(deed: Callable[[int], int]) -> list[int]:
    """Do it in threads that begin together; returns what each has made."""
    barrier = Barrier(CROWD)

    def run(number: int) -> int:
        try:
            barrier.wait(timeout=30)
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(run, range(CROWD)))


def test_many_ticks_at_once_make_one_declaration(committed: Placement) -> None:
    made = at_once(
        lambda _number: (
            declarations.declare(
                placement=committed,
                kind=DeclarationKind.PASSPORT,
                by=committed.participant,
                at=NOON,
            ).pk
        )
    )

    assert set(made) == {Declaration.objects.get().pk}


def test_many_waivers_at_once_leave_one_standing(committed: Placement) -> None:
    coordinator = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=committed.office, user=coordinator)

    made = at_once(
        lambda number: (
            waivers.grant(
                placement=committed,
                requirement_key="declaration:passport",
                reason=f"Reason {number % 2}",
                by=coordinator,
                at=NOON,
            ).pk
        )
    )

    assert len(made) == CROWD
    assert Waiver.objects.filter(withdrawn_at__isnull=True).count() == 1
    assert set(made) == set(Waiver.objects.values_list("pk", flat=True))
