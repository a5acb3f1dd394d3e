"""Take the pictures of docs/pictures from a demo that is running.

    make run PORT=8000                        in one terminal
    .venv/bin/python -m scripts.pictures http://127.0.0.1:8000 PASSWORD     in another

Signs in as each demo account, follows the links that a person would follow, and
photographs what stands there: wide in light and dark, and on a phone of 360 px.
It starts a quiz as the student, so take the pictures from a demo of their own.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from scripts.chromium import find

PICTURES = Path("docs/pictures")
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=360, height=780)
LOOKS: tuple[tuple[str, ViewportSize, Literal["light", "dark"]], ...] = (
    ("light", WIDE, "light"),
    ("dark", WIDE, "dark"),
    ("phone", PHONE, "light"),
)


def open_exchange(page: Page) -> None:
    page.goto("/admin/departures/?q=Saimaanranta")
    page.locator("main table a").first.click()


def open_lesson(page: Page) -> None:
    page.goto("/learn/communication-styles/")
    page.get_by_role("link", name="A first message").first.click()


def open_question(page: Page) -> None:
    page.goto("/learn/communication-styles/")
    page.locator("main a[href*='/quizzes/']").first.click()
    page.locator("main form button").first.click()


def path(address: str) -> Callable[[Page], object]:
    return lambda page: page.goto(address)


SCENES: dict[str, tuple[tuple[str, Callable[[Page], object]], ...]] = {
    "student": (
        ("student", path("/my/")),
        ("catalogue", path("/learn/")),
        ("lesson", open_lesson),
        ("quiz", open_question),
    ),
    "faculty": (("faculty", path("/my/")),),
    "trainer": (("trainer", path("/admin/teaching/")),),
    "coordinator": (("coordinator", path("/admin/departures/")), ("report", open_exchange)),
    "admin": (("administrator", path("/admin/")),),
}


def sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=login]", f"{account}@sojourn.example")
    page.fill("input[name=password]", password)
    page.locator("form:has(input[name=password]) [type=submit]").click()
    page.wait_for_url(lambda address: "/accounts/login" not in address)


def photograph(browser: Browser, base: str, password: str) -> None:
    for look, size, scheme in LOOKS:
        for account, scenes in SCENES.items():
            context = browser.new_context(base_url=base, viewport=size, color_scheme=scheme)
            page = context.new_page()
            sign_in(page, account, password)
            for name, go in scenes:
                go(page)
                page.wait_for_load_state("networkidle")
                page.screenshot(path=PICTURES / f"{name}-{look}.png")
            context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base", help="the running demo, such as http://127.0.0.1:8000")
    parser.add_argument("password", help="the demo accounts' password, which `make run` prints")
    options = parser.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    program = os.environ.get("SOJOURN_CHROMIUM") or find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        photograph(browser, options.base, options.password)
        browser.close()


if __name__ == "__main__":
    main()
