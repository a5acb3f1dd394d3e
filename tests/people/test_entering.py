"""Traps at the doors of accounts: where sign-in leads (S17), and who exists (S20, S21)."""

import statistics
import time
from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client
from pytest_django.fixtures import Settings

from people.models import User
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ELSEWHERE = (
    "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example",
    "/\\/evil.example", "https://evil.example", "http://evil.example", "https:evil.example",
    "https:/evil.example", "HTTPS://evil.example", "javascript:alert(1)", "data:text/html,x",
    "%2f%2fevil.example", "/%2fevil.example/../..//evil.example", "\thttps://evil.example",
    "\t//evil.example", " //evil.example", "/\t/evil.example", "//evil.example%0d%0aX:1",
    "/\r\n//evil.example", "https://testserver@evil.example", "https://testserver.evil.example",
    "//evil。example", "／／evil.example",
)  # fmt: skip


def is_here(address: str) -> bool:
    """Whether a browser that follows the address stays on this site."""
    cleaned = "".join(sign for sign in address if sign > " ").replace("\\", "/")
    return urlsplit(urljoin("https://here.example/accounts/", cleaned)).netloc == "here.example"


@pytest.mark.parametrize("wish", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(client: Client, participant: User, wish: str) -> None:
    form = {"login": participant.email, "password": "password", "next": wish}

    answer = client.post("/accounts/login/", form)

    assert is_here(answer.headers["Location"])


@pytest.mark.parametrize("wish", ELSEWHERE)
def test_signing_out_leads_to_no_other_site(client: Client, participant: User, wish: str) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")

    assert is_here(client.post("/accounts/logout/", {"next": wish}).headers["Location"])


@pytest.mark.parametrize("wish", ELSEWHERE)
def test_confirming_who_one_is_leads_to_no_other_site(
    client: Client, participant: User, wish: str
) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    form = {"password": "password", "next": wish}

    assert is_here(client.post("/accounts/reauthenticate/", form).headers["Location"])


@pytest.mark.parametrize("name", ["Host", "X-Forwarded-Host"])
def test_no_header_of_the_visitor_gets_into_a_link_by_mail(
    client: Client, participant: User, settings: Settings, name: str
) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]

    client.post(
        "/accounts/password/reset/", {"email": participant.email}, headers={name: "evil.example"}
    )

    assert all("evil.example" not in str(message.body) for message in mail.outbox)


def test_too_many_tries_answer_so_that_programs_know_it(client: Client, participant: User) -> None:
    form = {"login": participant.email, "password": "wrong"}
    answers = [client.post("/accounts/login/", form) for _try in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].headers["Retry-After"] == "300"
    assert "Too many tries" in answers[-1].content.decode()


def test_the_limit_counts_the_address_whether_or_not_it_exists(client: Client) -> None:
    form = {"login": "nobody@home.example", "password": "wrong"}

    answers = [client.post("/accounts/login/", form).status_code for _try in range(6)]

    assert answers == [200] * 5 + [429]


def test_guessing_from_one_place_is_slowed_down_for_all_addresses(client: Client) -> None:
    found = {
        client.post(
            "/accounts/login/",
            {"login": f"nobody{number}@home.example", "password": "wrong"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        ).status_code
        for number in range(12)
    }

    assert 429 in found


def test_a_page_that_is_limited_says_so_and_when_to_come_back(client: Client) -> None:
    form = {"email": "somebody@home.example"}
    answers = [client.post("/accounts/password/reset/", form) for _try in range(6)]

    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Too many tries in a short time" in answers[-1].content.decode()
    assert "css/tokens.css" in answers[-1].content.decode()


def same_but_for(page: str, address: str) -> str:
    return page.replace(address, "")


@pytest.mark.parametrize(
    ("door", "form"),
    [
        ("/accounts/login/", {"login": "{email}", "password": "wrong"}),
        ("/accounts/password/reset/", {"email": "{email}"}),
    ],
)
def test_an_address_that_exists_answers_like_one_that_does_not(
    participant: User, door: str, form: dict[str, str]
) -> None:
    without_password = UserFactory.create(password="!without")
    closed = UserFactory.create(is_active=False)
    pages = set()
    for email in (participant.email, without_password.email, closed.email, "no@home.example"):
        filled = {name: value.format(email=email) for name, value in form.items()}
        answer = Client().post(door, filled)
        pages.add((answer.status_code, same_but_for(answer.content.decode(), email)))

    assert len({status for status, _ in pages}) == 1
    lengths = {len(page) for _, page in pages}
    assert max(lengths) - min(lengths) <= 64  # The token against forgery differs, not its length.


def test_a_wrong_password_takes_as_long_for_nobody_as_for_somebody(
    participant: User, settings: Settings
) -> None:
    """Both hash a password once; the slow hash of earnest would show the difference."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    participant.set_password("a-harbour-at-dawn")
    participant.save()

    def taken(email: str) -> float:
        client, times = Client(), []
        for _try in range(3):
            begin = time.perf_counter()
            client.post("/accounts/login/", {"login": email, "password": "wrong"})
            times.append(time.perf_counter() - begin)
        return statistics.median(times)

    somebody, nobody = taken(participant.email), taken("no@home.example")
    assert 0.4 < somebody / nobody < 2.5


def test_password_fields_may_be_filled_by_a_manager(client: Client, participant: User) -> None:
    assert 'autocomplete="current-password"' in client.get("/accounts/login/").content.decode()
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get("/accounts/password/change/").content.decode()

    assert page.count('autocomplete="new-password"') == 2
    assert 'autocomplete="current-password"' in page
    assert f'autocomplete="username" value="{participant.email}"' in page
    assert "onpaste" not in page


def test_the_rules_stand_before_the_password_and_are_those_that_hold(
    client: Client, participant: User
) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/accounts/password/change/").content.decode()

    assert page.index("At least 8 characters") < page.index('name="password1"')
    for weak in ("1234567", "83726154", "password", participant.email):
        form = {"oldpassword": "password", "password1": weak, "password2": weak}
        client.post("/accounts/password/change/", form)
        assert User.objects.get(pk=participant.pk).check_password("password")


def test_two_different_passwords_are_refused_in_our_words(
    client: Client, participant: User
) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    form = {"oldpassword": "password", "password1": "a-harbour-1", "password2": "a-harbour-2"}

    page = client.post("/accounts/password/change/", form).content.decode()

    assert "The two new passwords are not the same." in page
    assert "You must type" not in page
