"""In Arabic a page is the mirror of itself; that sheets name no side is in tests/home."""

import pytest
from playwright.sync_api import Page

from tests.browser.access.conftest import Open
from tests.browser.access.scenes import SITE, go, named
from tests.browser.access.world import World

WIDTH = 1280
# The middle of each thing, in parts of the page's width from the side where reading begins.
PLACES = """
selectors => Object.fromEntries(selectors.flatMap(selector => {
  const one = document.querySelector(selector)
  if (!one) return []
  const { left, width } = one.getBoundingClientRect()
  const middle = (left + width / 2) / innerWidth
  return [[selector, document.dir === 'rtl' ? 1 - middle : middle]]
}))
"""
MIRRORED = {
    "my exchange, busy": [".brand__mark", ".journey__head", ".journey__next", ".journey__stay"],
    "lesson": [".brand__mark", ".lesson__main", ".lesson__outline"],
    "module": [".brand__mark", ".split > :first-child", ".split > :last-child"],
    "question": [".brand__mark", ".choice input"],
    "front door": [".brand__mark", ".hero h1", ".hero__picture"],
}


def places(page: Page, selectors: list[str]) -> dict[str, float]:
    found: dict[str, float] = page.evaluate(PLACES, selectors)
    return found


@pytest.mark.parametrize("name", MIRRORED)
def test_a_page_is_the_mirror_of_itself(open_as: Open, world: World, name: str) -> None:
    scene, found = named(SITE)[name], {}
    for language in ("en", "ar"):
        page = open_as(scene.who, language=language, viewport={"width": WIDTH, "height": 900})
        go(page, world, scene)
        found[language] = places(page, MIRRORED[name])

    assert list(found["en"]) == MIRRORED[name]
    assert found["ar"] == pytest.approx(found["en"], abs=0.06)


def test_progress_grows_from_the_side_where_reading_begins(open_as: Open, world: World) -> None:
    page = open_as("busy", language="ar")
    go(page, world, named(SITE)["question"])

    assert page.locator("progress").first.evaluate("one => getComputedStyle(one).direction") == (
        "rtl"
    )
