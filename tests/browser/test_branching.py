"""A scenario is walked to its ends, with scripts and without, by mouse and by keyboard."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from modules.blocks.branching import BranchingScenarioBlock
from modules.models import LessonPage
from people.models import User
from tests.factories.modules import LessonPageFactory

SignIn = Callable[[User], Page]


def lesson_with_scenario() -> LessonPage:
    block = BranchingScenarioBlock()
    value = block.get_prep_value(block.get_preview_value())
    return LessonPageFactory.create(body=[{"type": "branching_scenario", "value": value}])


def shown(page: Page) -> list[str]:
    return page.locator(".scene:visible h3").all_inner_texts()


def test_the_way_so_far_stands_above_and_leads_back(sign_in: SignIn, participant: User) -> None:
    page = sign_in(participant)
    page.goto(lesson_with_scenario().url)
    end = page.get_by_role("heading", name="What to take from it")

    assert shown(page) == ["How it begins"]
    expect(end).to_be_hidden()
    page.get_by_text("“Six it is.”").click()
    expect(end).to_be_visible()
    expect(page.get_by_text("Ends that you have seen: 1 of 2")).to_be_visible()

    page.get_by_text("Could we take a later train").focus()
    page.keyboard.press("Enter")
    expect(end).to_be_hidden()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="How it ends")).to_be_focused()
    assert shown(page) == ["How it ends"]
    expect(page.get_by_text("Ends that you have seen: 2 of 2")).to_be_visible()

    way = page.get_by_role("navigation", name="Your way so far")
    way.get_by_role("link", name="“I am worn out.").click()
    assert shown(page) == ["How it begins"]
    expect(way).to_be_hidden()


@pytest.fixture
def plain(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport={"width": 360, "height": 780},
    )
    yield context.new_page()
    context.close()


def test_without_scripts_the_address_names_the_scene(plain: Page, participant: User) -> None:
    plain.goto("/accounts/login/")
    plain.fill("input[name=login]", participant.email)
    plain.fill("input[name=password]", "password")
    plain.locator("form:has(input[name=password]) [type=submit]").click()
    plain.goto(lesson_with_scenario().url)
    end = plain.get_by_role("heading", name="What to take from it")

    assert shown(plain) == ["How it begins"]
    expect(end).to_be_hidden()
    plain.get_by_text("Could we take a later train").click()
    plain.get_by_role("link", name="See what happens next").click()
    assert shown(plain) == ["How it ends"]
    expect(end).to_be_visible()
    plain.get_by_role("link", name="Begin again and choose otherwise").click()
    assert shown(plain) == ["How it begins"]
