"""Who may see which placement: the rule that every list, page and export asks."""

import datetime as dt

import pytest

from exchanges.models import Exchange, LanguageSkill, Office, Placement
from exchanges.visibility import answers_for, looks_at
from people.models import User
from tests.factories.exchanges import ExchangeFactory, OfficeFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory, ObserverFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(coordinator: User) -> Office:
    office = OfficeFactory.create()
    office.memberships.create(user=coordinator)
    return office


def test_a_coordinator_answers_for_own_offices_and_all_below(
    coordinator: User, office: Office
) -> None:
    child = OfficeFactory.create(parent=office)
    grandchild = OfficeFactory.create(parent=child)
    OfficeFactory.create()

    mine = Office.objects.filter(answers_for(coordinator)).order_by("path")
    assert list(mine) == [office, child, grandchild]


def test_an_office_whose_path_only_begins_alike_is_another(coordinator: User) -> None:
    """Paths grow by four characters a level: 0001 is no ancestor of 0002."""
    first, second = OfficeFactory.create(), OfficeFactory.create()
    second.memberships.create(user=coordinator)

    assert list(Office.objects.filter(answers_for(coordinator))) == [second]
    assert first.path != second.path


def test_a_member_of_an_office_who_is_no_coordinator_any_more_answers_for_nothing(
    coordinator: User, office: Office
) -> None:
    PlacementFactory.create(office=office)
    coordinator.groups.clear()
    former = User.objects.get(pk=coordinator.pk)

    assert not Placement.objects.coordinated_by(former).exists()
    assert not Exchange.objects.coordinated_by(former).exists()


def test_participants_see_their_own_stays_and_exchanges_only(participant: User) -> None:
    own = PlacementFactory.create(participant=participant)
    PlacementFactory.create(exchange=own.exchange)
    PlacementFactory.create()

    assert list(Placement.objects.visible_to(participant)) == [own]
    assert list(Exchange.objects.visible_to(participant)) == [own.exchange]
    assert not Placement.objects.coordinated_by(participant).exists()


def test_a_coordinator_who_goes_abroad_sees_the_own_stay_besides(
    coordinator: User, office: Office
) -> None:
    own = PlacementFactory.create(participant=coordinator)
    theirs = PlacementFactory.create(office=office)

    assert set(Placement.objects.visible_to(coordinator)) == {own, theirs}
    assert list(Placement.objects.coordinated_by(coordinator)) == [theirs]


def test_administrators_see_everything_and_empty_exchanges_too(administrator: User) -> None:
    placement = PlacementFactory.create()
    empty = ExchangeFactory.create()

    assert list(Placement.objects.visible_to(administrator)) == [placement]
    assert set(Exchange.objects.visible_to(administrator)) == {placement.exchange, empty}


def test_a_trainer_sees_nobody(trainer: User) -> None:
    PlacementFactory.create()

    assert not Placement.objects.visible_to(trainer).exists()


def test_an_exchange_with_many_own_people_is_found_once(coordinator: User, office: Office) -> None:
    exchange = ExchangeFactory.create()
    PlacementFactory.create_batch(3, exchange=exchange, office=office)

    assert list(Exchange.objects.coordinated_by(coordinator)) == [exchange]


def test_two_offices_of_one_coordinator_add_up(coordinator: User, office: Office) -> None:
    other = OfficeFactory.create()
    other.memberships.create(user=coordinator)
    stays = {PlacementFactory.create(office=office), PlacementFactory.create(office=other)}
    PlacementFactory.create()

    assert set(Placement.objects.coordinated_by(coordinator)) == stays
    assert not Placement.objects.coordinated_by(CoordinatorFactory.create()).exists()


def test_an_observer_looks_at_own_offices_and_all_below_and_answers_for_none(
    observer: User,
) -> None:
    office = OfficeFactory.create()
    below = OfficeFactory.create(parent=office)
    office.observers.add(observer)
    theirs = PlacementFactory.create(office=below)
    PlacementFactory.create()

    assert list(Office.objects.filter(looks_at(observer)).order_by("path")) == [office, below]
    assert list(Placement.objects.observed_by(observer)) == [theirs]
    assert list(Placement.objects.visible_to(observer)) == [theirs]
    assert list(Exchange.objects.observed_by(observer)) == [theirs.exchange]
    assert not Office.objects.filter(answers_for(observer)).exists()
    assert not Placement.objects.coordinated_by(observer).exists()


def test_a_coordinator_looks_at_observed_offices_besides_the_own(
    coordinator: User, office: Office
) -> None:
    own, elsewhere = PlacementFactory.create(office=office), PlacementFactory.create()
    elsewhere.office.observers.add(coordinator)

    assert set(Placement.objects.observed_by(coordinator)) == {own, elsewhere}
    assert list(Placement.objects.coordinated_by(coordinator)) == [own]


def test_observing_ends_with_the_role() -> None:
    placement = PlacementFactory.create()
    former = ObserverFactory.create()
    placement.office.observers.add(former)
    former.groups.clear()

    assert not Placement.objects.observed_by(User.objects.get(pk=former.pk)).exists()


def test_a_member_without_the_role_of_coordinator_does_not_look_as_an_observer(
    observer: User,
) -> None:
    placement = PlacementFactory.create()
    placement.office.memberships.create(user=observer)

    assert not Placement.objects.observed_by(observer).exists()


def test_administrators_look_at_everything(administrator: User) -> None:
    placement = PlacementFactory.create()

    assert list(Placement.objects.observed_by(administrator)) == [placement]


def test_exchanges_can_be_put_in_order_of_their_start() -> None:
    later, sooner = ExchangeFactory.create(start_date=dt.date(2027, 3, 2)), ExchangeFactory.create()

    assert list(Exchange.objects.by_start()) == [sooner, later]


def test_records_say_what_they_are() -> None:
    placement = PlacementFactory.create()
    placement.office.memberships.create(user=placement.participant)
    placement.office.observers.add(placement.participant)
    skill = LanguageSkill(placement=placement, language="sv", cefr_level="B2")

    assert str(placement) == f"{placement.participant} – {placement.exchange}"
    assert str(placement.office.memberships.get()).endswith(f"– {placement.office}")
    assert str(placement.office.observings.get()).endswith(f"– {placement.office}")
    assert str(skill) == "sv B2"


def test_a_placement_that_lost_its_exchange_in_a_form_is_still_checked_without_failing() -> None:
    Placement().clean()
