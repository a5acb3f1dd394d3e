"""Everything is done with the keyboard, and one always sees where one is."""

from itertools import groupby

import pytest
from playwright.sync_api import expect

from exchanges.models import Exchange
from tests.browser.access.conftest import VISITOR, Open
from tests.browser.access.keyboard import ACTIVE, MOST_STOPS, Keyboard
from tests.browser.access.scenes import SITE, go, named
from tests.browser.access.way import assert_ready, lay
from tests.browser.access.world import World


def test_from_the_invitation_to_being_ready(open_as: Open, world: World) -> None:
    way = lay()
    page = open_as(VISITOR, viewport={"width": 1024, "height": 700})
    hands = Keyboard(page)

    page.goto(f"/accounts/invitation/{way.invitation}/")
    hands.to("password")
    page.keyboard.type("a-harbour-at-dawn")
    hands.press("Save the password and begin")

    hands.press("Go on")
    hands.press("Mark as read and go on")

    hands.press("Start")
    for _question in range(way.questions):
        hands.to("option")
        page.keyboard.press("Space")
        hands.press("Save and continue")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    hands.press("Submit")
    expect(page.get_by_role("main")).to_contain_text("100")

    hands.press("My exchange")
    hands.press("Yes, I declare that")
    assert_ready(page)
    assert not hands.troubles, "\n".join(hands.troubles)


def test_a_coordinator_finds_an_exchange_and_a_person_on_it(open_as: Open, world: World) -> None:
    exchange = Exchange.objects.get(uuid=world.addresses["exchange"])
    page = open_as("coordinator", viewport={"width": 1280, "height": 1000})
    hands = Keyboard(page)

    page.goto("/admin/departures/")
    hands.skip("Skip to main content")
    hands.press("Somebody not ready")
    hands.skip("Skip to main content")
    hands.press(exchange.host.name)
    person = page.locator(".rd-matrix tbody th a").first.inner_text()
    hands.skip("Skip to main content")
    hands.press(person)

    expect(page.get_by_role("heading", level=1)).to_contain_text(person)
    expect(page.get_by_role("region", name="Requirements")).to_be_visible()
    assert not hands.troubles, "\n".join(hands.troubles)


@pytest.mark.parametrize("name", [scene.name for scene in SITE if scene.status == 200])
def test_the_focus_goes_through_a_page_in_its_order(open_as: Open, world: World, name: str) -> None:
    """The skip link is first, nothing holds the focus, and no stop comes before an earlier one."""
    page = open_as(named(SITE)[name].who)
    go(page, world, named(SITE)[name])
    page.evaluate("document.activeElement.blur()")
    stops = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(ACTIVE)
        if stop is None:
            break
        stops.append(stop)
    else:
        pytest.fail(f"The focus does not leave the page: {stops[-3:]}")

    # The buttons of a player share its place.
    places = [place for place, _stops in groupby(stop["index"] for stop in stops)]
    assert places == sorted(set(places))
    if named(SITE)[name].deed is None:
        assert stops[0]["name"] == "Skip to content"


def test_the_skip_link_leads_past_the_navigation(open_as: Open, world: World) -> None:
    page = open_as("busy")
    go(page, world, named(SITE)["my exchange, busy"])
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_form_that_was_refused_says_so_and_leads_to_its_fields(open_as: Open) -> None:
    page = open_as(VISITOR)
    page.goto("/accounts/password/reset/")
    page.locator("main form").evaluate("form => { form.noValidate = true }")
    page.locator("main form").get_by_role("button").first.click()

    summary = page.get_by_role("alert")
    expect(summary).to_be_visible()
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.closest('main form') !== null")
