"""The office reminds people itself: looks first, then sends, and hears what it came to."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchanges.models import Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import states
from readiness.errands import begin, carry_on
from reminders.asking import DEED
from reminders.models import Message
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.readiness import DeclarationFactory
from tests.reminders.conftest import on, run

pytestmark = pytest.mark.django_db

URL = "/admin/departures/people/remind/"
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def words(response: Any) -> str:
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def crowd(placement: Placement) -> list[Placement]:
    """Ada and Cy lack their passport, Bea has it; all leave in two months."""
    start = timezone.localdate() + dt.timedelta(days=60)
    placement.exchange.start_date, placement.exchange.end_date = start, start + dt.timedelta(90)
    placement.exchange.save()
    bea, cy = (
        PlacementFactory.create(
            exchange=placement.exchange, office=placement.office, participant__first_name=name
        )
        for name in ("Bea", "Cy")
    )
    found = [placement, bea, cy]
    DeclarationFactory.create(placement=bea, declared_at=LONG_AGO)
    states.refresh([one.pk for one in found], at=timezone.now())
    return found


def test_it_says_for_whom_and_in_which_words(desk: Client, crowd: list[Placement]) -> None:
    page = words(desk.get(f"{URL}?all=1"))

    assert "2 people get a letter:" in page
    assert "1 person has nothing to do now" in page
    assert "Hello Ada," in page
    assert "- Passport: due by" in page
    assert not Message.objects.exists()


def test_it_sends_once_and_says_what_came_of_it(
    desk: Client, crowd: list[Placement], office_coordinator: User
) -> None:
    page = words(desk.get(desk.post(f"{URL}?all=1")["Location"]))
    assert "Letters to 2 people are on their way." in page
    assert "1 person has nothing to do now" in page

    letter = Message.objects.get(person=crowd[0].participant)
    assert (letter.kind, letter.asked_by) == ("asked", office_coordinator)
    assert str(office_coordinator) in letter.text
    page = words(desk.get(f"{URL}?all=1"))
    assert "Nobody of these people gets a letter now." in page
    again = words(desk.get(desk.post(f"{URL}?all=1")["Location"]))
    assert "2 people had a letter within the last day" in again
    assert OutgoingMail.objects.count() == 2


def test_only_the_ticked_are_reminded(desk: Client, crowd: list[Placement]) -> None:
    desk.post(f"{URL}?person={crowd[2].omobility_id}&person={crowd[1].omobility_id}")

    assert Message.objects.get().person == crowd[2].participant


def test_nobody_ticked_is_nobody_reminded(desk: Client, crowd: list[Placement]) -> None:
    assert "Nobody is ticked." in words(desk.get(URL))


def test_more_than_a_hundred_go_on_by_themselves(
    desk: Client, placement: Placement, crowd: list[Placement]
) -> None:
    more = PlacementFactory.create_batch(110, exchange=placement.exchange, office=placement.office)
    states.refresh([one.pk for one in more], at=timezone.now())
    page = desk.post(f"{URL}?all=1")["Location"]
    assert "25 of 113 people are done." in words(desk.get(page))

    carry_on(at=timezone.now())
    assert "Letters to 112 people are on their way." in words(desk.get(page))
    assert Message.objects.count() == 112


def test_one_letter_tells_of_all_own_exchanges_and_of_nobody_elses(
    placement: Placement, office_coordinator: User
) -> None:
    ada = placement.participant
    own = PlacementFactory.create(
        participant=ada,
        office=placement.office,
        exchange=ExchangeFactory.create(host__name="Aveiro"),
    )
    PlacementFactory.create(participant=ada, exchange=ExchangeFactory.create(host__name="Bologna"))
    states.refresh(Placement.objects.values_list("pk", flat=True), at=on(1, 18))
    begin(DEED, [placement.pk, own.pk], title="Remind", by=office_coordinator, at=on(1, 18))

    text = Message.objects.get().text
    assert "Aveiro" in text
    assert "Bologna" not in text


def test_at_night_it_leaves_in_the_morning(placement: Placement, office_coordinator: User) -> None:
    states.refresh([placement.pk], at=on(1, 18))
    begin(DEED, [placement.pk], title="Remind", by=office_coordinator, at=on(1, 18, 22))

    assert OutgoingMail.objects.get().due_at == on(1, 19, 7)


def test_the_clock_keeps_still_on_the_day_the_office_has_written(
    placement: Placement, office_coordinator: User
) -> None:
    states.refresh([placement.pk], at=on(1, 17))
    begin(DEED, [placement.pk], title="Remind", by=office_coordinator, at=on(1, 17, 15))

    assert run(on(1, 18)) == 0
    assert run(on(1, 18, 15)) == 1


def test_another_offices_people_are_never_written_to(
    placement: Placement, coordinator: User
) -> None:
    states.refresh([placement.pk], at=on(1, 18))
    errand = begin(DEED, [placement.pk], title="Remind", by=coordinator, at=on(1, 18))

    assert errand.counts == {}
    assert not Message.objects.exists()


def test_looking_takes_the_same_queries_for_any_number(
    desk: Client, crowd: list[Placement], django_assert_max_num_queries: Any
) -> None:
    desk.get(f"{URL}?all=1")
    with django_assert_max_num_queries(50) as few:
        desk.get(f"{URL}?all=1")
    more = PlacementFactory.create_batch(9, exchange=crowd[0].exchange, office=crowd[0].office)
    states.refresh([one.pk for one in more], at=timezone.now())
    with django_assert_max_num_queries(len(few)):
        desk.get(f"{URL}?all=1")
