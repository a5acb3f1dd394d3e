"""Every page, whatever its state, is free of what axe can find.

How pages look hangs on language, colours and width. Loading is slow and asking is
not, so that a page is loaded once in each language and then recoloured and resized.
All rules are asked at each width in light colours; dark and forced colours change the
answer of no other rule than those about colour, and so only these are asked again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page

from tests.browser.access.axe import OF_COLOUR, violations
from tests.browser.access.conftest import Open
from tests.browser.access.scenes import CMS, SITE, go, named
from tests.browser.access.test_small_screens import OVER_THE_EDGE
from tests.browser.access.world import World

WIDTHS = (360, 768, 1280)
HEIGHT = 900


@contextmanager
def recoloured(page: Page, scheme: str) -> Iterator[None]:
    if scheme == "forced":
        page.emulate_media(forced_colors="active")
    else:
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    yield
    page.emulate_media(color_scheme="light", forced_colors="none")


def found_on(page: Page) -> list[str]:
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += [f"light, {width} px: {one}" for one in violations(page)]
        if width == 768:
            continue  # what is coloured there is coloured so at one of the other widths.
        for scheme in ("dark", "forced"):
            with recoloured(page, scheme):
                problems = violations(page, rules=OF_COLOUR)
            found += [f"{scheme}, {width} px: {one}" for one in problems]
    return found


@pytest.mark.parametrize("name", named(SITE))
def test_a_page_of_the_site_has_nothing_that_axe_finds(
    open_as: Open, world: World, name: str
) -> None:
    scene = named(SITE)[name]
    page = open_as(scene.who, viewport={"width": 1280, "height": HEIGHT})
    go(page, world, scene)

    found = found_on(page)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", named(SITE))
def test_a_page_has_nothing_that_axe_finds_from_right_to_left(
    open_as: Open, world: World, name: str
) -> None:
    scene = named(SITE)[name]
    page = open_as(scene.who, language="ar", viewport={"width": 360, "height": HEIGHT})
    go(page, world, scene)

    assert page.locator("html").get_attribute("dir") == "rtl"
    found = violations(page)
    assert not found, "\n".join(found)


# Words are longest in Spanish: the pages that everybody comes by, where there is least room.
IN_SPANISH = (
    "sign in", "my exchange, busy", "catalogue", "module", "lesson", "quiz, new", "question",
    "check answers", "result, not passed", "profile",
)  # fmt: skip


@pytest.mark.parametrize("name", IN_SPANISH)
def test_a_page_has_nothing_that_axe_finds_in_spanish(
    open_as: Open, world: World, name: str
) -> None:
    scene = named(SITE)[name]
    page = open_as(scene.who, language="es", viewport={"width": 360, "height": HEIGHT})
    go(page, world, scene)

    assert page.locator("html").get_attribute("lang") == "es"
    assert page.evaluate(OVER_THE_EDGE) == []
    found = violations(page)
    assert not found, "\n".join(found)


# What is Wagtail's own on our pages, and what axe finds there: its editor of rich text and its
# field of tags have no name, and the button that folds all panels is pale in the dark.
OF_WAGTAIL = (".Draftail-Editor", ".tagit", ".w-minimap__collapse-all")


@pytest.mark.parametrize("name", named(CMS))
def test_a_page_of_the_cms_has_nothing_that_axe_finds(
    open_as: Open, world: World, name: str
) -> None:
    scene = named(CMS)[name]
    page = open_as(scene.who, viewport={"width": 1280, "height": HEIGHT})
    go(page, world, scene)
    page.wait_for_load_state("networkidle")

    found = [f"light: {one}" for one in violations(page, without=OF_WAGTAIL)]
    with recoloured(page, "dark"):
        problems = violations(page, rules=OF_COLOUR, without=OF_WAGTAIL)
    found += [f"dark: {one}" for one in problems]
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    found += [f"360 px: {one}" for one in violations(page, without=OF_WAGTAIL)]

    assert not found, "\n".join(found)
