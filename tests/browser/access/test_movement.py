"""Nothing moves for those who asked that nothing moves."""

import pytest
from playwright.sync_api import Page

from tests.browser.access.conftest import Open
from tests.browser.access.scenes import SITE, go, named
from tests.browser.access.world import World

MOVING = "document.getAnimations().filter(one => one.playState === 'running').length"
PRESSABLE = "main a, main button, main summary, main .choice, .site-nav a, .brand"


def point_at_everything(page: Page) -> int:
    """How much is moving at most while the pointer goes over what can be pressed."""
    most: int = page.evaluate(MOVING)
    for one in page.locator(PRESSABLE).all()[:12]:
        if one.is_visible():
            one.hover()
            most = max(most, page.evaluate(MOVING))
    return most


@pytest.mark.parametrize(
    "name",
    ["front door", "my exchange, busy", "catalogue", "module", "lesson", "question",
     "result, not passed", "profile"],
)  # fmt: skip
def test_nothing_moves_for_those_who_do_not_want_it(open_as: Open, world: World, name: str) -> None:
    scene = named(SITE)[name]
    page = open_as(scene.who, reduced_motion="reduce")
    go(page, world, scene)

    assert point_at_everything(page) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_others_see_colours_change(open_as: Open) -> None:
    page = open_as("visitor", reduced_motion="no-preference")
    page.goto("/")

    assert point_at_everything(page) > 0
