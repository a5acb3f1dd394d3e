"""Components that scripts make handier: the dialog that asks, and the tabs."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.factories.people import TrainerFactory

SignIn = Callable[[User], Page]


def test_the_dialog_asks_before_signing_out(sign_in: SignIn, participant: User) -> None:
    page = sign_in(participant)
    ask = page.get_by_role("link", name="Sign out")
    dialog = page.get_by_role("dialog", name="Sign out?")

    ask.click()
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(ask).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    assert page.url.endswith("/my/")

    ask.click()
    dialog.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_tabs_are_moved_by_arrows_and_named_by_the_address(sign_in: SignIn) -> None:
    page = sign_in(TrainerFactory.create())
    page.goto("/styleguide/#standing")

    expect(page.get_by_role("tab", selected=True)).to_have_text("How things stand")
    expect(page.get_by_role("tabpanel")).to_have_count(1)
    page.get_by_role("tab", selected=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Ways about")).to_be_focused()
    expect(page.get_by_role("tabpanel", name="Ways about")).to_be_visible()
    assert page.url.endswith("#about")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", selected=True)).to_have_text("Pictures of figures")


def test_from_right_to_left_the_arrows_turn_around(sign_in: SignIn) -> None:
    page = sign_in(TrainerFactory.create(language="ar"))
    page.goto("/styleguide/")
    tabs = page.get_by_role("tab")

    tabs.first.focus()
    page.keyboard.press("ArrowLeft")

    expect(tabs.nth(1)).to_be_focused()


def test_without_scripts_everything_is_there(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    trainer = TrainerFactory.create()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", trainer.email)
    page.fill("input[name=password]", "password")
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.goto("/styleguide/")

    expect(page.locator("tabbed-sections > section:visible")).to_have_count(6)
    page.get_by_role("link", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign out?")).to_be_visible()
    context.close()
