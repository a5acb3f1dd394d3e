import datetime as dt

import pytest

from exchanges.enums import PlacementStatus
from exchanges.models import OfficeMembership, Placement
from people.models import User
from readiness import declarations
from readiness.enums import DeclarationKind
from readiness.errors import CancelledError, NotAllowedError, NothingDeclaredError
from readiness.models import Declaration
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=1)
PASSPORT = DeclarationKind.PASSPORT


@pytest.fixture
def placement() -> Placement:
    return PlacementFactory.create()


@pytest.fixture
def of_office(placement: Placement) -> User:
    user = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=placement.office, user=user)
    return user


def declare(placement: Placement, *, at: dt.datetime = NOON) -> Declaration:
    return declarations.declare(placement=placement, kind=PASSPORT, by=placement.participant, at=at)


def test_declaring_records_who_and_when(placement: Placement) -> None:
    made = declare(placement)

    assert (made.kind, made.declared_at, made.declared_by) == (
        PASSPORT,
        NOON,
        placement.participant,
    )


def test_declaring_twice_keeps_the_first_word(placement: Placement) -> None:
    first, second = declare(placement), declare(placement, at=LATER)

    assert (first.pk, second.declared_at) == (second.pk, NOON)


def test_what_was_withdrawn_can_be_declared_again(placement: Placement) -> None:
    declare(placement)
    declarations.withdraw(placement=placement, kind=PASSPORT, by=placement.participant, at=LATER)
    again = declare(placement, at=LATER)

    assert again.declared_at == LATER
    assert [one.withdrawn_at for one in placement.declarations.order_by("pk")] == [LATER, None]


def test_withdrawing_what_was_never_declared_does_nothing(placement: Placement) -> None:
    declarations.withdraw(placement=placement, kind=PASSPORT, by=placement.participant, at=NOON)

    assert not Declaration.objects.exists()


def test_nobody_declares_for_somebody_else(placement: Placement, of_office: User) -> None:
    for other in (of_office, PlacementFactory.create().participant):
        with pytest.raises(NotAllowedError):
            declarations.declare(placement=placement, kind=PASSPORT, by=other, at=NOON)
    assert not Declaration.objects.exists()


def test_nobody_withdraws_for_somebody_else(placement: Placement, of_office: User) -> None:
    made = declare(placement)
    with pytest.raises(NotAllowedError):
        declarations.withdraw(placement=placement, kind=PASSPORT, by=of_office, at=LATER)
    made.refresh_from_db()

    assert made.withdrawn_at is None


def test_nothing_is_declared_for_a_cancelled_placement(placement: Placement) -> None:
    Placement.objects.update(status=PlacementStatus.CANCELLED)

    with pytest.raises(CancelledError):
        declare(placement)


def test_the_coordinator_of_the_office_confirms(placement: Placement, of_office: User) -> None:
    declare(placement)
    made = declarations.verify(placement=placement, kind=PASSPORT, by=of_office, at=LATER)

    assert (made.verified_at, made.verified_by) == (LATER, of_office)


def test_a_coordinator_above_the_office_confirms(placement: Placement) -> None:
    above = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=OfficeFactory.create(), user=above)
    below = PlacementFactory.create(office=OfficeFactory.create(parent=above.offices.get()))
    declare(below)

    assert declarations.verify(placement=below, kind=PASSPORT, by=above, at=LATER).verified_by


def test_the_first_confirmation_stands(
    placement: Placement, of_office: User, administrator: User
) -> None:
    declare(placement)
    declarations.verify(placement=placement, kind=PASSPORT, by=of_office, at=NOON)
    second = declarations.verify(placement=placement, kind=PASSPORT, by=administrator, at=LATER)

    assert (second.verified_at, second.verified_by) == (NOON, of_office)


def test_nobody_else_confirms(placement: Placement, coordinator: User, trainer: User) -> None:
    declare(placement)
    for other in (placement.participant, coordinator, trainer):
        with pytest.raises(NotAllowedError):
            declarations.verify(placement=placement, kind=PASSPORT, by=other, at=LATER)


def test_only_what_is_declared_is_confirmed(placement: Placement, of_office: User) -> None:
    with pytest.raises(NothingDeclaredError):
        declarations.verify(placement=placement, kind=PASSPORT, by=of_office, at=LATER)
