"""The page that a partner's link opens, read from outside, byte by byte."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness.models import PartnerLink, RequirementSet
from tests.factories.exchanges import ExchangeFactory, OfficeFactory, PlacementFactory
from tests.factories.partners import TOKEN, PartnerLinkFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    ExternalResultFactory,
    WaiverFactory,
)
from tests.factories.reminders import ReminderFactory

pytestmark = pytest.mark.django_db

URL = f"/partner/{TOKEN}/"


@pytest.fixture(autouse=True)
def passport(everybody: RequirementSet) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def placement(today: dt.date) -> Placement:
    """Ada leaves in thirty days and stays for a hundred."""
    return PlacementFactory.create(
        participant__first_name="Ada",
        participant__last_name="Byron",
        exchange__start_date=today + dt.timedelta(days=30),
        exchange__end_date=today + dt.timedelta(days=130),
    )


@pytest.fixture
def link(placement: Placement) -> PartnerLink:
    return PartnerLinkFactory.create(exchange=placement.exchange, office=placement.office)


def rows(response: Any) -> list[str]:
    """What each row of the table says."""
    body = response.content.decode()
    found = re.findall(r"<tr>(.*?)</tr>", body.partition("<tbody>")[2], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def body_of(response: Any) -> str:
    """The page without what differs from one request to the next, and without its address."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r"/partner/[^/\"]+/", "", text)


def test_a_partner_reads_names_states_and_dates_of_departure(
    client: Client, link: PartnerLink, placement: Placement, today: dt.date
) -> None:
    ready = PlacementFactory.create(
        exchange=placement.exchange, office=placement.office,
        participant__first_name="Ben", participant__last_name="Okafor",
    )  # fmt: skip
    DeclarationFactory.create(placement=ready, declared_at=timezone.now() - dt.timedelta(days=1))
    PlacementFactory.create(
        exchange=placement.exchange, office=placement.office,
        participant__first_name="Cleo", participant__last_name="Moretti",
        leaves_home_on=today - dt.timedelta(days=3),
    )  # fmt: skip
    response = client.get(URL)
    shown = rows(response)

    assert response.status_code == 200
    assert [line.rsplit(" ", 3)[0] for line in shown] == [
        "Cleo Moretti Departed",
        "Ada Byron Not ready yet",
        "Ben Okafor Ready",
    ]


def test_nothing_else_about_anybody_is_in_the_bytes(
    client: Client, link: PartnerLink, placement: Placement
) -> None:
    WaiverFactory.create(placement=placement, reason="Recovering from an illness.")
    ExternalResultFactory.create(placement=placement, instrument="IELTS", value="6.5")
    ReminderFactory.create(placement=placement)
    body = client.get(URL).content.decode()

    assert "Ada Byron" in body
    for secret in (
        placement.participant.email,
        "@",
        str(placement.omobility_id),
        str(placement.participant.uuid),
        "Recovering",
        "IELTS",
        "6.5",
        "Passport",
        "passport",
        "Everybody",
        "declar",
        "waive",
        "/admin/",
    ):
        assert secret not in body


def test_the_page_is_for_no_search_engine_no_cache_and_no_referrer(
    client: Client, link: PartnerLink
) -> None:
    for address in (URL, "/partner/never-given-out/"):
        response = client.get(address)

        assert "noindex" in response["X-Robots-Tag"]
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "no-referrer"
        assert '<meta name="robots" content="noindex' in response.content.decode()
        assert "sessionid" not in response.cookies


def test_unknown_expired_and_revoked_links_answer_alike(
    client: Client, link: PartnerLink, office_coordinator: User
) -> None:
    never = client.get("/partner/never-given-out/")
    link.created_at = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    link.expires_at = dt.datetime(2020, 2, 1, tzinfo=dt.UTC)
    link.save()
    expired = client.get(URL)
    link.expires_at = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    link.revoked_at, link.revoked_by = link.created_at, office_coordinator
    link.save()
    revoked = client.get(URL)

    assert [one.status_code for one in (never, expired, revoked)] == [404, 404, 404]
    assert body_of(never) == body_of(expired) == body_of(revoked)
    assert "Ask the exchange office" in body_of(never)
    assert not link.visits.exists()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_page_takes_nothing(client: Client, link: PartnerLink, method: str) -> None:
    assert getattr(client, method)(URL).status_code == 405
    assert not link.visits.exists()


