"""The time that is left: told aloud three times and no more, hidden by whoever wants that."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from people.models import User
from quizzes.attempts import start
from quizzes.models import Attempt
from tests.factories.quizzes import PublishedQuizFactory

LISTEN = """
timer => {
  const told = timer.querySelector('[role=status]')
  window.heard = []
  new MutationObserver(() => window.heard.push(told.textContent))
    .observe(told, { childList: true, characterData: true, subtree: true })
}
"""


@pytest.fixture
def timed(participant: User) -> Attempt:
    """An attempt of 20 minutes that has just begun."""
    quiz = PublishedQuizFactory.create(time_limit=20)
    return start(quiz=quiz, participant=participant, at=timezone.now())


def test_time_is_told_at_half_at_five_minutes_and_at_one(
    page: Page, sign_in: Callable[[User], Page], timed: Attempt
) -> None:
    page.clock.install()
    sign_in(timed.participant)
    page.goto(f"/quizzes/attempts/{timed.uuid}/1/")
    timer = page.locator("quiz-timer")
    expect(page.get_by_role("timer")).to_be_visible()
    timer.evaluate(LISTEN)

    for _minute in range(19):
        page.clock.run_for(60_000)
        page.wait_for_timeout(20)

    assert page.evaluate("window.heard") == [
        "Half of the time is over.",
        "Five minutes are left.",
        "One minute is left.",
    ]
    assert timer.get_by_role("timer").get_attribute("aria-live") is None


def test_whoever_wants_hides_the_time_and_still_hears_it(
    page: Page, sign_in: Callable[[User], Page], timed: Attempt
) -> None:
    timed.participant.hides_countdown = True
    timed.participant.save()
    sign_in(timed.participant)
    page.goto(f"/quizzes/attempts/{timed.uuid}/1/")
    shown = page.locator("quiz-timer .clock__left")

    expect(shown).to_be_hidden()
    page.get_by_role("button", name="Show the time left").click()
    expect(shown).to_be_visible()
    page.get_by_role("button", name="Hide it").click()
    expect(shown).to_be_hidden()
    expect(page.locator("quiz-timer [role=status]")).to_be_attached()
