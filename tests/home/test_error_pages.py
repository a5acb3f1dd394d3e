"""Errors say what happened and what to do, in our own design and without detail."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from wagtail.models import PageViewRestriction

pytestmark = pytest.mark.django_db


def test_an_unknown_address_answers_404_with_a_way_on(client: Client) -> None:
    response = client.get("/nowhere/")

    assert response.status_code == 404
    assert "There is no page here" in response.content.decode()
    assert "Go to the start page" in response.content.decode()


def test_the_page_for_a_broken_server_needs_no_request() -> None:
    page = render_to_string("500.html")

    assert "Something broke on our side" in page
    assert "tell your exchange office" in page


def test_an_expired_form_says_that_nothing_was_saved() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/accounts/login/", {"login": "a@home.example", "password": "x"})

    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()


@pytest.mark.parametrize("template", ["403.html", "404.html", "403_csrf.html", "500.html"])
def test_no_inline_style_or_script(template: str) -> None:
    page = render_to_string(template)

    assert "<style" not in page
    assert " style=" not in page
    assert "<script" not in page


def test_a_page_with_a_shared_password_asks_for_it_in_our_design(
    client: Client, home_page: Any
) -> None:
    PageViewRestriction.objects.create(
        page=home_page, restriction_type=PageViewRestriction.PASSWORD, password="sesame"
    )

    page = client.get("/").content.decode()
    assert "A password is needed" in page
    assert "Be prepared before you leave" not in page

    restriction = PageViewRestriction.objects.get()
    address = f"/_util/authenticate_with_password/{restriction.pk}/{home_page.pk}/"
    wrong = client.post(address, {"password": "wrong", "return_url": "/"}).content.decode()
    assert "Something needs your attention" in wrong
    client.post(address, {"password": "sesame", "return_url": "/"})
    assert "Be prepared before you leave" in client.get("/").content.decode()
