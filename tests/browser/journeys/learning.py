"""What a student does with the lesson that has every block, with scripts and without."""

from playwright.sync_api import Locator, Page, expect

from people.models import User
from tests.browser.journeys.every_block import FILES, QUIZ

ANSWER = "When I had to ask twice."


def sign_in_to(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", "password")
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def open_lesson(page: Page, *, module: str, lesson: str) -> None:
    """Find the way from the catalogue into the lesson."""
    page.goto("/learn/")
    page.get_by_role("main").get_by_role("link", name=module).first.click()
    page.get_by_role("link", name=f"Start: {lesson}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(lesson)


def load_every_file(page: Page) -> None:
    """Fetch each recording, caption and download that the lesson names, as this person."""
    named = page.locator("[data-part] [src^='/documents/'], [data-part] a[href^='/documents/']")
    files = {one.get_attribute("src") or one.get_attribute("href") or "" for one in named.all()}
    assert len(files) == len(FILES)
    assert {page.request.get(file).status for file in files} == {200}


def ticks(page: Page) -> Locator:
    return page.locator(".checklist--boxes").get_by_role("checkbox")


def walk_the_scenario(page: Page) -> None:
    """Choose twice as a reader does, and come to an end."""
    end = page.get_by_role("heading", name="What to take from it").last
    story = page.locator(".branching")
    expect(story.get_by_role("heading", name="How it ends")).to_be_hidden()
    story.get_by_text("Could we take a later train").click()
    story.get_by_role("link", name="See what happens next").click()
    expect(story.get_by_role("heading", name="How it ends")).to_be_visible()
    expect(end).to_be_visible()


def answer_the_reflection(page: Page) -> None:
    page.get_by_label("Your answer").fill(ANSWER)
    page.get_by_role("button", name="Keep in my journal").click()
    expect(page.get_by_role("main")).to_contain_text("Kept in your journal.")
    expect(page.get_by_label("Your answer")).to_have_value(ANSWER)


def take_the_check(page: Page) -> None:
    """Answer the quiz of the knowledge check rightly, and come back to the lesson."""
    lesson = page.url
    page.get_by_role("link", name=QUIZ).click()
    page.get_by_role("button", name="Start").click()
    for _question in (1, 2):
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("main").get_by_role("button", name="Submit").click()
    expect(page.get_by_role("main")).to_contain_text("100")
    page.goto(lesson)


def go_on(page: Page, *, module: str) -> None:
    """Mark the lesson as read: it was the last step of its module."""
    page.get_by_role("button", name="Mark as read and go on").click()
    expect(page.get_by_role("main")).to_contain_text(f"You have completed “{module}”.")
    expect(page.get_by_role("main")).to_contain_text("You completed this module on")


def stop_and_come_back(page: Page, *, at: str, module: str, lesson: str) -> None:
    """Read as far as the part with these words, leave, and find the place again."""
    part = page.locator("[data-part]").filter(has_text=at).first
    place = f"#{part.get_attribute('id')}"
    part.evaluate("part => part.scrollIntoView()")
    page.wait_for_timeout(300)
    page.goto("/learn/")
    page.get_by_role("main").get_by_role("link", name=module).first.click()
    page.get_by_role("link", name=f"Go on: {lesson}").click()
    assert page.url.endswith(place)
    expect(part).to_be_in_viewport()
