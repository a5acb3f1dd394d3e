"""Whom a set names, alone and in the database."""

import pytest

from exchanges.enums import ActivityType, Audience
from exchanges.models import Placement
from readiness.affected import within
from readiness.demands import scope_of
from readiness.rules.scopes import Scope
from tests.factories.exchanges import OfficeFactory, PlacementFactory

ADA = Scope(1, "student", "student-studies", "SE", 5, "00010002")


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (Scope(), True),
        (Scope(programme=1), True),
        (Scope(programme=2), False),
        (Scope(audience="student"), True),
        (Scope(audience="staff"), False),
        (Scope(activity_type="student-studies"), True),
        (Scope(activity_type="staff-teaching"), False),
        (Scope(country="SE"), True),
        (Scope(country="JP"), False),
        (Scope(host=5), True),
        (Scope(host=6), False),
        (Scope(office="0001"), True),
        (Scope(office="00010002"), True),
        (Scope(office="000100020001"), False),
        (Scope(programme=1, country="JP"), False),
        (Scope(programme=1, country="SE", host=5), True),
    ],
)
def test_everything_a_set_names_has_to_fit(named: Scope, expected: bool) -> None:
    assert named.covers(ADA) is expected


@pytest.mark.django_db
def test_the_database_finds_the_same_people_as_the_rule() -> None:
    top = OfficeFactory.create()
    people = [
        PlacementFactory.create(),
        PlacementFactory.create(office=OfficeFactory.create(parent=top), own_country="JP"),
        PlacementFactory.create(office=top, audience=Audience.STAFF),
        PlacementFactory.create(activity_type=ActivityType.TRAINEESHIP),
        PlacementFactory.create(exchange__destination_country="NO"),
    ]
    first = people[0].exchange
    for named in (
        Scope(),
        Scope(programme=first.programme_id),
        Scope(host=first.host_id),
        Scope(audience="staff"),
        Scope(activity_type="student-traineeships"),
        Scope(country="JP"),
        Scope(country="NO"),
        Scope(country="SE"),
        Scope(office=top.path),
        Scope(office=top.path, country="JP"),
    ):
        found = set(within(Placement.objects.all(), named).values_list("pk", flat=True))
        assert found == {one.pk for one in people if named.covers(scope_of(one))}, named
