"""Sessions: where one is signed in, and how they end (S18)."""

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone

from people.devices import device_of
from people.middleware import SEEN_EVERY
from people.models import User
from tests.factories.people import ParticipantFactory

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
)
PAGE = "/accounts/sessions/"


def browser(user: User, agent: str = FIREFOX) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": "password"})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/my/profile/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "names"),
    [
        (FIREFOX, ("Firefox", "Linux")),
        (SAFARI, ("Safari", "iPhone")),
        (EDGE, ("Edge", "Windows")),
        (EDGE.replace(" Edg/140.0.0.0", ""), ("Chrome", "Windows")),
        (
            "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36",
            ("Chrome", "Android"),
        ),
        ("curl/8.0", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_browser_is_named_so_that_its_owner_knows_it(agent: str, names: tuple[str, str]) -> None:
    device = device_of(agent)

    assert (device.browser, device.system) == names


def test_the_list_names_the_devices_and_marks_this_one(participant: User) -> None:
    browser(participant, SAFARI)

    page = browser(participant).get(PAGE).content.decode()

    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    assert page.count("this device") == 1
    assert page.count('name="session"') == 1


def test_signing_out_there_ends_that_session_alone(participant: User) -> None:
    here, there, elsewhere = (browser(participant) for _ in range(3))
    session = UserSession.objects.get(session_key=there.session.session_key)

    answer = here.post(PAGE, {"session": session.pk}, follow=True).content.decode()

    assert "You are signed out there." in answer
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, True]


def test_signing_out_everywhere_else_leaves_this_one(participant: User) -> None:
    here, there, elsewhere = (browser(participant) for _ in range(3))

    answer = here.post(PAGE, follow=True).content.decode()

    assert "You are signed out everywhere else." in answer
    assert [is_in(client) for client in (here, there, elsewhere)] == [True, False, False]


@pytest.mark.parametrize("wish", ["own", "999999", "x", "1 or 1=1"])
def test_nobody_ends_the_sessions_of_others(participant: User, wish: str) -> None:
    victim = browser(ParticipantFactory.create())
    here, there = browser(participant), browser(participant)
    key = UserSession.objects.get(session_key=victim.session.session_key).pk

    here.post(PAGE, {"session": key if wish == "own" else wish})

    assert [is_in(client) for client in (victim, here, there)] == [True, True, True]


def test_a_new_password_ends_all_other_sessions_at_once(participant: User) -> None:
    here, there = browser(participant), browser(participant)
    before = here.session.session_key

    here.post(
        "/accounts/password/change/",
        {"oldpassword": "password", "password1": "a-harbour-1", "password2": "a-harbour-1"},
    )

    assert [is_in(client) for client in (here, there)] == [True, False]
    assert here.session.session_key != before
    assert "You are signed in nowhere else." in here.get(PAGE).content.decode()


def test_a_session_key_from_elsewhere_is_not_adopted_at_sign_in(participant: User) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    client.post("/accounts/login/", {"login": participant.email, "password": "password"})

    assert is_in(client)
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "a" * 32


def test_signing_out_is_a_post_that_ends_the_session_and_says_so(participant: User) -> None:
    client = browser(participant)
    key = client.session.session_key

    assert client.get("/accounts/logout/").status_code == 200
    assert is_in(client)
    response = client.post("/accounts/logout/", follow=True)

    assert response.redirect_chain[0] == ("/", 302)
    assert "You are signed out." in response.content.decode()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(key)
    assert not is_in(client)


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(participant: User) -> None:
    cookie = browser(participant).cookies[settings.SESSION_COOKIE_NAME]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_when_a_device_was_seen_is_noted_seldom(participant: User) -> None:
    client = browser(participant)
    first = UserSession.objects.get().last_seen_at
    client.get("/my/profile/")
    assert UserSession.objects.get().last_seen_at == first

    session = client.session
    session["last_seen"] = timezone.now().timestamp() - SEEN_EVERY
    session.save()
    client.get("/my/profile/")

    assert UserSession.objects.get().last_seen_at > first


def test_who_worked_on_lands_where_they_were_after_signing_in_again(participant: User) -> None:
    client = browser(participant)
    client.session.flush()

    away = client.get("/my/profile/").headers["Location"]
    form = client.get(away).content.decode()
    answer = client.post(
        "/accounts/login/",
        {"login": participant.email, "password": "password", "next": "/my/profile/"},
    )

    assert '<input type="hidden" name="next" value="/my/profile/">' in form
    assert answer.headers["Location"] == "/my/profile/"
