"""The participant declares, sees what is declared, and takes it back."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness.models import Declaration, RequirementSet
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    WaiverFactory,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def passport(everybody: RequirementSet) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)


@pytest.fixture
def mine(placement: Placement, signed_in: SignIn) -> Client:
    return signed_in(placement.participant)


def address(name: str, placement: Placement, kind: str = "passport") -> str:
    return reverse(f"readiness:{name}", args=[placement.omobility_id, kind])


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_the_page_says_what_is_declared_and_by_when(mine: Client, placement: Placement) -> None:
    page = words(mine.get(address("declaration", placement)))

    assert "<h1>Passport</h1>" in page
    assert "by 1 February 2027" in page
    assert "My passport, or my identity card" in page
    assert "Yes, I declare that" in page
    assert not Declaration.objects.exists()


def test_declaring_returns_to_where_the_person_came_from(
    mine: Client, placement: Placement
) -> None:
    response = mine.post(address("declare", placement), {"next": "/my/exchanges/1/"})

    assert (response.status_code, response["Location"]) == (302, "/my/exchanges/1/")
    assert [str(m) for m in get_messages(response.wsgi_request)] == [
        "Declared: Passport. Thank you."
    ]
    made = placement.declarations.get()
    assert (made.kind, made.declared_by) == ("passport", placement.participant)


def test_declaring_twice_is_declaring_once(mine: Client, placement: Placement) -> None:
    for _ in range(2):
        mine.post(address("declare", placement), {"next": "/"})

    assert placement.declarations.count() == 1


def test_what_is_declared_can_be_taken_back(mine: Client, placement: Placement) -> None:
    DeclarationFactory.create(placement=placement, declared_at=LONG_AGO)
    page = words(mine.get(address("declaration", placement)))
    response = mine.post(address("withdraw", placement), {"next": "/"})

    assert "This is no longer so" in page
    assert response.status_code == 302
    assert placement.declarations.get().withdrawn_at is not None


def test_what_is_waived_need_not_be_declared(mine: Client, placement: Placement) -> None:
    WaiverFactory.create(placement=placement, granted_at=LONG_AGO)

    page = words(mine.get(address("declaration", placement)))

    assert "Travels with an identity card." in page
    assert "Yes, I declare that" not in page


@pytest.mark.parametrize("name", ["declaration", "declare", "withdraw"])
def test_the_placements_of_others_do_not_exist(mine: Client, name: str) -> None:
    others = PlacementFactory.create()
    DeclarationFactory.create(placement=others, declared_at=LONG_AGO)
    send = mine.get if name == "declaration" else mine.post

    assert send(address(name, others)).status_code == 404
    assert send(reverse(f"readiness:{name}", args=[uuid.uuid4(), "passport"])).status_code == 404
    assert others.declarations.get().withdrawn_at is None


def test_a_coordinator_declares_nothing_for_a_participant(
    placement: Placement, administrator: User, signed_in: SignIn
) -> None:
    assert signed_in(administrator).post(address("declare", placement)).status_code == 404


@pytest.mark.parametrize("kind", ["visa", "nonsense"])
def test_only_what_is_asked_is_declared(mine: Client, placement: Placement, kind: str) -> None:
    assert mine.get(address("declaration", placement, kind)).status_code == 404
    assert mine.post(address("declare", placement, kind)).status_code == 404
    assert not Declaration.objects.exists()


def test_nonsense_is_not_taken_back_either(mine: Client, placement: Placement) -> None:
    assert mine.post(address("withdraw", placement, "nonsense")).status_code == 404


def test_nothing_is_asked_of_a_cancelled_placement(mine: Client, placement: Placement) -> None:
    Placement.objects.update(status=PlacementStatus.CANCELLED)

    assert mine.post(address("declare", placement)).status_code == 404


@pytest.mark.parametrize("name", ["declare", "withdraw"])
def test_looking_changes_nothing(mine: Client, placement: Placement, name: str) -> None:
    assert mine.get(address(name, placement)).status_code == 405


def test_a_request_from_elsewhere_is_refused(placement: Placement) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(placement.participant, backend="django.contrib.auth.backends.ModelBackend")

    assert strict.post(address("declare", placement)).status_code == 403
    assert not Declaration.objects.exists()


@pytest.mark.parametrize(
    "wish", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""]
)
def test_nobody_is_sent_elsewhere(mine: Client, placement: Placement, wish: str) -> None:
    response = mine.post(address("declare", placement), {"next": wish})

    assert response["Location"] == reverse("home:my")


@pytest.mark.parametrize("name", ["declaration", "declare", "withdraw"])
def test_strangers_sign_in_first(placement: Placement, name: str) -> None:
    response = Client().post(address(name, placement))

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
