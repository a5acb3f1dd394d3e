"""Who sees and changes which exchange, placement, partner, programme and office in the CMS."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exchanges.models import Exchange, Office, Placement
from people.models import User
from tests.factories.exchanges import (
    ExchangeFactory,
    InstitutionFactory,
    OfficeFactory,
    PlacementFactory,
    ProgrammeFactory,
)
from tests.factories.people import AdministratorFactory, CoordinatorFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
RECORDS = ("exchanges", "placements", "institutions", "programmes", "offices")


@dataclass
class Places:
    """Two offices side by side, one of them with a child; a placement in each."""

    head: User
    neighbour: User
    own: Placement
    below: Placement
    foreign: Placement


@pytest.fixture
def places() -> Places:
    office = OfficeFactory.create(name="International Office")
    child = OfficeFactory.create(name="Engineering", parent=office)
    other = OfficeFactory.create(name="Business School")
    head, neighbour = CoordinatorFactory.create(), CoordinatorFactory.create()
    office.memberships.create(user=head)
    other.memberships.create(user=neighbour)
    return Places(
        head=head,
        neighbour=neighbour,
        own=placement("Own", office),
        below=placement("Below", child),
        foreign=placement("Foreign", other),
    )


def placement(name: str, office: Office) -> Placement:
    return PlacementFactory.create(
        participant__first_name=name,
        participant__last_name=f"Canary{name}",
        office=office,
        exchange__programme__name=f"Programme{name}",
    )


def url(name: str, record: Any | None = None) -> str:
    return reverse(name, args=[record.pk] if record else [])


def form_data(response: Any) -> dict[str, Any]:
    """Return what the browser would send back unchanged."""
    form = response.context["form"]
    data = {name: field.value() for name, field in ((f.name, f) for f in form)}
    data = {name: "" if value is None else str(value) for name, value in data.items()}
    for formset in getattr(form, "formsets", {}).values():
        data |= {f"{formset.prefix}-TOTAL_FORMS": "0", f"{formset.prefix}-INITIAL_FORMS": "0"}
    return data


def shown(client: Client, page: str, records: list[Placement]) -> list[bool]:
    """Return which of the placements, or of their exchanges, a list links to."""
    text = client.get(reverse(page)).content.decode()
    door = page.replace("_results", "").replace("index", "inspect")
    if page.startswith("exchanges"):
        return [reverse(door, args=[record.exchange_id]) in text for record in records]
    return [record.participant.last_name in text for record in records]


@pytest.mark.parametrize(
    "page",
    [
        "placements:index",
        "placements:index_results",
        "exchanges:index",
        "exchanges:index_results",
    ],
)
def test_lists_hold_what_people_answer_for(
    signed_in: SignIn, places: Places, administrator: User, page: str
) -> None:
    """The coordinator sees the office and the one below; administrators see all."""
    records = [places.own, places.below, places.foreign]

    assert shown(signed_in(places.head), page, records) == [True, True, False]
    assert shown(signed_in(places.neighbour), page, records) == [False, False, True]
    assert shown(signed_in(administrator), page, records) == [True, True, True]
    assert shown(signed_in(CoordinatorFactory.create()), page, records) == [False] * 3


@pytest.mark.parametrize("name", ["placements", "exchanges"])
def test_searching_and_filtering_find_nothing_of_others(
    signed_in: SignIn, places: Places, name: str
) -> None:
    client = signed_in(places.head)
    search = "CanaryForeign" if name == "placements" else "ProgrammeForeign"
    foreign = places.foreign.exchange

    # the search box repeats the word, so look for the record's own link
    record = places.foreign if name == "placements" else foreign
    link = url(f"{name}:inspect", record)
    assertNotContains(client.get(url(f"{name}:index"), {"q": search}), link)
    filters = {"office": places.foreign.office_id, "exchange": foreign.pk, "programme": 0}
    response = client.get(url(f"{name}:index"), filters)
    assertNotContains(response, link)
    assertNotContains(response, "Business School")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exports_hold_what_the_list_holds(signed_in: SignIn, places: Places, form: str) -> None:
    User.objects.filter(pk=places.own.participant_id).update(first_name="=cmd()\v1")
    response = signed_in(places.head).get(url("placements:index"), {"export": form})

    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
        assert {row["family_name"] for row in rows} == {"CanaryOwn", "CanaryBelow"}
        assert {row["given_names"] for row in rows} == {"'=cmd() 1", "Below"}
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).worksheets[0]
        heads, *lines = sheet.values
        names = {line[heads.index("given_names")] for line in lines}
        assert names == {"'=cmd() 1", "Below"}


@pytest.mark.parametrize("door", ["edit", "inspect", "history", "history_results"])
def test_placements_of_other_offices_do_not_exist(
    signed_in: SignIn, places: Places, door: str
) -> None:
    client = signed_in(places.head)
    page = f"placements:{door}"

    assert client.get(url(page, places.own)).status_code == 200
    assert client.get(url(page, places.below)).status_code == 200
    assert client.get(url(page, places.foreign)).status_code == 404
    assert client.post(url(page, places.foreign)).status_code in (404, 405)


@pytest.mark.parametrize("door", ["edit", "inspect", "history", "history_results"])
def test_exchanges_of_other_offices_do_not_exist(
    signed_in: SignIn, places: Places, door: str
) -> None:
    client = signed_in(places.head)
    page = f"exchanges:{door}"

    assert client.get(url(page, places.below.exchange)).status_code == 200
    assert client.get(url(page, places.foreign.exchange)).status_code == 404


def test_an_exchange_shared_with_another_office_can_be_seen_but_not_changed(
    signed_in: SignIn, places: Places
) -> None:
    shared = places.own.exchange
    PlacementFactory.create(exchange=shared, office=places.foreign.office)
    client = signed_in(places.head)

    assertNotContains(client.get(url("exchanges:index")), url("exchanges:edit", shared))
    assertContains(client.get(url("exchanges:index")), url("exchanges:inspect", shared))
    assertNotContains(client.get(url("exchanges:inspect", shared)), url("exchanges:edit", shared))
    assert client.get(url("exchanges:edit", shared)).status_code == 404
    assert (
        signed_in(AdministratorFactory.create()).get(url("exchanges:edit", shared)).status_code
        == 200
    )


def test_days_are_shown_as_days_and_countries_by_name(signed_in: SignIn, places: Places) -> None:
    """Wagtail's own date column would say “Just now” of every day to come."""
    client = signed_in(places.head)

    for page in ("exchanges:index", "placements:index"):
        assertContains(client.get(url(page)), "<td>30 Jun 2027</td>", html=True)
    assertContains(client.get(url("exchanges:index")), "<td>Sweden</td>", html=True)


