"""Offices stand in a tree; their form moves them and names their coordinators."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from exchanges.models import Office
from people.models import User
from tests.factories.exchanges import InstitutionFactory, OfficeFactory, PlacementFactory
from tests.factories.people import CoordinatorFactory, ObserverFactory, TrainerFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def browser(signed_in: SignIn, administrator: User) -> Client:
    return signed_in(administrator)


def data(**changes: Any) -> dict[str, Any]:
    home = InstitutionFactory.create(is_home=True)
    return {
        "name": "Engineering",
        "code": "engineering",
        "institution": home.pk,
        "time_zone": "Europe/Madrid",
        "parent": "",
        **changes,
    }


def test_an_office_is_made_below_another_with_its_coordinators(browser: Client) -> None:
    parent, coordinator = OfficeFactory.create(), CoordinatorFactory.create()
    response = browser.post(
        reverse("offices:add"), data(parent=parent.pk, members=[coordinator.pk])
    )

    assert response.status_code == 302
    office = Office.objects.get(code="engineering")
    assert office.get_parent() == parent
    assert list(office.members.all()) == [coordinator]


def test_an_office_has_observers_who_are_no_members(browser: Client) -> None:
    observer, coordinator = ObserverFactory.create(), CoordinatorFactory.create()
    browser.post(reverse("offices:add"), data(observers=[observer.pk, coordinator.pk]))

    office = Office.objects.get(code="engineering")
    assert set(office.observers.all()) == {observer, coordinator}
    assert not office.members.exists()


@pytest.mark.parametrize("field", ["members", "observers"])
def test_only_those_with_the_role_can_be_chosen(browser: Client, field: str) -> None:
    trainer, observer = TrainerFactory.create(), ObserverFactory.create()
    chosen = trainer if field == "observers" else observer
    response = browser.post(reverse("offices:add"), data(**{field: [chosen.pk]}))

    assert response.status_code == 200
    assert not Office.objects.filter(code="engineering").exists()


def test_an_office_is_made_at_the_top(browser: Client) -> None:
    browser.post(reverse("offices:add"), data())

    assert Office.objects.get(code="engineering").is_root()


def test_an_office_moves_with_everything_below_it(browser: Client) -> None:
    first, second = OfficeFactory.create(), OfficeFactory.create()
    moving = OfficeFactory.create(parent=first)
    leaf = OfficeFactory.create(parent=moving)
    page = reverse("offices:edit", args=[moving.pk])

    browser.post(page, data(parent=second.pk))
    leaf.refresh_from_db()
    assert [office.pk for office in leaf.get_ancestors()] == [second.pk, moving.pk]

    browser.post(page, data(institution=moving.institution_id))
    leaf.refresh_from_db()
    assert [office.pk for office in leaf.get_ancestors()] == [moving.pk]
    assert Office.find_problems() == ([], [], [], [], [])


def test_an_office_that_stays_keeps_its_place(browser: Client) -> None:
    parent = OfficeFactory.create()
    office = OfficeFactory.create(parent=parent)
    path = office.path
    browser.post(reverse("offices:edit", args=[office.pk]), data(parent=parent.pk))

    office.refresh_from_db()
    assert (office.path, office.name) == (path, "Engineering")


def test_an_office_cannot_stand_below_itself(browser: Client) -> None:
    office = OfficeFactory.create()
    below = OfficeFactory.create(parent=office)
    response = browser.post(reverse("offices:edit", args=[office.pk]), data(parent=below.pk))

    assertContains(response, "Select a valid choice")


def test_only_coordinators_can_be_chosen(browser: Client) -> None:
    trainer = TrainerFactory.create(first_name="Only", last_name="Trains")
    coordinator = CoordinatorFactory.create(first_name="Does", last_name="Coordinate")
    page = browser.get(reverse("offices:add"))

    assertContains(page, str(coordinator))
    assertNotContains(page, str(trainer))


def test_offices_below_keep_an_office_from_being_deleted_with_their_placements(
    browser: Client,
) -> None:
    office = OfficeFactory.create()
    PlacementFactory.create(office=OfficeFactory.create(parent=office))
    page = reverse("offices:delete", args=[office.pk])

    assertContains(browser.get(page), "Placements: 1")
    browser.post(page)
    assert Office.objects.filter(pk=office.pk).exists()


def test_the_list_shows_the_tree(browser: Client) -> None:
    OfficeFactory.create(name="Leaf", parent=OfficeFactory.create(name="Root"))

    assertContains(browser.get(reverse("offices:index")), "— Leaf")
