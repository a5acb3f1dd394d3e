"""Hands on the keyboard only, and an eye on where the focus is."""

import io
from collections.abc import Iterator

from PIL import Image, ImageChops
from playwright.sync_api import Page, expect

MOST_STOPS = 80
RING = 6
CONTRAST = 3.0
# Milliseconds between two keys: Wagtail's calendar opens a moment after its field has the focus.
PACE = 150

ACTIVE = """
() => {
  const one = document.activeElement
  if (!one || one === document.body) return null
  const { x, y, width, height } = (one.closest('label') || one).getBoundingClientRect()
  return {
    name: (one.getAttribute('aria-label') || one.innerText || one.name || one.tagName).trim(),
    box: { x, y, width, height },
    index: [...document.querySelectorAll('*')].indexOf(one),
  }
}
"""

# In the middle and near each corner nothing lies over what has the focus.
UNCOVERED = """
() => {
  const one = document.activeElement
  const whole = one.closest('label') || one
  const box = whole.getBoundingClientRect()
  const inset = Math.min(3, box.width / 4, box.height / 4)
  const across = [box.left + inset, box.left + box.width / 2, box.right - inset]
  const down = [box.top + inset, box.top + box.height / 2, box.bottom - inset]
  const points = [[0, 0], [2, 0], [0, 2], [2, 2], [1, 1]].map(([i, j]) => [across[i], down[j]])
  return points.every(([x, y]) => {
    const top = document.elementFromPoint(x, y)
    return top && (whole.contains(top) || top.contains(whole))
  })
}
"""


def luminance(colour: tuple[int, ...]) -> float:
    channels = [part / 255 for part in colour[:3]]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def pixels(picture: Image.Image) -> Iterator[tuple[int, ...]]:
    colours = iter(picture.tobytes())
    return zip(colours, colours, colours, strict=True)


def strongest_change(before: bytes, after: bytes) -> float:
    """The greatest contrast of a pixel with itself before; 1 where nothing changed."""
    one, other = (Image.open(io.BytesIO(data)).convert("RGB") for data in (before, after))
    changed = ImageChops.difference(one, other).getbbox()
    if changed is None:
        return 1.0
    pairs = zip(pixels(one.crop(changed)), pixels(other.crop(changed)), strict=True)
    found = 1.0
    for old, new in set(pairs):
        darker, lighter = sorted((luminance(old), luminance(new)))
        found = max(found, (lighter + 0.05) / (darker + 0.05))
    return found


class Keyboard:
    """Presses keys and keeps what was wrong at any stop on the way in `troubles`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        self.stops: list[str] = []

    def tab(self) -> str:
        """Go on by one stop, look at it closely, and return its name."""
        self.page.wait_for_timeout(PACE)
        self.page.keyboard.press("Tab")
        stop = self.page.evaluate(ACTIVE)
        if stop is None:
            return ""
        self.stops.append(stop["name"])
        if not self.page.evaluate(UNCOVERED):
            self.troubles.append(f"{stop['name']} is covered on {self.page.url}")
        contrast = self._ring(stop["box"])
        if contrast < CONTRAST:
            self.troubles.append(f"{stop['name']} changes by {contrast:.1f} on {self.page.url}")
        return str(stop["name"])

    def _ring(self, box: dict[str, float]) -> float:
        clip = {
            "x": max(box["x"] - RING, 0),
            "y": max(box["y"] - RING, 0),
            "width": box["width"] + 2 * RING,
            "height": box["height"] + 2 * RING,
        }
        focused = self.page.screenshot(clip=clip)  # type: ignore[arg-type]
        self.page.evaluate("window.held = document.activeElement; window.held.blur()")
        plain = self.page.screenshot(clip=clip)  # type: ignore[arg-type]
        self.page.evaluate("window.held.focus({ preventScroll: true })")
        return strongest_change(plain, focused)

    def to(self, name: str) -> None:
        """Press Tab until what has the focus begins with that name."""
        for _stop in range(MOST_STOPS):
            if self.tab().startswith(name):
                return
        raise AssertionError(f"{name} is not reached; there were {self.stops[-MOST_STOPS:]}")

    def skip(self, name: str) -> None:
        """Follow the link that leads past the navigation."""
        self.to(name)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("main:focus, main :focus")).to_be_attached()

    def press(self, name: str, key: str = "Enter") -> None:
        self.to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
