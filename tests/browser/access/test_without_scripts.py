"""The whole of a participant's way without a line of JavaScript."""

from playwright.sync_api import expect

from tests.browser.access.conftest import VISITOR, Open
from tests.browser.access.way import assert_ready, lay
from tests.browser.access.world import World


def test_from_the_invitation_to_being_ready(open_as: Open, world: World) -> None:
    way = lay()
    page = open_as(VISITOR, java_script_enabled=False, viewport={"width": 360, "height": 780})

    page.goto(f"/accounts/invitation/{way.invitation}/")
    page.fill("input[name=password]", "a-harbour-at-dawn")
    page.get_by_role("button", name="Save the password and begin").click()

    page.get_by_role("link", name="Go on", exact=True).click()
    page.get_by_role("button", name="Mark as read and go on").click()

    page.get_by_role("button", name="Start").click()
    for _question in range(way.questions):
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("main").get_by_role("button", name="Submit").click()
    expect(page.get_by_role("main")).to_contain_text("100")

    page.goto("/my/")
    page.get_by_role("button", name="Yes, I declare that").first.click()
    assert_ready(page)


def test_the_language_changes_without_scripts(open_as: Open) -> None:
    page = open_as(VISITOR, java_script_enabled=False)
    page.goto("/accounts/login/")
    page.locator("button[lang=ar]").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
