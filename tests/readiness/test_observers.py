"""An observer looks at the desk of an office, finds no button, and can do nothing there."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.models import Placement
from people.models import User
from readiness import approvals, snapshots, waivers
from readiness.enums import ApprovingRole
from readiness.errors import NotAllowedError
from readiness.models import RequirementSet
from tests.factories.exchanges import OfficeFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import (
    DeclarationRequirementFactory,
    ExternalResultFactory,
    SnapshotFactory,
)
from tests.factories.reminders import ReminderFactory
from tests.readiness.moments import JANUARY

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
KEY = "declaration:passport"
PAGES = ("index", "people", "exchange", "placement")


@pytest.fixture(autouse=True)
def passport(everybody: RequirementSet) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)


@pytest.fixture
def placement() -> Placement:
    return PlacementFactory.create(
        participant__first_name="Ada", participant__last_name="Byron", exchange__coming=True
    )


@pytest.fixture
def look(signed_in: SignIn, observer: User, placement: Placement) -> Client:
    placement.office.observers.add(observer)
    return signed_in(observer)


def address(page: str, placement: Placement) -> str:
    named = {"exchange": [placement.exchange.uuid], "placement": [placement.omobility_id]}
    return reverse(f"departures:{page}", args=named.get(page, []))


def links(response: Any) -> set[str]:
    """Where the page's own part leads to within the CMS."""
    body = response.content.decode().partition("<main")[2]
    return set(re.findall(r'(?:href|formaction)="(/admin/[^"#]*)"', body))


@pytest.mark.parametrize("page", PAGES)
def test_an_observer_reads_the_page_and_everything_that_it_leads_to(
    look: Client, placement: Placement, page: str
) -> None:
    SnapshotFactory.create(placement=placement)
    ExternalResultFactory.create(placement=placement)
    ReminderFactory.create(placement=placement)
    response = look.get(address(page, placement))
    found = links(response)
    answers = {link: look.get(link.replace("&amp;", "&")).status_code for link in found}

    assert response.status_code == 200
    assert found
    assert {link: code for link, code in answers.items() if code != 200} == {}


@pytest.mark.parametrize("record", ["placements", "exchanges"])
def test_the_records_lead_an_observer_to_nothing_that_is_refused(
    look: Client, placement: Placement, record: str
) -> None:
    pk = placement.pk if record == "placements" else placement.exchange.pk
    pages = [reverse(f"{record}:index"), reverse(f"{record}:inspect", args=[pk])]
    found = set().union(*(links(look.get(page)) for page in pages))

    assert pages[1] in found
    assert {link for link in found if look.get(link.replace("&amp;", "&")).status_code != 200} == (
        set()
    )


@pytest.mark.parametrize("page", PAGES)
def test_no_page_offers_an_observer_a_form_that_changes_something(
    look: Client, placement: Placement, page: str
) -> None:
    body = look.get(address(page, placement)).content.decode().partition("<main")[2]

    assert 'method="post"' not in body
    for word in ("Waive<", "Remind<", "Assign<", "Invite<", "E-mail", "Sign off", "Pause"):
        assert word not in body.replace("E-mail addresses, ", "")


def test_who_answers_for_an_office_still_finds_the_buttons(
    desk: Client, placement: Placement
) -> None:
    people = desk.get(address("people", placement)).content.decode()
    exchange = desk.get(address("exchange", placement)).content.decode()
    page = desk.get(address("placement", placement)).content.decode()

    assert reverse("departures:people_waive") in people
    assert reverse("departures:waive_together", args=[placement.exchange.uuid]) in exchange
    assert reverse("departures:freeze", args=[placement.omobility_id]) in page


@pytest.mark.parametrize("export", ["csv", "xlsx"])
@pytest.mark.parametrize("page", ["index", "people", "exchange"])
def test_an_observer_takes_the_files_of_what_is_shown(
    look: Client, placement: Placement, page: str, export: str
) -> None:
    response = look.get(address(page, placement), {"export": export})

    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]


def test_offices_below_the_observed_one_are_seen_and_those_beside_it_are_not(
    look: Client, placement: Placement
) -> None:
    below = PlacementFactory.create(
        office=OfficeFactory.create(parent=placement.office),
        participant__last_name="Below",
        exchange__coming=True,
    )
    beside = PlacementFactory.create(participant__last_name="Beside", exchange__coming=True)
    people = look.get(address("people", placement)).content.decode()

    assert "Below" in people
    assert "Beside" not in people
    assert look.get(address("placement", below)).status_code == 200
    assert look.get(address("placement", beside)).status_code == 404
    assert look.get(address("exchange", beside)).status_code == 404


def test_a_coordinator_who_observes_another_office_looks_there_and_acts_at_home(
    signed_in: SignIn, office_coordinator: User, placement: Placement
) -> None:
    other = PlacementFactory.create(exchange=placement.exchange, participant__last_name="Elsewhere")
    other.office.observers.add(office_coordinator)
    mixed = signed_in(office_coordinator)
    waive = reverse("departures:waive", args=[other.omobility_id, KEY])
    shown = mixed.get(address("placement", other)).content.decode()

    assert "Elsewhere" in mixed.get(address("exchange", placement)).content.decode()
    assert "Elsewhere" in mixed.get(address("people", placement)).content.decode()
    assert waive not in shown
    assert mixed.get(waive).status_code == 404
    assert mixed.post(waive, {"reason": "No."}).status_code == 404
    ticked = {"person": [str(other.omobility_id), str(placement.omobility_id)]}
    asked = mixed.get(reverse("departures:people_waive"), ticked).content.decode()
    assert "Elsewhere" not in asked
    assert "Byron" in asked


def test_the_list_of_placements_offers_to_change_those_of_own_offices_alone(
    signed_in: SignIn, office_coordinator: User, placement: Placement
) -> None:
    other = PlacementFactory.create()
    other.office.observers.add(office_coordinator)
    shown = signed_in(office_coordinator).get(reverse("placements:index")).content.decode()

    assert reverse("placements:edit", args=[placement.pk]) in shown
    assert reverse("placements:edit", args=[other.pk]) not in shown
    assert reverse("placements:inspect", args=[other.pk]) in shown


def test_the_deeds_themselves_refuse_an_observer(placement: Placement, observer: User) -> None:
    placement.office.observers.add(observer)

    with pytest.raises(NotAllowedError):
        waivers.grant(
            placement=placement, requirement_key=KEY, reason="No.", by=observer, at=JANUARY
        )
    with pytest.raises(NotAllowedError):
        snapshots.sign_off(placement=placement, by=observer, at=JANUARY)
    assert not approvals.may_approve(observer, ApprovingRole.COORDINATOR, placement)


def test_the_menu_of_an_observer_has_the_desk_and_no_requirement_sets(look: Client) -> None:
    menu = look.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("departures:index") in menu
    assert reverse("departures:people") in menu
    assert reverse("requirement_sets:index") not in menu
    assert reverse("rosters:index") not in menu
    assert "Next departures" in menu


def test_a_coordinator_without_an_office_is_shown_nothing(
    signed_in: SignIn, placement: Placement
) -> None:
    stranger = signed_in(CoordinatorFactory.create())

    assert "Byron" not in stranger.get(address("people", placement)).content.decode()
