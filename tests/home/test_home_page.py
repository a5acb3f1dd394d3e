from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from people.models import User
from tests.factories.modules import CataloguePageFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_the_front_door_says_what_it_is_and_where_to_sign_in(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "Be prepared before you leave" in page
    assert 'href="/accounts/login/"' in page
    assert "Your exchange office makes it" in page
    assert "<title>Be prepared before you leave, and know that you are. – Sojourn</title>" in page


def test_who_is_signed_in_goes_on_from_there(signed_in: SignIn, participant: User) -> None:
    page = signed_in(participant).get("/").content.decode()

    assert 'href="/start/"' in page
    assert "Who gets an account?" not in page


def test_authors_write_the_lead_and_the_text(client: Client, home_page: Any) -> None:
    home_page.lead = "Another lead."
    home_page.body = "<h2>Opening hours</h2>"
    home_page.search_description = "For engines."
    home_page.save()

    page = client.get("/").content.decode()
    assert "Another lead." in page
    assert "<h2" in page
    assert "Opening hours" in page
    assert '<meta name="description" content="For engines.">' in page


def test_no_inline_style_or_script_and_a_strict_policy(client: Client) -> None:
    response = client.get("/")

    page = response.content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert "<script" not in page
    assert "unsafe-inline" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("who", "leads_to"),
    [
        ("participant", "/my/"),
        ("trainer", "/admin/"),
        ("coordinator", "/admin/"),
        ("administrator", "/admin/"),
    ],
)
def test_the_start_leads_each_role_to_own_work(
    request: pytest.FixtureRequest, signed_in: SignIn, who: str, leads_to: str
) -> None:
    client = signed_in(request.getfixturevalue(who))

    assert client.get("/start/").headers["Location"] == leads_to


def test_the_start_asks_strangers_to_sign_in(client: Client) -> None:
    assert client.get("/start/").headers["Location"] == "/accounts/login/?next=/start/"


def test_learn_leads_to_the_catalogue(signed_in: SignIn, participant: User) -> None:
    catalogue = CataloguePageFactory.create()
    PageViewRestriction.objects.create(page=catalogue, restriction_type="login")

    assert signed_in(participant).get("/start/learning/").headers["Location"] == "/learn/"


def test_without_a_catalogue_it_says_whom_to_ask(signed_in: SignIn, participant: User) -> None:
    page = signed_in(participant).get("/start/learning/").content.decode()

    assert "There is nothing to learn yet" in page
    assert "ask your exchange office" in page
