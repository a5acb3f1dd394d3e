"""The list of departures as a tool: its pictures lead on, it is sorted, ticked and taken away."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.models import OfficeMembership, Placement
from people.models import User
from readiness.enums import DeclarationKind
from readiness.models import RequirementSet
from readiness.pictures import week_of
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory

pytestmark = pytest.mark.django_db

URL = "/admin/departures/"
ADDRESSES = "/admin/departures/addresses/"
LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PASSPORT = "declaration:passport"


def days(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def leaving(office: Any, start: int, name: str, **fields: Any) -> Placement:
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


@pytest.fixture
def two(office: Any, everybody: RequirementSet) -> tuple[Placement, Placement]:
    """Law leaves first and is ready; Nursing leaves five weeks later and is not."""
    DeclarationRequirementFactory.create(requirement_set=everybody)
    law = leaving(office, 10, "Law", exchange__host__country="SE", exchange__host__name="Zwolle")
    nursing = leaving(
        office, 45, "Nursing", exchange__host__country="PT", exchange__host__name="Aveiro"
    )
    DeclarationFactory.create(placement=law, declared_at=LONG_AGO)
    return law, nursing


def names(client: Client, **query: Any) -> list[str]:
    response = client.get(URL, query)
    assert response.status_code == 200
    return [one.exchange.programme for one in response.context["object_list"]]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_week_of_the_picture_narrows_the_list_and_not_the_picture(
    mine: Client, two: tuple[Placement, Placement]
) -> None:
    address = f"?week={week_of(days(45))}"
    assert address in words(mine.get(URL))
    response = mine.get(URL + address)

    assert [one.exchange.programme for one in response.context["object_list"]] == ["Nursing"]
    chosen = [one for one in response.context["by_week"].columns if one.is_chosen]
    assert [column.parts for column in chosen] == [(0, 1)]
    assert chosen[0].url == URL
    assert sum(one.total for one in response.context["by_week"].columns) == 2


@pytest.mark.parametrize("day", ["yesterday", "2026-02-31"])
def test_a_week_that_makes_no_sense_narrows_nothing(
    mine: Client, two: tuple[Placement, Placement], day: str
) -> None:
    assert names(mine, week=day) == ["Law", "Nursing"]


def test_where_people_get_stuck_leads_to_those_who_are_stuck(
    mine: Client, two: tuple[Placement, Placement]
) -> None:
    response = mine.get(URL)
    (row,) = response.context["stuck"].rows

    assert (row.label, row.value) == ("Passport", 1)
    followed = mine.get(row.url)
    assert [one.exchange.programme for one in followed.context["object_list"]] == ["Nursing"]
    (again,) = followed.context["stuck"].rows
    assert again.is_chosen
    assert again.url == URL


def test_what_is_stuck_is_of_the_chosen_week(
    mine: Client, office: Any, two: tuple[Placement, Placement]
) -> None:
    response = mine.get(URL, {"week": str(days(10))})

    assert response.context["stuck"].rows == ()


def test_chosen_filters_stand_above_the_list_and_can_be_taken_out(
    mine: Client, two: tuple[Placement, Placement]
) -> None:
    page = words(mine.get(URL, {"missing": PASSPORT, "week": str(days(45))}))

    assert '<b class="w-ml-1">Passport (Declaration ticked)</b>' in page
    assert page.count('class="w-pill__remove"') == 2
    assert 'aria-current="true">To come</a>' in page


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("departure", ["Law", "Nursing"]),
        ("-departure", ["Nursing", "Law"]),
        ("exchange", ["Nursing", "Law"]),
        ("-exchange", ["Law", "Nursing"]),
        ("country", ["Nursing", "Law"]),
        ("ready", ["Nursing", "Law"]),
        ("-ready", ["Law", "Nursing"]),
        ("-missing", ["Nursing", "Law"]),
        ("nonsense", ["Law", "Nursing"]),
    ],
)
def test_columns_sort(
    mine: Client, two: tuple[Placement, Placement], ordering: str, expected: list[str]
) -> None:
    assert names(mine, ordering=ordering) == expected


def test_an_order_that_a_fold_tells_goes_over_all_pages(mine: Client, office: Any) -> None:
    for number in range(51):
        leaving(office, number + 1, f"P{number}", exchange__host__name=f"Host {99 - number}")

    assert names(mine, ordering="exchange")[0] == "P50"
    assert names(mine, ordering="exchange", p="2") == ["P0"]


def test_who_leaves_soon_and_is_not_ready_is_at_risk_in_words(
    mine: Client, office: Any, two: tuple[Placement, Placement]
) -> None:
    assert "At risk" not in words(mine.get(URL))

    leaving(office, 20, "Music")
    assert words(mine.get(URL)).count("At risk") == 1


def test_what_is_looked_at_most_is_a_link_that_keeps_the_rest(
    mine: Client, two: tuple[Placement, Placement]
) -> None:
    page = words(mine.get(URL, {"q": "law", "p": "1"}))

    assert f'href="{URL}?q=law&amp;window=28"' in page
    assert f'href="{URL}?q=law&amp;state=not_ready"' in page


def exported(client: Client, **query: Any) -> list[dict[str, str]]:
    response = client.get(URL, query | {"export": "csv"})
    body = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(body)))


def test_the_file_has_what_is_shown_in_its_order(
    mine: Client, two: tuple[Placement, Placement]
) -> None:
    rows = exported(mine, ordering="ready")

    assert [row["Programme"] for row in rows] == ["Nursing", "Law"]
    assert rows[0] | {"Code": ""} == {
        "Code": "", "Programme": "Nursing", "Host": "Aveiro", "Host country": "Portugal",
        "Departure": days(45).isoformat(), "Days to departure": "45", "People": "1",
        "Ready": "0", "Not ready": "1", "Missing": "Passport: 1",
    }  # fmt: skip
    assert [row["Programme"] for row in exported(mine, missing=PASSPORT)] == ["Nursing"]
    assert [row["Programme"] for row in exported(mine, week=str(days(10)))] == ["Law"]


def test_only_what_is_ticked_goes_into_the_file(
    mine: Client, two: tuple[Placement, Placement]
) -> None:
    ticked = str(two[0].exchange.uuid)

    assert [row["Programme"] for row in exported(mine, only=ticked)] == ["Law"]
    assert f'name="only" value="{ticked}"' in words(mine.get(URL))


def test_the_workbook_keeps_numbers_and_days_and_runs_no_formula(mine: Client, office: Any) -> None:
    leaving(office, 10, "=1+1")
    response = mine.get(URL, {"export": "xlsx"})
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    line = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values)[1]

    assert line[1] == "'=1+1"
    assert line[5] == 10


def test_ticks_keep_the_filters_of_the_list(mine: Client, two: tuple[Placement, Placement]) -> None:
    page = words(mine.get(URL, {"ordering": "ready", "q": "law"}))

    assert '<input type="hidden" name="ordering" value="ready">' in page
    assert '<input type="hidden" name="q" value="law">' in page
    assert f'formaction="{ADDRESSES}"' in page


# Addresses


def test_addresses_are_of_those_who_are_not_ready_on_the_ticked_exchanges(
    mine: Client, office: Any, two: tuple[Placement, Placement]
) -> None:
    law, nursing = two
    other = PlacementFactory.create(exchange=nursing.exchange)
    ticked = [str(one.exchange.uuid) for one in two]
    response = mine.get(ADDRESSES, {"only": ticked})

    assert response.context["addresses"] == [nursing.participant.email]
    assert f"mailto:?bcc={nursing.participant.email}" in words(response)
    for somebody in (law, other):
        assert somebody.participant.email not in words(response)


def test_addresses_of_ticked_people_are_all_of_them(
    mine: Client, two: tuple[Placement, Placement]
) -> None:
    law, _ = two
    strange = PlacementFactory.create()
    ticked = [str(law.omobility_id), str(strange.omobility_id), "nonsense"]

    assert mine.get(ADDRESSES, {"person": ticked}).context["addresses"] == [law.participant.email]


def test_too_many_addresses_are_copied_and_not_linked(
    mine: Client, office: Any, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    one = leaving(office, 10, "Law")
    PlacementFactory.create_batch(120, exchange=one.exchange, office=office)
    response = mine.get(ADDRESSES, {"only": str(one.exchange.uuid)})

    assert len(response.context["addresses"]) == 121
    assert "mailto:?bcc" not in words(response)
    assert "w-clipboard" in words(response)


@pytest.mark.parametrize("query", [{}, {"only": "nonsense"}])
def test_without_a_tick_the_page_says_what_to_do(mine: Client, query: dict[str, str]) -> None:
    assert "tick an exchange" in words(mine.get(ADDRESSES, query))


@pytest.mark.parametrize(
    "query", [{}, {"ordering": "ready"}, {"missing": PASSPORT}, {"week": "2027-01-01"}]
)
def test_however_the_list_is_asked_the_queries_do_not_grow(
    mine: Any, office: Any, everybody: RequirementSet, django_assert_max_num_queries: Any,
    query: dict[str, str],
) -> None:  # fmt: skip
    DeclarationRequirementFactory.create(requirement_set=everybody)
    leaving(office, 1, "First")
    mine.get(URL, query)  # Wagtail remembers a few things from the first page on
    mine.is_fresh = True
    with django_assert_max_num_queries(100) as few:
        mine.get(URL, query)
    asked = len(few)
    for number in range(10):
        one = leaving(office, number + 2, f"Programme {number}")
        PlacementFactory.create_batch(5, exchange=one.exchange, office=office)
    mine.is_fresh = False
    mine.get(URL)
    mine.is_fresh = True
    with django_assert_max_num_queries(asked):
        mine.get(URL, query)


def test_a_visa_and_a_passport_have_their_own_bars(
    mine: Client, office: Any, everybody: RequirementSet
) -> None:
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA):
        DeclarationRequirementFactory.create(requirement_set=everybody, declaration=kind)
    one = leaving(office, 10, "Law")
    DeclarationFactory.create(placement=one, declared_at=LONG_AGO)
    PlacementFactory.create(exchange=one.exchange, office=office)
    rows = mine.get(URL).context["stuck"].rows

    assert [(row.label, row.value) for row in rows] == [("Visa", 2), ("Passport", 1)]
    assert re.search(r'href="[^"]*missing=declaration%3Avisa', words(mine.get(URL)))
    assert reverse("departures:index") == URL
