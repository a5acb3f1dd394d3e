"""Take the pictures of docs/pictures from a demo that is running.

    make run PORT=8000                        in one terminal
    .venv/bin/python -m scripts.pictures http://127.0.0.1:8000 PASSWORD     in another

Signs in as each demo account, follows the links that a person would follow, and
photographs what stands there: wide in light and dark, on a phone of 360 px, and in
Arabic. It answers a quiz as the student, so take the pictures from a demo of their own.
"""

import argparse
import os
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from scripts.chromium import find

PICTURES = Path("docs/pictures")
QUIZ = Path("home/course/content/quizzes/communication.toml")
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=780)
COLOURS = 192
VISITOR = ""

Go = Callable[[Page], object]


class Look(NamedTuple):
    name: str
    size: ViewportSize
    scheme: Literal["light", "dark"] = "light"
    language: str = "en"


LOOKS = (
    Look("light", WIDE),
    Look("dark", WIDE, scheme="dark"),
    Look("phone", PHONE),
    Look("arabic", WIDE, language="ar"),
)


def path(address: str) -> Go:
    return lambda page: page.goto(address)


def follow(address: str, link: str) -> Go:
    """Open the address, then the first link in its main part that the selector finds."""

    def go(page: Page) -> None:
        page.goto(address)
        page.locator(f"main {link}").first.click()

    return go


def open_quiz(page: Page) -> None:
    """The quiz of five situations, before it is begun."""
    page.goto("/learn/communication-styles/")
    page.locator("main a[href*='/quizzes/']").first.click()


def open_question(page: Page) -> None:
    """Start the quiz, or go on with it."""
    open_quiz(page)
    page.locator("main form button").first.click()
    page.locator("main input[type=radio]").first.check()


@cache
def best_answers() -> list[str]:
    """The strongest answer to each situation, as its author wrote it down."""
    questions = tomllib.loads(QUIZ.read_text())["questions"]
    return [max(one["options"], key=lambda option: option["points"])["text"] for one in questions]


def choose_the_best(page: Page) -> None:
    page.locator("main input[type=radio]").first.check()
    for text in best_answers():
        option = page.locator("main").get_by_label(text)
        if option.count():
            option.first.check()


def answer_everything(page: Page) -> None:
    open_question(page)
    while page.locator("main input[type=radio]").count():
        choose_the_best(page)
        page.locator("main form[method=post] button:not([formaction])").first.click()


def submit(page: Page) -> None:
    answer_everything(page)
    page.locator("main form[method=post] button").last.click()


def of_quiz(part: str) -> Go:
    """A page in the CMS about the quiz that most people have taken."""

    def go(page: Page) -> None:
        page.goto("/admin/bank/quizzes/?q=Communication")
        page.locator("main table td a", has_text="five situations").first.click()
        page.locator(f"main a[href*='/{part}/']").first.click()

    return go


EXCHANGE = follow("/admin/departures/?q=Saimaanranta", "table td a")


def open_placement(page: Page) -> None:
    EXCHANGE(page)
    page.locator(".rd-matrix tbody th a").first.click()


SCENES: dict[str, tuple[tuple[str, Go], ...]] = {
    VISITOR: (
        ("front", path("/")),
        ("sign-in", path("/accounts/login/")),
        ("accessibility", path("/accessibility/")),
    ),
    "student": (
        ("student", path("/my/")),
        ("catalogue", path("/learn/")),
        ("module", path("/learn/communication-styles/")),
        ("lesson", path("/learn/communication-styles/a-first-message/")),
        ("search", path("/search/?query=message")),
        ("profile", path("/my/profile/")),
        ("quiz-start", open_quiz),
        ("quiz", open_question),
        ("check", answer_everything),
        ("result", submit),
    ),
    "faculty": (("faculty", path("/my/")),),
    "trainer": (
        ("trainer", path("/admin/teaching/")),
        ("marking", path("/admin/marking/")),
        ("results", of_quiz("attempts")),
        ("analysis", of_quiz("analysis")),
        ("styleguide", path("/styleguide/")),
    ),
    "coordinator": (
        ("coordinator", path("/admin/departures/")),
        ("report", EXCHANGE),
        ("placement", open_placement),
    ),
    "admin": (("administrator", path("/admin/")),),
}


def sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", f"{account}@sojourn.example")
    page.fill("input[name=password]", password)
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def compress(picture: Path) -> None:
    """Few colours, and the rare ones among them: the one stop in amber must not turn grey."""
    whole = Image.open(picture).convert("RGB")
    few = whole.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE)
    few.save(picture, optimize=True)


def photograph(browser: Browser, options: argparse.Namespace, look: Look) -> None:
    for account, scenes in SCENES.items():
        wanted = [scene for scene in scenes if not options.only or scene[0] in options.only]
        if not wanted:
            continue
        context = browser.new_context(
            base_url=options.base,
            viewport=look.size,
            color_scheme=look.scheme,
            locale=look.language,
            reduced_motion="reduce",
        )
        page = context.new_page()
        if account != VISITOR:
            sign_in(page, account, options.password)
        for name, go in wanted:
            go(page)
            page.wait_for_load_state("networkidle")
            picture = options.into / f"{name}-{look.name}.png"
            page.screenshot(path=picture, full_page=options.whole)
            compress(picture)
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base", help="the running demo, such as http://127.0.0.1:8000")
    parser.add_argument("password", help="the demo accounts' password, which `make run` prints")
    parser.add_argument("--look", choices=[look.name for look in LOOKS], action="append")
    parser.add_argument("--only", action="append", default=[], help="the name of one scene")
    parser.add_argument("--into", type=Path, default=PICTURES, help="the folder, docs/pictures")
    parser.add_argument("--whole", action="store_true", help="whole pages, to look at closely")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("SOJOURN_CHROMIUM") or find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for look in LOOKS:
            if not options.look or look.name in options.look:
                photograph(browser, options, look)
        browser.close()


if __name__ == "__main__":
    main()
