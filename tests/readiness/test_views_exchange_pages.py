"""The exchange's matrix in pages: who stands on which, and what is about everybody."""

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Placement
from readiness.models import RequirementSet, StateRow
from readiness.views import exchange as page
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory
from tests.readiness.conftest import FreshClient

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def exchange(
    placement: Placement, everybody: RequirementSet, monkeypatch: pytest.MonkeyPatch
) -> Exchange:
    """Seven people, three on a page, of whom the last by name is ready and one cancelled."""
    monkeypatch.setattr(page, "ON_A_PAGE", 3)
    DeclarationRequirementFactory.create(requirement_set=everybody)
    today = timezone.localdate()
    Exchange.objects.update(
        start_date=today + dt.timedelta(days=60), end_date=today + dt.timedelta(days=90)
    )
    for place, name in enumerate("FEDCX"):
        PlacementFactory.create(
            exchange=placement.exchange,
            office=placement.office,
            participant__last_name=name,
            leaves_home_on=today + dt.timedelta(days=40 + place),
        )
    PlacementFactory.create(
        exchange=placement.exchange,
        office=placement.office,
        participant__last_name="A",
        status=PlacementStatus.CANCELLED,
    )
    DeclarationFactory.create(
        placement=Placement.objects.get(participant__last_name="X"), declared_at=LONG_AGO
    )
    return placement.exchange


def get(client: Client, exchange: Exchange, **query: Any) -> Any:
    return client.get(reverse("departures:exchange", args=[exchange.uuid]), query)


def names(response: Any) -> list[str]:
    return [one.participant_name.split()[-1] for one, _cells in response.context["rows"]]


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_people_stand_on_pages_and_the_cancelled_come_last(
    desk: Client, exchange: Exchange
) -> None:
    assert names(get(desk, exchange)) == ["Byron", "C", "D"]
    assert names(get(desk, exchange, p=2)) == ["E", "F", "X"]
    assert names(get(desk, exchange, p=3)) == ["A"]
    assert names(get(desk, exchange, p="nonsense")) == ["Byron", "C", "D"]


@pytest.mark.parametrize("number", [1, 3])
def test_every_page_tells_about_everybody(desk: Client, exchange: Exchange, number: int) -> None:
    shown = text(get(desk, exchange, p=number))

    assert "1 of 6 ready" in shown
    assert "Everybody 7 Ready 1 Not ready 5 Cancelled 1" in shown
    assert "Passport Declaration ticked 5" in shown


def test_order_and_filter_go_on_over_the_pages_and_stand_in_their_addresses(
    desk: Client, exchange: Exchange
) -> None:
    first = get(desk, exchange, ordering="departure", state="not_ready")
    second = get(desk, exchange, ordering="departure", state="not_ready", p=2)

    assert (names(first), names(second)) == (["F", "E", "D"], ["C", "Byron"])
    assert "?ordering=departure&amp;state=not_ready&amp;p=2" in first.content.decode()
    assert names(get(desk, exchange, ordering="-name")) == ["X", "F", "E"]
    assert names(get(desk, exchange, ordering="done"))[0] == "X"
    assert names(get(desk, exchange, missing="declaration:passport", p=2)) == ["E", "F"]


def test_one_page_can_hold_everybody_to_be_printed(desk: Client, exchange: Exchange) -> None:
    whole = get(desk, exchange, all=1)

    assert len(names(whole)) == 7
    assert "Page 1 of" not in text(whole)
    assert 'href="?all=1"' in get(desk, exchange).content.decode().replace(
        reverse("departures:exchange", args=[exchange.uuid]), ""
    )


def test_the_file_holds_everybody_in_the_order_of_the_pages(
    desk: Client, exchange: Exchange
) -> None:
    pages = [name for p in (1, 2, 3) for name in names(get(desk, exchange, p=p, ordering="-name"))]
    file = get(desk, exchange, export="csv", ordering="-name", p=2).content.decode("utf-8-sig")

    assert [row["Name"].split()[-1] for row in csv.DictReader(io.StringIO(file))] == pages


@pytest.mark.parametrize("harm", ["missing", "marked", "asked"])
def test_rows_that_do_not_hold_are_not_believed(
    desk: FreshClient, exchange: Exchange, harm: str
) -> None:
    get(desk, exchange)
    desk.is_fresh = True
    StateRow.objects.update(unready_from=dt.datetime(9999, 1, 1, tzinfo=dt.UTC))
    assert "6 of 6 ready" in text(get(desk, exchange))  # what rows say, as long as they hold
    if harm == "missing":
        StateRow.objects.all()[0].delete()
    elif harm == "marked":
        StateRow.objects.update(holds_until=LONG_AGO)
    else:
        StateRow.objects.update(asked="otherwise")

    assert "1 of 6 ready" in text(get(desk, exchange))
    assert names(get(desk, exchange, ordering="departure", p=2)) == ["C", "X", "Byron"]
    assert names(get(desk, exchange, ordering="-name", state="ready")) == ["X"]
    assert names(get(desk, exchange, missing="declaration:passport", p=2)) == ["E", "F"]


def test_a_day_in_the_past_has_pages_too(desk: Client, exchange: Exchange) -> None:
    shown = get(desk, exchange, as_of="2025-12-31", p=2)

    assert names(shown) == ["E", "F", "X"]
    assert "0 of 6 ready" in text(shown)


QUERIES = 32
# 1-4   session, person, profile, permissions
# 5-6   the offices that the person looks at, for exchanges, placements and rows
# 7     the exchange
# 8-9   offices again, for rows; versions in force
# 10    whether some row here does not hold
# 11    who is chosen, in order
# 12-15 those on the page: placements, declarations, waivers, extensions
# 16-18 everybody: departures, what is missing, states
# 19-20 offices again, and whether the reader answers for anybody here
# 21-22 links for partners: offices again, and the links
# 23    how many notes
# 24-25 letters: offices again, and how many
# 26-29 whether the plan may be changed (offices twice, people of others); changes of plan
# 30-32 Wagtail's frame: locales, and what of pages and collections may be opened


@pytest.mark.parametrize("more", [0, 12])
def test_a_page_takes_the_same_queries_whatever_the_number_of_people(
    desk: FreshClient, exchange: Exchange, django_assert_num_queries: Any, more: int
) -> None:
    office = exchange.placements.all()[0].office
    PlacementFactory.create_batch(more, exchange=exchange, office=office)
    get(desk, exchange)
    desk.is_fresh = True
    with django_assert_num_queries(QUERIES):
        get(desk, exchange)
