"""The page of an exchange says what was written to whom."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchanges.models import Exchange, OfficeMembership, Placement
from people.models import User
from reminders.enums import LetterKind
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.reminders import NOON, MessageFactory, ReminderFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def placement() -> Placement:
    return PlacementFactory.create(participant__first_name="Ada", participant__last_name="Byron")


@pytest.fixture
def desk(placement: Placement, signed_in: SignIn) -> Client:
    coordinator = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=placement.office, user=coordinator)
    return signed_in(coordinator)


def told(placement: Placement, subject: str, **fields: Any) -> None:
    letter = MessageFactory.create(person=placement.participant, subject=subject, **fields)
    ReminderFactory.create(placement=placement, message=letter, step=None)


def letters(client: Client, exchange: Exchange, **parameters: Any) -> list[str]:
    page = client.get(reverse("departures:exchange", args=[exchange.uuid]), parameters)
    assert page.status_code == 200
    body = page.content.decode().partition('<ul class="rd-letters">')[2].partition("</ul>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in body.split("</li>")[:-1]]


def test_each_letter_is_shown_with_whom_it_went_to_why_and_what_it_told(
    desk: Client, placement: Placement
) -> None:
    told(placement, "Still open", posted_at=NOON)
    told(placement, "And once more", posted_at=NOON + dt.timedelta(days=1))
    later, earlier = letters(desk, placement.exchange)

    for line, subject in ((later, "And once more"), (earlier, "Still open")):
        assert re.search(rf": {subject} To: Ada Byron · .* · Sent Passport", line)


def test_a_letter_leads_to_its_words(desk: Client, placement: Placement) -> None:
    told(placement, "Still open")
    page = desk.get(reverse("departures:exchange", args=[placement.exchange.uuid]))
    link = re.search(r'href="(/admin/messages/inspect/\d+/)"', page.content.decode())

    assert link
    assert desk.get(link[1]).status_code == 200


def test_nobody_has_been_written_to_yet(desk: Client, placement: Placement) -> None:
    page = desk.get(reverse("departures:exchange", args=[placement.exchange.uuid]))

    assert "Nobody of this exchange has been written to yet." in page.content.decode()


def test_letters_of_other_exchanges_and_other_offices_are_not_shown(
    desk: Client, placement: Placement
) -> None:
    told(placement, "Own")
    told(PlacementFactory.create(exchange=placement.exchange), "Of another office")
    told(
        PlacementFactory.create(exchange=ExchangeFactory.create(), office=placement.office),
        "Of another exchange",
    )

    assert len(letters(desk, placement.exchange)) == 1


def test_an_observer_reads_them_too(
    signed_in: SignIn, observer: User, placement: Placement
) -> None:
    placement.office.observers.add(observer)
    told(placement, "Own")

    assert len(letters(signed_in(observer), placement.exchange)) == 1


def test_letters_are_narrowed_down_by_person_and_by_kind(
    desk: Client, placement: Placement
) -> None:
    other = PlacementFactory.create(
        exchange=placement.exchange, office=placement.office, participant__last_name="Okafor"
    )
    told(placement, "By the clock")
    told(placement, "By hand", kind=LetterKind.ASKED, asked_by=CoordinatorFactory.create())
    told(other, "To the other")
    exchange = placement.exchange

    assert len(letters(desk, exchange, to="ada BYRON")) == 2
    assert len(letters(desk, exchange, to=other.participant.email)) == 1
    assert len(letters(desk, exchange, letter="asked")) == 1
    assert len(letters(desk, exchange, letter="asked", to="Okafor")) == 0
    assert len(letters(desk, exchange, letter="no-such-kind")) == 3
    page = desk.get(reverse("departures:exchange", args=[exchange.uuid]), {"to": "zzzz"})
    assert "No message matches." in page.content.decode()


def test_filters_of_the_page_and_of_the_letters_are_kept_for_each_other(
    desk: Client, placement: Placement
) -> None:
    told(placement, "Own")
    page = desk.get(
        reverse("departures:exchange", args=[placement.exchange.uuid]), {"state": "not_ready"}
    ).content.decode()
    form = page.partition('id="messages"')[2].partition("</form>")[0]

    assert '<input type="hidden" name="state" value="not_ready">' in form


def test_many_letters_have_pages(desk: Client, placement: Placement) -> None:
    for day in range(21):
        told(placement, f"Letter {day}", posted_at=NOON + dt.timedelta(days=day))
    newest, oldest = (letters(desk, placement.exchange, mp=page) for page in (1, 2))

    assert (len(newest), len(oldest)) == (20, 1)
    assert "Letter 20" in newest[0]
    assert "Letter 0" in oldest[0]


def queries(desk: Client, exchange: Exchange) -> int:
    with CaptureQueriesContext(connection) as found:
        letters(desk, exchange)
    return len([one for one in found if "reminders_" in one["sql"]])


def test_letters_take_three_queries_whatever_their_number(
    desk: Client, placement: Placement
) -> None:
    """How many there are, those of the page with their persons, and what they told of."""
    told(placement, "Own")
    few = queries(desk, placement.exchange)
    for _number in range(5):
        told(PlacementFactory.create(exchange=placement.exchange, office=placement.office), "Own")

    assert (few, queries(desk, placement.exchange)) == (3, 3)
