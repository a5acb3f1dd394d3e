"""A real Chromium against a live server; each test starts from the migrated database."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from people.models import User

HERE = Path(__file__).parent
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not item.path.is_relative_to(HERE):
            continue
        item.add_marker(pytest.mark.browser)
        # Tests of access share one site; see access/conftest.py.
        if not item.path.is_relative_to(HERE / "access"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The Chromium of SOJOURN_CHROMIUM, of the PATH, or Playwright's own."""
    program = os.environ.get("SOJOURN_CHROMIUM") or next(
        filter(None, map(shutil.which, PROGRAMS)), None
    )
    # Playwright's loop runs in this thread; Django's records are still read in turn.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def context(chromium: Browser, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A fresh browser profile whose addresses start at the live server."""
    context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A tab; the test fails if the page's own code does, or breaks the security policy."""
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda message: (
            troubles.append(message.text) if "Content Security Policy" in message.text else None
        ),
    )
    yield page
    assert troubles == []


@pytest.fixture
def sign_in(page: Page) -> Callable[[User], Page]:
    """Sign somebody in as they would themselves; test accounts' password is `password`."""

    def sign_in(user: User) -> Page:
        page.goto("/accounts/login/")
        page.fill("input[name=login]", user.email)
        page.fill("input[name=password]", "password")
        page.locator("form:has(input[name=password]) [type=submit]").click()
        page.wait_for_url(lambda address: "/accounts/login" not in address)
        return page

    return sign_in
