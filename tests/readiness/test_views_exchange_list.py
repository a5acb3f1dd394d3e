"""The exchange's matrix as a tool: its order, what is picked, what is done with the ticked."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.models import Exchange, Placement
from people.models import User
from readiness.enums import DeclarationKind
from readiness.models import RequirementSet, Waiver
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    RequirementFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PASSPORT, VISA = "declaration:passport", "declaration:visa"


@pytest.fixture
def ada(placement: Placement, everybody: RequirementSet) -> Placement:
    """Has her passport and no visa; both are asked of everybody."""
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA):
        DeclarationRequirementFactory.create(requirement_set=everybody, declaration=kind)
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    return placement


@pytest.fixture
def ben(ada: Placement) -> Placement:
    """Has neither, and leaves a week after Ada."""
    return PlacementFactory.create(
        exchange=ada.exchange,
        office=ada.office,
        participant__first_name="Ben",
        participant__last_name="Cole",
        own_start_date=ada.start_date + dt.timedelta(days=7),
    )


def url(exchange: Exchange) -> str:
    return reverse("departures:exchange", args=[exchange.uuid])


def waive_url(exchange: Exchange) -> str:
    return reverse("departures:waive_together", args=[exchange.uuid])


def names(client: Client, exchange: Exchange, **query: str) -> list[str]:
    return [one.participant_name for one, _ in client.get(url(exchange), query).context["rows"]]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("ordering", "expected"),
    [
        ("", ["Ada Byron", "Ben Cole"]),
        ("departure", ["Ada Byron", "Ben Cole"]),
        ("-departure", ["Ben Cole", "Ada Byron"]),
        ("done", ["Ada Byron", "Ben Cole"]),
        ("-done", ["Ben Cole", "Ada Byron"]),
        ("-name", ["Ben Cole", "Ada Byron"]),
        ("nonsense", ["Ada Byron", "Ben Cole"]),
    ],
)
def test_people_stand_in_the_order_that_is_asked_for(
    desk: Client, ada: Placement, ben: Placement, ordering: str, expected: list[str]
) -> None:
    assert names(desk, ada.exchange, ordering=ordering) == expected


def test_the_heads_lead_to_the_orders_and_say_the_one_that_holds(
    desk: Client, ada: Placement, ben: Placement
) -> None:
    page = words(desk.get(url(ada.exchange), {"ordering": "-done"}))

    assert re.search(r'aria-sort="descending"><a [^>]*href="[^"]*ordering=done"', page)
    assert re.search(r'aria-sort="none"><a [^>]*href="[^"]*ordering=name"', page)


def test_a_bar_leads_to_those_who_lack_it_and_back(
    desk: Client, ada: Placement, ben: Placement
) -> None:
    bars = desk.get(url(ada.exchange)).context["stuck"].rows
    assert [(bar.label, bar.value) for bar in bars] == [("Visa", 2), ("Passport", 1)]

    shown = desk.get(bars[1].url)
    assert [one.participant_name for one, _ in shown.context["rows"]] == ["Ben Cole"]
    assert shown.context["stuck"].rows[1].url == url(ada.exchange)


def test_the_states_are_counted_and_kept_with_the_other_filters(
    desk: Client, ada: Placement, ben: Placement
) -> None:
    response = desk.get(url(ada.exchange), {"missing": PASSPORT})
    everybody, *others = response.context["states"]

    assert (everybody["count"], everybody["is_on"]) == (2, True)
    assert [one["count"] for one in others] == [2]
    assert all("missing=declaration%3Apassport" in one["url"] for one in others)


def test_title_and_host_stand_once_on_the_screen(desk: Client, ada: Placement) -> None:
    page = words(desk.get(url(ada.exchange)))

    assert f'<h2 class="rd-print rd-print--narrow">{ada.exchange}</h2>' in page
    assert '<h2 class="w-h1">' not in page


def test_ticked_people_alone_go_into_the_file(desk: Client, ada: Placement, ben: Placement) -> None:
    response = desk.get(url(ada.exchange), {"export": "csv", "person": str(ben.omobility_id)})
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert [row["Name"] for row in rows] == ["Ben Cole"]


def test_nothing_can_be_ticked_in_the_past(desk: Client, ada: Placement) -> None:
    assert f'value="{ada.omobility_id}"' in words(desk.get(url(ada.exchange)))

    past = words(desk.get(url(ada.exchange), {"as_of": "2026-01-02"}))
    assert f'value="{ada.omobility_id}"' not in past
    assert "With the ticked ones" not in past


# Waiving together


def offered(response: Any) -> list[str]:
    return [key for key, _ in response.context["form"].fields["requirement"].choices]


def waive(client: Client, exchange: Exchange, *people: Placement, **fields: str) -> Any:
    ticked = "&".join(f"person={one.omobility_id}" for one in people)
    data = {"requirement": VISA, "reason": "Visa-free"} | fields
    return client.post(f"{waive_url(exchange)}?{ticked}", data, follow=True)


def test_only_what_somebody_lacks_is_offered(desk: Client, ada: Placement, ben: Placement) -> None:
    one = desk.get(waive_url(ada.exchange), {"person": str(ada.omobility_id)})
    ticked = [str(ada.omobility_id), str(ben.omobility_id)]
    both = desk.get(waive_url(ada.exchange), {"person": ticked})

    assert offered(one) == [VISA]
    assert sorted(offered(both)) == [PASSPORT, VISA]
    assert "Ben Cole" not in words(one)


def test_one_requirement_is_waived_for_all_who_are_ticked(
    desk: Client, ada: Placement, ben: Placement, office_coordinator: User
) -> None:
    third = PlacementFactory.create(exchange=ada.exchange, office=ada.office)
    page = words(waive(desk, ada.exchange, ada, ben))

    assert "Waived for 2 people." in page
    found = Waiver.objects.order_by("placement__pk")
    assert [one.placement for one in found] == [ada, ben]
    assert {(one.requirement_key, one.reason, one.granted_by) for one in found} == {
        (VISA, "Visa-free", office_coordinator)
    }
    assert not third.waivers.exists()


def test_who_has_it_done_gets_no_waiver(desk: Client, ada: Placement, ben: Placement) -> None:
    page = words(waive(desk, ada.exchange, ada, ben, requirement=PASSPORT))

    assert "Waived for 1 person." in page
    assert [one.placement for one in Waiver.objects.all()] == [ben]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": ""}, "This field is required."),
        ({"until": "2020-01-01"}, "That day has passed."),
        ({"requirement": "declaration:insurance"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_waives_for_nobody(
    desk: Client, ada: Placement, ben: Placement, fields: dict[str, str], said: str
) -> None:
    assert said in words(waive(desk, ada.exchange, ada, ben, **fields))
    assert not Waiver.objects.exists()


def test_people_of_other_offices_are_waived_nothing(desk: Client, ada: Placement) -> None:
    strange = PlacementFactory.create(exchange=ada.exchange)
    waive(desk, ada.exchange, ada, strange)

    assert [one.placement for one in Waiver.objects.all()] == [ada]


@pytest.mark.parametrize("query", ["", "?person=nonsense"])
def test_without_people_there_is_nothing_to_waive(desk: Client, ada: Placement, query: str) -> None:
    assert "Nothing to waive" in words(desk.get(waive_url(ada.exchange) + query))


def test_other_exchanges_and_other_roles_find_nothing(
    desk: Client, ada: Placement, trainer: User, signed_in: Callable[[User], Client]
) -> None:
    other = PlacementFactory.create().exchange

    assert desk.get(waive_url(other)).status_code == 404
    assert signed_in(trainer).post(waive_url(ada.exchange)).status_code == 404


def test_a_requirement_that_only_the_office_can_repair_can_be_waived(
    desk: Client, ada: Placement, everybody: RequirementSet
) -> None:
    requirement = RequirementFactory.create(requirement_set=everybody)
    page = desk.get(waive_url(ada.exchange), {"person": str(ada.omobility_id)})
    keys = offered(page)

    assert len(keys) == 2
    assert "Waived for 1 person." in words(waive(desk, ada.exchange, ada, requirement=keys[0]))
    assert requirement.requirement_set == everybody
    assert timezone.localdate() >= Waiver.objects.get().granted_at.date()