def test_the_number_of_people_counts_own_ones_who_go(signed_in: SignIn, places: Places) -> None:
    exchange = places.own.exchange
    PlacementFactory.create(exchange=exchange, office=places.own.office)
    PlacementFactory.create(exchange=exchange, office=places.own.office, status="cancelled")
    PlacementFactory.create(exchange=exchange, office=places.foreign.office)

    listed = signed_in(places.head).get(url("exchanges:index")).context["object_list"]
    assert {found.pk: found.people for found in listed}[exchange.pk] == 2


def test_a_coordinator_changes_a_placement_without_leaving_own_offices(
    signed_in: SignIn, places: Places
) -> None:
    client = signed_in(places.head)
    page = url("placements:edit", places.own)
    response = client.get(page)
    assertNotContains(response, "Business School")
    assertNotContains(response, "CanaryBelow")
    data = form_data(response) | {"status": "recognized"}

    moved = client.post(page, data | {"office": str(places.foreign.office_id)})
    assertContains(moved, "Select a valid choice")
    client.post(page, data | {"participant": str(places.foreign.participant_id)})
    changed = Placement.objects.get(pk=places.own.pk)
    assert changed.status == "recognized"
    assert changed.participant_id == places.own.participant_id


def test_languages_are_changed_with_their_placement(signed_in: SignIn, places: Places) -> None:
    page = url("placements:edit", places.own)
    client = signed_in(places.head)
    data = form_data(client.get(page)) | {
        "language_skills-TOTAL_FORMS": "1",
        "language_skills-0-language": "sv",
        "language_skills-0-cefr_level": "B2",
        "language_skills-0-id": "",
        "language_skills-0-DELETE": "",
    }
    client.post(page, data)

    assert [str(skill) for skill in places.own.language_skills.all()] == ["sv B2"]