def test_a_partner_whose_host_was_changed_sees_nobody_who_no_longer_comes(
    client: Client, link: PartnerLink, placement: Placement
) -> None:
    exchange = placement.exchange
    exchange.host = ExchangeFactory.create().host
    exchange.save()

    assert "Byron" not in client.get(URL).content.decode()


def test_who_has_moved_to_another_exchange_or_does_not_go_is_not_shown(
    client: Client, link: PartnerLink, placement: Placement
) -> None:
    PlacementFactory.create(
        exchange=placement.exchange, office=placement.office,
        participant__last_name="Gone", status=PlacementStatus.CANCELLED,
    )  # fmt: skip
    placement.exchange = ExchangeFactory.create(
        start_date=placement.exchange.start_date, end_date=placement.exchange.end_date
    )
    placement.save()
    body = client.get(URL).content.decode()

    assert "Byron" not in body
    assert "Gone" not in body
    assert "Nobody is on the way to you now" in body


def test_who_is_back_home_is_not_shown(
    client: Client, link: PartnerLink, placement: Placement, today: dt.date
) -> None:
    placement.own_start_date = today - dt.timedelta(days=90)
    placement.own_end_date = today - dt.timedelta(days=2)
    placement.save()

    assert rows(client.get(URL)) == []


def test_people_of_other_offices_and_other_exchanges_are_not_shown(
    client: Client, link: PartnerLink, placement: Placement
) -> None:
    below = OfficeFactory.create(parent=placement.office)
    exchange = placement.exchange
    PlacementFactory.create(exchange=exchange, office=below, participant__last_name="Below")
    PlacementFactory.create(exchange=exchange, participant__last_name="Beside")
    other = ExchangeFactory.create(
        host=exchange.host, start_date=exchange.start_date, end_date=exchange.end_date
    )
    PlacementFactory.create(
        exchange=other, office=placement.office, participant__last_name="Elsewhere"
    )
    one_exchange = client.get(URL).content.decode()
    PartnerLink.objects.update(exchange=None)
    every_exchange = client.get(URL).content.decode()

    assert "Below" in one_exchange
    assert "Beside" not in one_exchange + every_exchange
    assert "Elsewhere" not in one_exchange
    assert "Elsewhere" in every_exchange


def test_somebody_without_a_name_is_not_shown_by_the_address(
    client: Client, link: PartnerLink, placement: Placement
) -> None:
    User.objects.filter(pk=placement.participant_id).update(first_name="", last_name="")
    response = client.get(URL)

    assert rows(response)[0].startswith("Name not known yet")
    assert "@" not in response.content.decode()


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("es", "ltr"), ("ar", "rtl")])
def test_the_page_speaks_the_language_of_the_browser(
    client: Client, link: PartnerLink, language: str, direction: str
) -> None:
    body = client.get(URL, headers={"Accept-Language": language}).content.decode()

    assert f'<html lang="{language}" dir="{direction}">' in body


def test_many_people_have_pages_and_the_same_number_of_queries(
    client: Any, link: PartnerLink, placement: Placement, django_assert_num_queries: Any
) -> None:
    PlacementFactory.create_batch(101, exchange=placement.exchange, office=placement.office)
    first, second = client.get(URL), client.get(f"{URL}?page=2")
    client.is_fresh = True
    # the link, the visit, how many people there are, those on the page
    with django_assert_num_queries(4):
        client.get(URL)

    assert (len(rows(first)), len(rows(second))) == (100, 2)


def test_who_is_signed_in_sees_the_very_same(
    signed_in: Callable[[User], Client], participant: User, link: PartnerLink
) -> None:
    assert len(rows(signed_in(participant).get(URL))) == 1
