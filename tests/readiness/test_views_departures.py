"""The coordinator's overview of departures."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from exchanges.enums import PlacementStatus
from exchanges.models import OfficeMembership, Placement
from people.models import User
from readiness.models import RequirementSet
from readiness.templatetags.readiness_desk import days_in_words
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory

pytestmark = pytest.mark.django_db

URL = "/admin/departures/"
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def leaving(office: Any, start: int, name: str, **fields: Any) -> Placement:
    """A placement whose stay starts in that many days and lasts 100."""
    return PlacementFactory.create(
        office=office,
        exchange__start_date=days(start),
        exchange__end_date=days(start + 100),
        exchange__programme__name=name,
        **fields,
    )


@pytest.fixture
def office() -> Any:
    return OfficeFactory.create()


@pytest.fixture
def mine(office: Any, signed_in: Callable[[User], Client]) -> Client:
    user = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=office, user=user)
    return signed_in(user)


def names(client: Client, **query: str) -> list[str]:
    response = client.get(URL, query)
    assert response.status_code == 200
    return [one.exchange.programme for one in response.context["object_list"]]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_departures_to_come_stand_in_order_of_departure(mine: Client, office: Any) -> None:
    for start, name in ((40, "Second"), (10, "First"), (-10, "Away"), (-200, "Over")):
        leaving(office, start, name)

    assert names(mine) == ["First", "Second"]


def test_only_departures_of_own_offices_are_listed(mine: Client, office: Any) -> None:
    leaving(office, 10, "Mine")
    leaving(OfficeFactory.create(), 10, "Theirs")
    leaving(OfficeFactory.create(parent=office), 20, "Below mine")

    assert names(mine) == ["Mine", "Below mine"]


def test_a_shared_exchange_counts_only_own_people(
    mine: Client, office: Any, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    own = leaving(office, 10, "Shared")
    DeclarationFactory.create(placement=own, declared_at=LONG_AGO)
    PlacementFactory.create_batch(3, exchange=own.exchange)

    assert "1 of 1 ready" in words(mine.get(URL))


def test_a_row_says_how_many_are_ready_when_they_leave_and_what_is_missing(
    mine: Client, office: Any, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    one = leaving(office, 10, "Nursing")
    PlacementFactory.create_batch(2, exchange=one.exchange, office=office)
    DeclarationFactory.create(placement=one, declared_at=LONG_AGO)
    page = words(mine.get(URL))

    assert f'href="{reverse("departures:exchange", args=[one.exchange.uuid])}"' in page
    assert "1 of 3 ready" in page
    assert "in 10 days" in page
    assert ">Passport</span>" in page
    assert "2 people · Declaration ticked" in page
    assert "Declaration ticked" in page
    assert "Sweden" in page


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("", ["Soon", "Later", "Far"]),
        ("28", ["Soon"]),
        ("91", ["Soon", "Later"]),
        ("away", ["Away"]),
        ("over", ["Over"]),
        ("all", ["Over", "Away", "Soon", "Later", "Far"]),
    ],
)
def test_a_window_narrows_the_departures(
    mine: Client, office: Any, window: str, expected: list[str]
) -> None:
    for start, name in ((10, "Soon"), (60, "Later"), (200, "Far"), (-10, "Away"), (-200, "Over")):
        leaving(office, start, name)

    assert names(mine, window=window) == expected


def test_a_late_comer_keeps_an_exchange_among_those_to_come(mine: Client, office: Any) -> None:
    leaving(office, -5, "Late", own_start_date=days(5))

    assert names(mine) == ["Late"]


def test_rows_stand_by_the_day_that_they_show(mine: Client, office: Any) -> None:
    leaving(office, 8, "Leaves on the day", participant__first_name="Ada")
    leaving(office, 10, "Leaves early", leaves_home_on=days(5))
    both = leaving(office, 3, "One cancelled", status=PlacementStatus.CANCELLED)
    PlacementFactory.create(exchange=both.exchange, office=office, own_start_date=days(9))
    split = leaving(office, -5, "Others have left")
    PlacementFactory.create(exchange=split.exchange, office=office, own_start_date=days(6))
    PlacementFactory.create(exchange=split.exchange, own_start_date=days(1))
    in_order = ["Leaves early", "Others have left", "Leaves on the day", "One cancelled"]

    assert names(mine) == names(mine, window="28") == in_order
    for url in (URL, "/admin/"):
        page = words(mine.get(url))
        shown = [page.index(date_format(days(number), "D, j M Y")) for number in (5, 6, 8, 9)]
        assert shown == sorted(shown)


def test_who_left_home_before_the_stay_has_departed(mine: Client, office: Any) -> None:
    leaving(office, 2, "On the way", leaves_home_on=days(-1))

    assert names(mine) == []
    assert names(mine, window="away") == ["On the way"]


def test_a_stay_is_over_when_the_last_is_back(mine: Client, office: Any) -> None:
    leaving(office, -110, "One stays on", own_end_date=days(3))
    leaving(office, -50, "All back early", own_end_date=days(-3))
    leaving(office, -50, "Nobody left", status=PlacementStatus.CANCELLED)

    assert names(mine, window="over") == ["All back early"]
    assert names(mine, window="away") == ["One stays on"]


def test_programme_and_country_narrow_the_departures(mine: Client, office: Any) -> None:
    leaving(office, 10, "Nursing")
    leaving(office, 20, "Law", exchange__host__country="PT")
    law = leaving(office, 30, "Music", exchange__destination_country="PT").exchange

    assert names(mine, country="PT") == ["Law", "Music"]
    assert names(mine, programme=str(law.programme_id)) == ["Music"]
    assert names(mine, country="PT", programme=str(law.programme_id)) == ["Music"]


def test_filters_offer_only_what_is_there(mine: Client, office: Any) -> None:
    leaving(office, 10, "Nursing")
    leaving(OfficeFactory.create(), 10, "Law", exchange__host__country="PT")
    form = mine.get(URL).context["filters"].form

    assert [name for _, name in form.fields["country"].choices if name == "Portugal"] == []
    assert [str(name) for _, name in form.fields["programme"].choices][1:] == ["Nursing"]


def test_departures_with_somebody_not_ready_can_be_picked(
    mine: Client, office: Any, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    ready = leaving(office, 10, "Ready")
    leaving(office, 20, "Unready")
    DeclarationFactory.create(placement=ready, declared_at=LONG_AGO)

    assert names(mine, state="ready") == ["Ready"]
    assert names(mine, state="not_ready") == ["Unready"]


@pytest.mark.parametrize("search", ["nurs", "Malmö", "exchange-code", "Ada", "ada@home.example"])
def test_search_finds_programmes_hosts_codes_and_own_people(
    mine: Client, office: Any, search: str
) -> None:
    leaving(
        office,
        10,
        "Nursing",
        exchange__code="exchange-code",
        exchange__host__name="Malmö",
        participant__first_name="Ada",
        participant__email="ada@home.example",
    )
    leaving(office, 20, "Law")

    assert names(mine, q=search) == ["Nursing"]


def test_search_does_not_betray_the_people_of_other_offices(mine: Client, office: Any) -> None:
    own = leaving(office, 10, "Shared")
    PlacementFactory.create(exchange=own.exchange, participant__last_name="Secret")

    assert names(mine, q="Secret") == []


def test_no_match_says_what_to_do(mine: Client, office: Any) -> None:
    leaving(office, 10, "Nursing")

    assert "No departures match. Take out a filter" in words(mine.get(URL, {"q": "zzz"}))


def test_no_departures_says_where_they_come_from(mine: Client) -> None:
    assert "once a roster with your office&#x27;s participants" in words(mine.get(URL))


def test_pages_hold_fifty_departures(mine: Client, office: Any) -> None:
    for number in range(51):
        leaving(office, number + 1, f"Programme {number}")

    assert len(names(mine)) == 50
    assert names(mine, p="2") == ["Programme 50"]


def test_the_results_alone_can_be_fetched_again(mine: Client, office: Any) -> None:
    leaving(office, 10, "Nursing")
    response = mine.get(f"{URL}results/", {"q": "nursing"})

    assert response.status_code == 200
    assert "<html" not in response.content.decode()


def test_the_picture_comes_with_its_table(
    mine: Client, office: Any, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    one = leaving(office, 10, "Nursing")
    DeclarationFactory.create(placement=one, declared_at=LONG_AGO)
    PlacementFactory.create(exchange=one.exchange, office=office)
    page = words(mine.get(URL))

    assert ': 1 ready, 1 not ready"' in page
    assert "The same as a table" in page


def test_the_number_of_queries_does_not_grow_with_departures_or_people(
    mine: Any, office: Any, everybody: RequirementSet, django_assert_max_num_queries: Any
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    leaving(office, 1, "First")
    mine.get(URL)  # Wagtail remembers a few things from the first page on
    mine.is_fresh = True
    with django_assert_max_num_queries(100) as few:
        mine.get(URL)
    asked = len(few)
    for number in range(10):
        one = leaving(office, number + 2, f"Programme {number}")
        PlacementFactory.create_batch(5, exchange=one.exchange, office=office)
    mine.is_fresh = False
    mine.get(URL)
    mine.is_fresh = True
    with django_assert_max_num_queries(asked):
        response = mine.get(URL)

    assert len(response.context["object_list"]) == 11


@pytest.mark.parametrize("path", ["", "results/"])
def test_for_others_the_page_does_not_exist(
    path: str, participant: User, trainer: User, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(trainer).get(f"{URL}{path}").status_code == 404
    assert signed_in(participant).get(f"{URL}{path}").status_code in {302, 403, 404}
    assert Client().get(f"{URL}{path}").status_code == 302


def test_an_administrator_sees_all_departures(
    administrator: User, signed_in: Callable[[User], Client]
) -> None:
    leaving(OfficeFactory.create(), 10, "Anybody's")

    assert names(signed_in(administrator)) == ["Anybody's"]


# The front page of the CMS


def test_the_front_page_names_the_next_departures(
    mine: Client, office: Any, everybody: RequirementSet
) -> None:
    for number in range(6):
        leaving(office, number + 1, f"Programme {number}")
    page = words(mine.get("/admin/"))

    assert "Next departures" in page
    assert "Programme 4" in page
    assert "Programme 5" not in page
    assert "1 of 1 ready" in page


def test_an_empty_front_page_says_where_departures_come_from(mine: Client) -> None:
    assert "No departures to come." in words(mine.get("/admin/"))


def test_a_trainers_front_page_and_menu_have_no_departures(
    trainer: User, office: Any, signed_in: Callable[[User], Client]
) -> None:
    leaving(office, 10, "Nursing")
    page = words(signed_in(trainer).get("/admin/"))

    assert "Next departures" not in page
    assert f'href="{URL}"' not in page


def test_the_menu_leads_a_coordinator_to_the_departures(mine: Client) -> None:
    assert URL in words(mine.get("/admin/"))


@pytest.mark.parametrize(
    ("number", "expected"),
    [(-1, "departed"), (0, "today"), (1, "in 1 day"), (12, "in 12 days")],
)
def test_days_are_said_in_words(number: int, expected: str) -> None:
    assert days_in_words(number) == expected
