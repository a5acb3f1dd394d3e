"""Signing in and out, and the account pages, through the browser's door."""

import re

import pytest
from django.core import mail
from django.test import Client

from people import known_devices
from people.models import User
from tests.factories.people import ParticipantFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "password"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> str:
    """Send the sign-in form; return where it leads, or the page that it shows instead."""
    response = client.post("/accounts/login/", {"login": email, "password": password, **more})
    return response.headers.get("Location") or response.content.decode()


def test_the_sign_in_page_is_in_our_design_and_helps_first_comers(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert "css/tokens.css" in page
    assert "First time here, or password forgotten?" in page
    assert "/accounts/password/reset/" in page
    assert "/accounts/signup/" not in page


def test_signing_in_leads_to_the_start(client: Client, participant: User) -> None:
    assert sign_in(client, participant.email) == "/start/"


def test_the_address_may_be_typed_in_capitals(client: Client, participant: User) -> None:
    assert sign_in(client, participant.email.upper()) == "/start/"


def test_a_wrong_password_says_what_to_do_and_not_which_part_is_wrong(
    client: Client, participant: User
) -> None:
    wrong_password = sign_in(client, participant.email, "wrong")
    unknown = sign_in(client, "nobody@home.example", "wrong")

    expected = "We know no account with this email address and this password."
    assert expected in wrong_password
    assert expected in unknown
    assert "get a link by email" in wrong_password


def test_too_many_tries_are_slowed_down(client: Client, participant: User) -> None:
    pages = [sign_in(client, participant.email, "wrong") for _try in range(6)]

    assert "Too many tries in a short time" in pages[-1]
    assert "Too many tries in a short time" in sign_in(client, participant.email)


def at(address: str) -> Client:
    """A browser elsewhere on the net."""
    return Client(REMOTE_ADDR=address)


def lock(email: str) -> None:
    for _try in range(8):
        page = sign_in(at("198.51.100.7"), email, "wrong")
    assert "Too many tries in a short time" in page


def test_nobody_is_locked_out_of_a_device_of_their_own(participant: User) -> None:
    own = at("192.0.2.1")
    assert sign_in(own, participant.email) == "/start/"
    own.post("/accounts/logout/")
    lock(participant.email)

    assert "Too many tries in a short time" in sign_in(at("192.0.2.2"), participant.email)
    assert sign_in(own, participant.email.upper()) == "/start/"


def test_tries_on_a_known_device_are_counted_too(participant: User) -> None:
    own = at("192.0.2.1")
    sign_in(own, participant.email)
    own.post("/accounts/logout/")

    pages = [sign_in(own, participant.email, "wrong") for _try in range(6)]

    assert "Too many tries in a short time" in pages[-1]
    assert sign_in(at("192.0.2.2"), participant.email) == "/start/"


@pytest.mark.parametrize("forged", ["", "nonsense", "a:b:c", "WzEsMl0:1:x"])
def test_a_device_cannot_say_of_itself_that_it_is_known(participant: User, forged: str) -> None:
    lock(participant.email)
    stranger = at("192.0.2.3")
    stranger.cookies[known_devices.COOKIE] = forged

    assert "Too many tries in a short time" in sign_in(stranger, participant.email)


def test_a_device_is_known_to_its_owner_alone(participant: User) -> None:
    other = ParticipantFactory.create()
    shared = at("192.0.2.1")
    sign_in(shared, other.email)
    shared.post("/accounts/logout/")
    lock(participant.email)

    assert "Too many tries in a short time" in sign_in(shared, participant.email)
    cookie = shared.cookies[known_devices.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert other.email not in cookie.value


def test_a_closed_account_cannot_be_used(client: Client, participant: User) -> None:
    participant.is_active = False
    participant.save()

    assert sign_in(client, participant.email) != "/start/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("wish", "leads_to"),
    [
        ("/my/profile/", "/my/profile/"),
        ("//evil.example/", "/start/"),
        ("/\\evil.example", "/start/"),
        ("https://evil.example/", "/start/"),
        ("https:evil.example", "/start/"),
        ("javascript:alert(1)", "/start/"),
    ],
)
def test_next_never_leads_elsewhere(
    client: Client, participant: User, wish: str, leads_to: str
) -> None:
    assert sign_in(client, participant.email, next=wish) == leads_to


def test_the_session_gets_a_new_key_at_sign_in(client: Client, participant: User) -> None:
    client.get("/accounts/login/")
    before = client.session.session_key
    sign_in(client, participant.email)

    assert client.session.session_key != before


def test_signing_out_asks_first_and_ends_the_session(client: Client, participant: User) -> None:
    sign_in(client, participant.email)

    assert "Sign out?" in client.get("/accounts/logout/").content.decode()
    assert "_auth_user_id" in client.session
    client.post("/accounts/logout/")
    assert "_auth_user_id" not in client.session


def test_nobody_can_sign_up(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", {"email": "new@home.example", "password1": "long-enough-99"})

    assert "Your exchange office opens your account" in page
    assert not User.objects.filter(email="new@home.example").exists()


def test_a_person_without_password_chooses_one_by_mail(client: Client) -> None:
    user = UserFactory.create(email="new@home.example")
    user.set_unusable_password()
    user.save()

    answer = client.post("/accounts/password/reset/", {"email": "New@home.example"}, follow=True)
    assert "Look at your email" in answer.content.decode()
    [message] = mail.outbox
    assert message.subject == "Choose your password for Sojourn"
    assert message.to == ["new@home.example"]
    assert "If it was not you, do nothing" in message.body

    [link] = re.findall(r"https?://[^/]+(/accounts/password/reset/key/\S+)", str(message.body))
    form = client.get(link, follow=True)
    assert "Choose a new password" in form.content.decode()
    address = form.redirect_chain[-1][0]
    too_short = client.post(address, {"password1": "short", "password2": "short"})
    assert "Something needs your attention" in too_short.content.decode()
    done = client.post(
        address, {"password1": "a-harbour-at-dawn", "password2": "a-harbour-at-dawn"}, follow=True
    )
    assert "Your new password is saved" in done.content.decode()
    assert sign_in(client, "new@home.example", "a-harbour-at-dawn") == "/start/"


def test_a_used_link_says_so(client: Client, participant: User) -> None:
    page = client.get("/accounts/password/reset/key/1-set-password/").content.decode()

    assert "This link no longer works" in page
    assert "Get a new link" in page


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client) -> None:
    answer = client.post("/accounts/password/reset/", {"email": "no@home.example"}, follow=True)

    assert "Look at your email" in answer.content.decode()
    assert mail.outbox == []


def test_changing_the_password_needs_the_old_one(client: Client, participant: User) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    new = {"password1": "a-harbour-at-dawn", "password2": "a-harbour-at-dawn"}

    refused = client.post("/accounts/password/change/", {"oldpassword": "wrong", **new})
    assert "This is not your password now" in refused.content.decode()
    client.post("/accounts/password/change/", {"oldpassword": "password", **new})
    assert User.objects.get(pk=participant.pk).check_password("a-harbour-at-dawn")


def test_a_new_address_counts_once_it_is_confirmed(client: Client, participant: User) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    old = participant.email

    page = client.post(
        "/accounts/email/", {"email": "Other@home.example", "action_add": ""}, follow=True
    ).content.decode()
    assert "Waiting for your confirmation" in page
    assert " style=" not in page
    participant.refresh_from_db()
    assert participant.email == old

    body = next(one.body for one in mail.outbox if one.to == ["other@home.example"])
    [link] = re.findall(r"https?://[^/]+(/accounts/confirm-email/\S+)", str(body))
    assert "From now on you sign in with other@home.example" in client.get(link).content.decode()
    client.post(link)
    participant.refresh_from_db()
    assert participant.email == "other@home.example"


def test_the_cms_has_no_sign_in_of_its_own(client: Client) -> None:
    response = client.get("/admin/login/", {"next": "/admin/pages/"})

    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=%2Fadmin%2Fpages%2F"
    assert client.get("/admin/password_reset/").status_code == 404


def test_the_cms_leads_a_participant_home_and_says_why(client: Client, participant: User) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")

    response = client.get("/admin/pages/", follow=True)

    assert [address for address, _ in response.redirect_chain] == [
        "/accounts/login/?next=/admin/pages/",
        "/start/",
        "/my/",
    ]
    assert "You do not have permission to access the admin" in response.content.decode()


def test_a_second_wish_replaces_the_first_and_not_the_address_in_use(
    client: Client, participant: User
) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    old = participant.email

    for email in ("first@home.example", "second@home.example"):
        page = client.post("/accounts/email/", {"email": email, "action_add": ""}, follow=True)
    assert "second@home.example" in page.content.decode()
    assert "first@home.example" not in page.content.decode()
    assert User.objects.get(pk=participant.pk).email == old

    client.post("/accounts/email/", {"email": "second@home.example", "action_remove": ""})
    assert "Waiting for your confirmation" not in client.get("/accounts/email/").content.decode()
    assert User.objects.get(pk=participant.pk).email == old


def test_the_address_of_somebody_else_cannot_be_taken(
    client: Client, participant: User, trainer: User
) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")

    page = client.post("/accounts/email/", {"email": trainer.email, "action_add": ""})

    assert "This address cannot be used" in page.content.decode()
    assert mail.outbox == []


def test_an_address_that_went_to_somebody_else_meanwhile_is_not_confirmed(
    client: Client, participant: User
) -> None:
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    old = participant.email
    client.post("/accounts/email/", {"email": "wish@home.example", "action_add": ""})
    UserFactory.create(email="wish@home.example")
    body = next(one.body for one in mail.outbox if one.to == ["wish@home.example"])
    [link] = re.findall(r"https?://[^/]+(/accounts/confirm-email/\S+)", str(body))

    page = client.post(link, follow=True).content.decode()

    assert "Somebody else uses wish@home.example" in page
    assert User.objects.get(pk=participant.pk).email == old