@pytest.mark.parametrize(
    "plan",
    [
        {"own_start_date": "2027-03-05"},
        {"own_end_date": "2027-05-01"},
        {"leaves_home_on": "2027-02-27"},
        {"own_country": "JP"},
        {"own_stay_form": "online"},
        {"status": "cancelled"},
    ],
)
def test_a_placements_plan_is_changed_elsewhere(
    signed_in: SignIn, places: Places, plan: dict[str, str]
) -> None:
    page = url("placements:edit", places.own)
    client = signed_in(places.head)
    shown = client.get(page)
    before = Placement.objects.filter(pk=places.own.pk).values(*plan).get()
    client.post(page, form_data(shown) | plan)

    assertContains(shown, reverse("departures:plan", args=[places.own.omobility_id]))
    assert Placement.objects.filter(pk=places.own.pk).values(*plan).get() == before


def test_an_exchange_with_people_is_planned_elsewhere(signed_in: SignIn, places: Places) -> None:
    exchange = places.own.exchange
    page = url("exchanges:edit", exchange)
    client = signed_in(places.head)
    shown = client.get(page)
    wished = {"code": "renamed", "start_date": "2027-02-20", "stay_form": "online"}
    client.post(page, form_data(shown) | wished)
    before = exchange.start_date
    exchange.refresh_from_db()

    assertContains(shown, reverse("departures:plan_exchange", args=[exchange.uuid]))
    assert (exchange.code, exchange.start_date) == ("renamed", before)
    assert exchange.stay_form == "on_site"


def test_an_exchange_without_people_is_planned_here(signed_in: SignIn, places: Places) -> None:
    empty = ExchangeFactory.create()
    page = url("exchanges:edit", empty)
    client = signed_in(AdministratorFactory.create())
    shown = client.get(page)
    client.post(page, form_data(shown) | {"start_date": "2027-02-20"})
    empty.refresh_from_db()

    assertNotContains(shown, reverse("departures:plan_exchange", args=[empty.uuid]))
    assert str(empty.start_date) == "2027-02-20"


def test_the_history_of_a_placement_names_nobody(signed_in: SignIn, places: Places) -> None:
    """Wagtail's site history is open to every coordinator."""
    page = url("placements:edit", places.foreign)
    client = signed_in(places.neighbour)
    client.post(page, form_data(client.get(page)) | {"status": "recognized"})

    elsewhere = Client()
    elsewhere.force_login(places.head, backend="django.contrib.auth.backends.ModelBackend")
    report = elsewhere.get(reverse("wagtailadmin_reports:site_history"))
    assertContains(report, "ProgrammeForeign")
    assertNotContains(report, "CanaryForeign")


@pytest.mark.parametrize("name", RECORDS)
def test_trainers_and_participants_find_no_door(
    signed_in: SignIn, trainer: User, participant: User, places: Places, name: str
) -> None:
    for person in (trainer, participant):
        for door in ("index", "index_results", "add"):
            response = signed_in(person).get(url(f"{name}:{door}"))
            assert response.status_code in (302, 403)
    home = signed_in(trainer).get(reverse("wagtailadmin_home"))
    assertNotContains(home, url(f"{name}:index"))


@pytest.mark.parametrize("name", RECORDS)
def test_coordinators_and_administrators_find_the_menu(
    signed_in: SignIn, administrator: User, places: Places, name: str
) -> None:
    for person in (places.head, administrator):
        home = signed_in(person).get(reverse("wagtailadmin_home"))
        assertContains(home, url(f"{name}:index"))
        assertContains(home, reverse("rosters:index"))


@pytest.mark.parametrize("name", ["exchanges", "placements", "offices"])
def test_coordinators_add_no_exchange_placement_or_office_by_hand(
    signed_in: SignIn, places: Places, name: str
) -> None:
    assert signed_in(places.head).get(url(f"{name}:add")).status_code == 302


