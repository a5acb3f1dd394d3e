"""Two-step sign-in: set up, used, lost, asked of staff."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django.fixtures import Settings

from people.adapters import secret_box
from people.models import User

pytestmark = pytest.mark.django_db
SECRET = re.compile(r'<code dir="ltr">([A-Z2-7]{16,})</code>')
NO_CREDENTIALS = (
    "{}", "[]", "1", '"x"', "nonsense", '{"id": "x"}', '{"id": 1, "rawId": 1, "response": 1}',
    '{"id": "eA", "rawId": "eA", "response": {}, "type": "public-key"}',
    '{"id": "eA", "rawId": "eA", "response": {"userHandle": null}, "type": "public-key"}',
)  # fmt: skip
SignIn = Callable[[User], Client]


def code_of(secret: str, *, steps: int = 0) -> str:
    """RFC 6238, as an app on a phone reckons it."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def password(client: Client, user: User, *, to: str = "") -> str:
    form = {"login": user.email, "password": "password", "next": to}
    return client.post("/accounts/login/", form).headers["Location"]


def confirm(client: Client, to: str) -> None:
    """Show once more who one is, as changes of sign-in ask."""
    client.post("/accounts/reauthenticate/", {"password": "password", "next": to})


def set_up_app(client: Client, user: User) -> str:
    """Turn the app on as a person does, and return the secret that the app keeps."""
    password(client, user)
    confirm(client, "/accounts/2fa/totp/activate/")
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    [secret] = SECRET.findall(page)
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return secret


def test_setting_up_asks_first_whether_it_is_the_person(client: Client, participant: User) -> None:
    password(client, participant)

    answer = client.get("/accounts/2fa/totp/activate/")

    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")


def test_the_app_is_set_up_by_picture_or_by_text(client: Client, participant: User) -> None:
    password(client, participant)
    confirm(client, "/accounts/2fa/totp/activate/")

    page = client.get("/accounts/2fa/totp/activate/").content.decode()

    assert "data:image/svg+xml;base64," in page
    assert SECRET.search(page)
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_turning_it_on_shows_recovery_codes(client: Client, participant: User) -> None:
    set_up_app(client, participant)

    page = client.get("/accounts/2fa/recovery-codes/").content.decode()

    assert len(re.findall(r"<li><code>\d{8}</code></li>", page)) == 10
    assert "10 codes are left." in page


def test_the_password_alone_lets_nobody_in_any_more(client: Client, participant: User) -> None:
    secret = set_up_app(client, participant)
    other = Client()

    assert password(other, participant, to="/my/profile/") == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in other.session
    page = other.get("/accounts/2fa/authenticate/").content.decode()
    assert "The second step" in page
    wrong = other.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert "A code holds for 30 seconds" in wrong
    # The code that was used to set the app up is spent.
    answer = other.post("/accounts/2fa/authenticate/", {"code": code_of(secret, steps=1)})
    assert answer.headers["Location"] == "/my/profile/"
    assert other.session["_auth_user_id"] == str(participant.pk)


def test_a_recovery_code_lets_in_once(client: Client, participant: User) -> None:
    set_up_app(client, participant)
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    code = re.findall(r"<code>(\d{8})</code>", page)[0]

    first, second = Client(), Client()
    for other in (first, second):
        password(other, participant)
        other.post("/accounts/2fa/authenticate/", {"code": code})

    assert "_auth_user_id" in first.session
    assert "_auth_user_id" not in second.session


def test_guessing_codes_is_slowed_down(client: Client, participant: User) -> None:
    secret = set_up_app(client, participant)
    other = Client()
    password(other, participant)

    for number in range(6):
        page = other.post("/accounts/2fa/authenticate/", {"code": f"{number:06}"})
    assert "Too many tries in a short time" in page.content.decode()
    other.post("/accounts/2fa/authenticate/", {"code": code_of(secret, steps=1)})
    assert "_auth_user_id" not in other.session


def test_the_secrets_are_not_stored_as_they_are(
    client: Client, participant: User, settings: Settings
) -> None:
    secret = set_up_app(client, participant)

    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored

    kept = secret_box().encrypt(b"kept")
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key"
    settings.SECRET_KEY_FALLBACKS = [old]
    assert secret_box().decrypt(kept) == b"kept"


def test_it_can_be_turned_off_again(client: Client, participant: User) -> None:
    set_up_app(client, participant)

    answer = client.post("/accounts/2fa/totp/deactivate/", follow=True)

    assert "Your authenticator app is off." in answer.content.decode()
    assert password(Client(), participant) == "/start/"


def test_passkeys_are_offered_at_sign_in_and_need_no_inline_script(client: Client) -> None:
    page = client.get("/accounts/login/")

    assert "Sign in with a passkey" in page.content.decode()
    assert 'autocomplete="username webauthn"' in page.content.decode()
    policy = page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    options = client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert options.json()["request_options"]["publicKey"]["challenge"]


def test_a_made_up_passkey_lets_nobody_in(client: Client) -> None:
    client.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})

    for credential in NO_CREDENTIALS:
        answer = client.post("/accounts/2fa/webauthn/login/", {"credential": credential})
        assert answer.headers["Location"] == "/accounts/login/"

    assert "_auth_user_id" not in client.session


def test_a_made_up_passkey_is_not_added(client: Client, participant: User) -> None:
    set_up_app(client, participant)

    for credential in NO_CREDENTIALS:
        client.get("/accounts/2fa/webauthn/add/")
        form = {"name": "Key", "credential": credential}
        assert client.post("/accounts/2fa/webauthn/add/", form).status_code == 200

    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()


def test_staff_are_told_quietly_until_they_have_it(client: Client, trainer: User) -> None:
    password(client, trainer)
    assert "Set up two-step sign-in" in client.get("/admin/").content.decode()

    set_up_app(client, trainer)

    assert "Set up two-step sign-in" not in client.get("/admin/").content.decode()


def test_an_institution_may_ask_it_of_staff(
    client: Client, trainer: User, settings: Settings
) -> None:
    settings.REQUIRE_TWO_STEP_FOR_STAFF = True
    password(client, trainer)

    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain == [("/accounts/2fa/", 302)]
    assert "Your institution asks for two-step sign-in" in answer.content.decode()

    set_up_app(client, trainer)
    assert client.get("/admin/").status_code == 200


def test_participants_are_never_asked_for_it(
    signed_in: SignIn, participant: User, settings: Settings
) -> None:
    settings.REQUIRE_TWO_STEP_FOR_STAFF = True

    assert signed_in(participant).get("/my/").status_code == 200


def test_who_lost_everything_is_helped_on_the_server(client: Client, participant: User) -> None:
    set_up_app(client, participant)
    mail.outbox.clear()

    call_command("turn_off_two_step", participant.email.upper())

    assert password(Client(), participant) == "/start/"
    assert [message.subject for message in mail.outbox] == ["Two-step sign-in was turned off"]
    with pytest.raises(CommandError, match="has not set up"):
        call_command("turn_off_two_step", participant.email)
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("turn_off_two_step", "no@home.example")


@pytest.mark.parametrize(
    "page",
    [
        "/accounts/2fa/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/recovery-codes/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/reauthenticate/",
        "/accounts/reauthenticate/",
    ],
)
def test_every_page_is_in_our_design(client: Client, participant: User, page: str) -> None:
    set_up_app(client, participant)

    answer = client.get(page)

    assert answer.status_code == 200
    assert "css/tokens.css" in answer.content.decode()
    assert "site-head" in answer.content.decode()
    assert " style=" not in answer.content.decode()
    assert "placeholder=" not in answer.content.decode()
