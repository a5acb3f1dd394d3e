"""Another site is asked for nothing until somebody presses the button."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from modules.blocks.embedding import EmbeddedVideoBlock
from people.models import User
from tests.factories.modules import LessonPageFactory


def test_the_player_comes_after_a_click(sign_in: Callable[[User], Page], participant: User) -> None:
    block = EmbeddedVideoBlock()
    value = block.get_prep_value(block.get_preview_value())
    lesson = LessonPageFactory.create(body=[{"type": "embedded_video", "value": value}])
    asked: list[str] = []
    page = sign_in(participant)

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<!doctype html><title>Player</title>", content_type="text/html")

    page.route(lambda address: "vimeo" in address, answer)
    page.goto(lesson.url)
    button = page.get_by_role("button", name="Load the video from Vimeo")
    expect(button).to_be_visible()
    assert asked == []

    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("iframe[title='How a seminar begins']")).to_be_focused()
    expect(button).to_be_hidden()
    page.wait_for_timeout(300)
    assert asked == ["https://player.vimeo.com/video/76979871?dnt=1"]