@pytest.mark.parametrize("name", ["placements", "exchanges", "institutions", "programmes"])
def test_coordinators_delete_nothing(signed_in: SignIn, places: Places, name: str) -> None:
    record = {
        "placements": places.own,
        "exchanges": places.own.exchange,
        "institutions": places.own.exchange.host,
        "programmes": places.own.exchange.programme,
    }[name]
    signed_in(places.head).post(url(f"{name}:delete", record))

    assert type(record).objects.filter(pk=record.pk).exists()


@pytest.mark.parametrize("name", ["institutions", "programmes"])
def test_coordinators_add_partners_and_programmes(
    signed_in: SignIn, places: Places, name: str
) -> None:
    client = signed_in(places.head)
    data = form_data(client.get(url(f"{name}:add"))) | {
        "name": "New",
        "code": "new",
        "country": "SE",
    }

    assert client.post(url(f"{name}:add"), data).status_code == 302
    assertContains(client.get(url(f"{name}:index"), {"q": "New"}), "New")


def test_what_is_in_use_is_not_deleted_and_says_by_what(
    signed_in: SignIn, administrator: User, places: Places
) -> None:
    client = signed_in(administrator)
    for name, record, use in (
        ("exchanges", places.own.exchange, "Placements: 1"),
        ("programmes", places.own.exchange.programme, "Exchanges: 1"),
        ("institutions", places.own.exchange.host, "Exchanges: 1"),
        ("offices", places.own.office, "Placements: 1"),
    ):
        page = url(f"{name}:delete", record)
        assertContains(client.get(page), use)
        assertNotContains(client.get(page), "Yes, delete")
        client.post(page)
        assert type(record).objects.filter(pk=record.pk).exists()


def test_what_nothing_uses_can_be_deleted(signed_in: SignIn, administrator: User) -> None:
    client = signed_in(administrator)
    unused: tuple[tuple[str, Any], ...] = (
        ("placements", PlacementFactory.create()),
        ("exchanges", ExchangeFactory.create()),
        ("programmes", ProgrammeFactory.create()),
        ("institutions", InstitutionFactory.create()),
        ("offices", OfficeFactory.create()),
    )
    for name, record in unused:
        assertContains(client.get(url(f"{name}:delete", record)), "Yes, delete")
        assert client.post(url(f"{name}:delete", record)).status_code == 302
        assert not type(record).objects.filter(pk=record.pk).exists()


def test_an_administrator_adds_an_exchange_and_a_placement(
    signed_in: SignIn, administrator: User, participant: User
) -> None:
    client = signed_in(administrator)
    data = form_data(client.get(url("exchanges:add"))) | {
        "programme": str(ProgrammeFactory.create().pk),
        "host": str(InstitutionFactory.create().pk),
        "code": "studies-lund",
        "academic_year": "2026/2027",
        "start_date": "2027-03-01",
        "end_date": "2027-06-30",
        "time_zone": "Europe/Stockholm",
    }
    assert client.post(url("exchanges:add"), data).status_code == 302
    exchange = Exchange.objects.get(code="studies-lund")

    data = form_data(client.get(url("placements:add"))) | {
        "participant": str(participant.pk),
        "exchange": str(exchange.pk),
        "office": str(OfficeFactory.create().pk),
        "audience": "student",
        "activity_type": "student-studies",
    }
    assert client.post(url("placements:add"), data).status_code == 302
    assert exchange.placements.get().participant == participant


@pytest.mark.parametrize("name", ["exchanges", "placements"])
@pytest.mark.parametrize("size", [1, 15])
def test_lists_take_the_same_queries_for_any_number(
    signed_in: SignIn,
    places: Places,
    django_assert_max_num_queries: Callable[[int], AbstractContextManager[Any]],
    name: str,
    size: int,
) -> None:
    PlacementFactory.create_batch(size, office=places.own.office)
    client = signed_in(places.head)
    client.get(url(f"{name}:index"))

    with django_assert_max_num_queries(30):
        assert len(client.get(url(f"{name}:index")).context["object_list"]) == size + 2
