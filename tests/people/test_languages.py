"""People choose the language of their pages, on this device and for their account."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from wagtail.users.models import UserProfile

from people.models import User

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
COOKIE = settings.LANGUAGE_COOKIE_NAME


def switch(client: Client, language: str, next_page: str = "/search/") -> str:
    """Choose a language; return the address that one is led to."""
    response = client.post("/language/", {"language": language, "next": next_page})
    assert response.status_code == 302
    return response.headers["Location"]


def test_a_visitor_stays_on_the_page_and_reads_it_in_the_language_chosen(client: Client) -> None:
    assert switch(client, "ar", "/search/?query=a%26b") == "/search/?query=a%26b"

    response = client.get("/search/?query=a%26b")
    assert '<html lang="ar" dir="rtl">' in response.content.decode()
    assert response.headers["Content-Language"] == "ar"
    assert {"Accept-Language", "Cookie"} <= set(response.headers["Vary"].split(", "))


def test_the_device_remembers_it_for_a_year_and_shows_it_to_no_script(client: Client) -> None:
    switch(client, "es")

    cookie = client.cookies[COOKIE]
    assert (cookie.value, cookie["max-age"]) == ("es", 365 * 24 * 60 * 60)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_an_account_remembers_it_on_other_devices_and_after_signing_out(
    signed_in: SignIn, participant: User
) -> None:
    client = signed_in(participant)
    switch(client, "es", "/my/profile/")

    participant.refresh_from_db()
    assert participant.language == "es"
    client.logout()
    client.cookies[COOKIE] = "es"
    assert '<html lang="es"' in client.get("/accounts/login/").content.decode()


@pytest.mark.parametrize("language", ["", "xx", "fr", "es-ES; Path=/", "../en"])
def test_a_language_that_is_not_offered_changes_nothing(
    signed_in: SignIn, participant: User, language: str
) -> None:
    client = signed_in(participant)
    switch(client, language)

    participant.refresh_from_db()
    assert participant.language == ""
    assert COOKIE not in client.cookies


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""],
)
def test_nobody_is_led_off_the_site(client: Client, elsewhere: str) -> None:
    assert switch(client, "es", elsewhere) == "/"


def test_following_a_link_to_it_changes_nothing(client: Client) -> None:
    response = client.get("/language/?language=ar&next=https://evil.example/")

    assert response.headers["Location"] == "/"
    assert COOKIE not in client.cookies


def test_a_form_from_elsewhere_cannot_choose(participant: User) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/language/", {"language": "ar", "next": "/"}).status_code == 403


def test_each_language_is_named_in_itself(client: Client) -> None:
    page = client.get("/search/?query=x").content.decode()

    assert '<input type="hidden" name="next" value="/search/?query=x">' in page
    assert 'value="en" lang="en" dir="ltr" aria-current="true">English</button>' in page
    assert 'value="es" lang="es" dir="ltr">Español</button>' in page
    assert 'value="ar" lang="ar" dir="rtl">العربيّة</button>' in page


def test_a_page_that_is_missing_offers_the_languages_too(client: Client) -> None:
    assert 'name="language"' in client.get("/search/none/").content.decode()


def test_a_profile_that_follows_the_browser_frees_the_device(
    signed_in: SignIn, participant: User
) -> None:
    client = signed_in(participant)
    switch(client, "es")

    client.post("/my/profile/", {"time_zone": "UTC", "language": ""})

    assert '<html lang="en"' in client.get("/my/profile/").content.decode()


def test_the_workplace_speaks_the_language_of_the_profile_and_keeps_its_time(
    signed_in: SignIn, coordinator: User
) -> None:
    coordinator.language = "es"
    coordinator.time_zone = "Asia/Tokyo"
    coordinator.save()
    client = signed_in(coordinator)

    assert '<html lang="es" dir="ltr"' in client.get("/admin/").content.decode()
    profile = UserProfile.objects.get(user=coordinator)
    assert (profile.preferred_language, profile.current_time_zone) == ("es", "Asia/Tokyo")

    switch(client, "ar")
    assert '<html lang="ar" dir="rtl"' in client.get("/admin/").content.decode()


def test_the_account_page_of_the_workplace_changes_the_one_profile(
    signed_in: SignIn, trainer: User
) -> None:
    client = signed_in(trainer)
    page = client.get("/admin/account/").content.decode()
    assert 'name="locale-language"' in page
    assert "preferred_language" not in page

    form = {
        "name_email-first_name": trainer.first_name,
        "name_email-last_name": trainer.last_name,
        "locale-time_zone": "Africa/Cairo",
        "locale-language": "ar",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    response = client.post("/admin/account/", form)

    assert response.headers["Location"] == "/admin/account/"
    trainer.refresh_from_db()
    assert (trainer.language, str(trainer.time_zone)) == ("ar", "Africa/Cairo")
