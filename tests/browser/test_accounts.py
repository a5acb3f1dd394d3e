"""Accounts in a real browser: passkeys with a key of Chromium's own, and passwords that show."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Page, expect

from people import invitations
from people.models import User
from tests.factories.people import InvitedFactory, ParticipantFactory

SignIn = Callable[[User], Page]


@pytest.fixture
def key(page: Page) -> Iterator[None]:
    """A device in the browser that keeps passkeys and recognises its owner."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    protocol.detach()


def add_passkey(page: Page, *, alone: bool) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("input[name=password]", "password")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("My phone")
    if alone:
        page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    assert "Two-step sign-in: passkey added" in {message.subject for message in mail.outbox}


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda address: "/logout" not in address)


@pytest.mark.usefixtures("key")
def test_a_passkey_alone_signs_in(sign_in: SignIn) -> None:
    page = sign_in(ParticipantFactory.create())
    add_passkey(page, alone=True)
    sign_out(page)

    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/my/")
    expect(page.get_by_role("link", name="Profile")).to_be_visible()


@pytest.mark.usefixtures("key")
def test_a_passkey_is_the_second_step_after_the_password(sign_in: SignIn) -> None:
    user = ParticipantFactory.create()
    page = sign_in(user)
    add_passkey(page, alone=False)
    sign_out(page)

    sign_in(user)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()

    page.wait_for_url("**/my/")


@pytest.mark.usefixtures("key")
def test_without_a_passkey_the_page_says_what_else_works(page: Page) -> None:
    page.goto("/accounts/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("or sign in with your password")).to_be_visible()


def test_an_invited_person_sees_what_they_type_and_comes_in(page: Page) -> None:
    user = InvitedFactory.create(first_name="Ana")
    [letter] = invitations.write([user], by=None, at=timezone.now())
    page.goto(f"/accounts/invitation/{letter.token}/")

    password = page.locator("input[name=password]")
    password.fill("a-harbour-at-dawn")
    page.get_by_role("button", name="Show password").click()
    expect(password).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(password).to_have_attribute("type", "password")
    page.get_by_role("button", name="Show password").click()
    page.get_by_role("button", name="Save the password and begin").click()

    page.wait_for_url("**/my/")
    expect(page.get_by_text(re.compile("Welcome, Ana"))).to_be_visible()
