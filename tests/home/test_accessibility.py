"""The statement on accessibility, read by anybody."""

import pytest
from django.test import Client
from pytest_django import Settings

pytestmark = pytest.mark.django_db


def statement(client: Client) -> str:
    response = client.get("/accessibility/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_what_holds_how_it_was_tested_and_what_does_not_work(client: Client) -> None:
    html = statement(client)

    assert "WCAG) 2.2 at level AA" in html
    for head in ("How it was tested", "What does not work yet", "If something is in your way"):
        assert f"<h2>{head}</h2>" in html


def test_it_names_whom_to_write_to(client: Client, settings: Settings) -> None:
    settings.ACCESSIBILITY_CONTACT = "access@home.example"

    assert '<a href="mailto:access@home.example">' in statement(client)


def test_without_an_address_it_leads_to_the_office(client: Client) -> None:
    html = statement(client)

    assert "mailto:" not in html
    assert "Tell your exchange office." in html


def test_every_page_leads_to_it(client: Client) -> None:
    assert 'href="/accessibility/"' in client.get("/accounts/login/").content.decode()
