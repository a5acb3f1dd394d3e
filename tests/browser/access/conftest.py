"""One rich site and one server for all tests of access; nothing is built again between tests.

These tests look at pages and hardly change them, so they share their records. Whatever
they did is gone afterwards, and the database is as the migrations made it.
"""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from people.models import User
from tests.browser.access.world import World, build

VISITOR = "visitor"
Open = Callable[..., Page]


def _begin_again() -> None:
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    connection.creation.deserialize_db_from_string(
        connection._test_serialized_contents  # type: ignore[attr-defined]  # set by the runner.
    )


@pytest.fixture(scope="session")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        _begin_again()
        cache.clear()
        yield build()
        _begin_again()


@pytest.fixture(scope="session")
def server(world: World) -> Iterator[str]:
    """The address of the site."""
    server = LiveServer("localhost")
    yield server.url
    server.stop()


@pytest.fixture(scope="session")
def sessions(world: World) -> dict[str, str]:
    """Everybody's session key; the visitor has none."""
    found = {}
    for name, user in world.people.items():
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def speak(user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


@pytest.fixture
def open_as(
    chromium: Browser, server: str, world: World, sessions: dict[str, str]
) -> Iterator[Open]:
    """Open a browser as one of the people, with the options of Playwright's contexts."""
    contexts: list[BrowserContext] = []

    def open_as(name: str, *, language: str = "en", **options: object) -> Page:
        options = {"reduced_motion": "reduce", "locale": language} | options
        context = chromium.new_context(base_url=server, **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if name != VISITOR:
            cookies[settings.SESSION_COOKIE_NAME] = sessions[name]
            speak(world.people[name], language)
        context.add_cookies(
            [{"name": key, "value": value, "url": server} for key, value in cookies.items()]
        )
        return context.new_page()

    yield open_as
    for context in contexts:
        context.close()
