"""Pages on a phone, with large letters and with wide spacing: nothing is cut off or too small."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access.conftest import Open
from tests.browser.access.scenes import CMS, SITE, go, named
from tests.browser.access.world import World

PHONE = 360
NARROWEST = 320
FINGER = 44

# WCAG 1.4.12, as its understanding document has it.
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important }
p { margin-block-end: 2em !important }
"""
DOUBLED = "html { font-size: 200% !important }"

DRESS = """
rules => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(rules)
  document.adoptedStyleSheets = [sheet]
}
"""

# Words that do not fit into a box that hides what it cannot show.
CUT_OFF = """
() => [...document.querySelectorAll('body *')].filter(one => {
  const style = getComputedStyle(one)
  if (one.matches('.visually-hidden, .visually-hidden *, svg, svg *')) return false
  if (!one.textContent.trim() || !one.checkVisibility()) return false
  const hides = side => ['hidden', 'clip'].includes(style[side])
  return (hides('overflowX') && one.scrollWidth > one.clientWidth + 1)
    || (hides('overflowY') && one.scrollHeight > one.clientHeight + 1)
}).map(one => `${one.tagName} .${one.className}: ${one.textContent.trim().slice(0, 60)}`)
"""

# Whatever sticks out of the page, but what scrolls in a box of its own.
OVER_THE_EDGE = """
() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(one => {
    const { left, right } = one.getBoundingClientRect()
    return (right > innerWidth + 1 || left < -1) && one.checkVisibility()
  }).map(one => `${one.tagName} .${one.className}: ${one.textContent.trim().slice(0, 60)}`)
    .slice(0, 5)
"""

# What can be pressed and is smaller than a finger. Exempt, as WCAG 2.5.8 has it: links in a
# sentence, and what is not shown. The words of a choice belong to its target, a card to the
# link in its head.
TOO_SMALL = """
least => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary'
)].filter(one => one.checkVisibility() && !one.matches('.skip-link')).filter(one => {
  if (one.matches(':is(p, li, td, th, dd) a') && getComputedStyle(one).display === 'inline') {
    const around = one.closest('p, li, td, th, dd').textContent.trim()
    if (around.length > one.textContent.trim().length) return false
  }
  const whole = one.matches('[type=radio], [type=checkbox]') ? one.closest('label')
    : one.matches('.card--link :is(h2, h3) a') ? one.closest('.card--link') : one
  const box = (whole || one).getBoundingClientRect()
  return box.width && (box.height < least - 0.5 || box.width < least - 0.5)
}).map(one => {
  const { width, height } = one.getBoundingClientRect()
  return `${one.outerHTML.slice(0, 90)} is ${Math.round(width)} x ${Math.round(height)}`
})
"""


def sized(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})


@pytest.mark.parametrize("name", named(SITE))
def test_a_page_fits_a_phone_and_large_letters(open_as: Open, world: World, name: str) -> None:
    scene = named(SITE)[name]
    page = open_as(scene.who, viewport={"width": PHONE, "height": 640})
    go(page, world, scene)

    found = [f"over the edge: {one}" for one in page.evaluate(OVER_THE_EDGE)]
    found += [f"too small: {one}" for one in page.evaluate(TOO_SMALL, FINGER)]
    page.evaluate(DRESS, SPACED)
    spaced = page.evaluate(CUT_OFF) + page.evaluate(OVER_THE_EDGE)
    found += [f"cut off when spaced: {one}" for one in spaced]
    page.evaluate(DRESS, "")
    sized(page, NARROWEST)
    found += [f"over the edge at 320 px: {one}" for one in page.evaluate(OVER_THE_EDGE)]
    sized(page, 2 * NARROWEST)
    page.evaluate(DRESS, DOUBLED)
    doubled = page.evaluate(CUT_OFF) + page.evaluate(OVER_THE_EDGE)
    found += [f"cut off when doubled: {one}" for one in doubled]

    assert not found, "\n".join(found)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_screen_of_the_catalogue_shows_a_module(
    open_as: Open, world: World, scripts: bool
) -> None:
    """The filter is folded there and unfolds; where there is room it stands open."""
    page = open_as("busy", viewport={"width": PHONE, "height": 640}, java_script_enabled=scripts)
    go(page, world, named(SITE)["catalogue"])
    fold = page.locator("main details > summary")

    expect(page.locator("main h2 a").first).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("Destination")).to_be_hidden()
    fold.click()
    page.get_by_label("When").select_option("before")
    page.get_by_role("main").get_by_role("button", name="Show").click()
    expect(fold).to_contain_text("Before the stay")

    page.set_viewport_size({"width": 1280, "height": 640})
    expect(fold).to_be_hidden()
    expect(page.get_by_label("Destination")).to_be_visible()


@pytest.mark.parametrize("name", named(CMS))
def test_a_page_of_the_cms_fits_a_phone(open_as: Open, world: World, name: str) -> None:
    scene = named(CMS)[name]
    page = open_as(scene.who, viewport={"width": PHONE, "height": 640})
    go(page, world, scene)

    found = page.evaluate(OVER_THE_EDGE)
    assert not found, "\n".join(found)


def test_a_page_that_is_too_wide_is_found(open_as: Open) -> None:
    """The measures see what they are for."""
    page = open_as("visitor", viewport={"width": PHONE, "height": 640})
    page.goto("/")
    page.evaluate(DRESS, ".brand { min-inline-size: 30rem } .button { min-block-size: 0 }")

    assert page.evaluate(OVER_THE_EDGE)
    page.evaluate(DRESS, "h1 { block-size: 1rem; overflow: hidden } .brand { block-size: 2rem }")
    assert page.evaluate(CUT_OFF)
    page.evaluate(DRESS, ".button { min-block-size: 0 !important; padding: 0 !important }")
    assert page.evaluate(TOO_SMALL, FINGER)
