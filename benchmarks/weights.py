"""What the pages of participants weigh, and how soon they stand, from a demo that is running.

    make run PORT=8000                                              in one terminal
    .venv/bin/python benchmarks/weights.py http://127.0.0.1:8000 PASSWORD      in another

Each page is opened in a headless Chromium with an empty cache, slowed down as SLOW says:
a phone of the middle range on a mobile network. Bytes are those of each file by gzip -9,
whatever the server sent. LCP and INP are medians of RUNS openings, CLS is the worst of
them. INP is the longest event after one press on what the page has to press. It answers a
quiz as the student, so weigh a demo of its own. The bytes are held by
tests/browser/access/test_weights.py; times are only told.
"""

import argparse
import gzip
import os
import statistics
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from scripts.chromium import find
from scripts.pictures import PHONE, SCENES, VISITOR, Go, path, sign_in

RUNS = 3
CPU = 4
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
BUDGETS = {"css": 25_000, "js": 12_000, "all": 100_000}
MEDIA = {"image", "media", "font"}
# Styles, words of the markup and code; drawings in SVG are markup, too.
KINDS = {"document": "html", "stylesheet": "css", "script": "js"}

WATCH = """
() => {
  window.seen = { lcp: 0, cls: 0, inp: 0 }
  const watch = (type, deed, more) =>
    new PerformanceObserver(list => list.getEntries().forEach(deed))
      .observe({ type, buffered: true, ...more })
  watch('largest-contentful-paint', one => { seen.lcp = one.startTime })
  watch('layout-shift', one => { if (!one.hadRecentInput) seen.cls += one.value })
  watch('event', one => { if (one.interactionId) seen.inp = Math.max(seen.inp, one.duration) },
        { durationThreshold: 16 })
}
"""
PRESSED = "main :is(summary, label.choice, h1)"


class Opening(NamedTuple):
    """One opening of a page: bytes by kind, addresses asked for, and the three times."""

    sizes: dict[str, int]
    asked: list[str]
    lcp: float
    cls: float
    inp: float


def weighed(response: Response) -> tuple[str, int]:
    kind = response.request.resource_type
    if response.status in {301, 302, 304} or kind in MEDIA:
        return "media", 0
    return KINDS.get(kind, "other"), len(gzip.compress(response.body(), 9, mtime=0))


def opened(context: BrowserContext, address: str) -> Opening:
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    protocol.send("Network.setCacheDisabled", {"cacheDisabled": True})
    protocol.send("Network.emulateNetworkConditions", SLOW)
    protocol.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    page.add_init_script(f"({WATCH})()")
    answers: list[Response] = []

    def keep(answer: Response) -> None:
        answers.append(answer)

    page.on("response", keep)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    seen = page.evaluate("({ ...seen })")
    page.locator(PRESSED).first.click()
    page.wait_for_timeout(400)
    inp = page.evaluate("seen.inp")
    sizes: dict[str, int] = {}
    for answer in answers:
        kind, size = weighed(answer)
        sizes[kind] = sizes.get(kind, 0) + size
    page.close()
    return Opening(sizes, [one.url for one in answers], seen["lcp"], seen["cls"], inp)


def show(name: str, openings: list[Opening], base: str) -> None:
    first = openings[0]
    others = [one for one in first.asked if urlsplit(one).netloc != urlsplit(base).netloc]
    sizes = {kind: first.sizes.get(kind, 0) / 1000 for kind in ("html", "css", "js", "other")}
    print(
        f"{name:<14} {len(first.asked):>8} {len(others):>11}"
        f" {sizes['html']:>7.1f} {sizes['css']:>6.1f} {sizes['js']:>6.1f}"
        f" {sum(sizes.values()):>6.1f}"
        f" {statistics.median(one.lcp for one in openings):>8.0f}"
        f" {max(one.cls for one in openings):>7.3f}"
        f" {statistics.median(one.inp for one in openings):>7.0f}"
    )


def pages() -> dict[str, list[tuple[str, Go]]]:
    """The pages of participants that there are pictures of, and the statement."""
    return {
        VISITOR: [*SCENES[VISITOR], ("accessibility", path("/accessibility/"))],
        "student": list(SCENES["student"]),
    }


def weigh(browser: Browser, base: str, password: str) -> None:
    for account, scenes in pages().items():
        context = browser.new_context(base_url=base, viewport=PHONE)
        guide: Page = context.new_page()
        if account != VISITOR:
            sign_in(guide, account, password)
        for name, go in scenes:
            go(guide)
            guide.wait_for_load_state("networkidle")
            show(name, [opened(context, guide.url) for _ in range(RUNS)], base)
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base", help="the running demo, such as http://127.0.0.1:8000")
    parser.add_argument("password", help="the demo accounts' password, which `make run` prints")
    options = parser.parse_args()
    program = os.environ.get("SOJOURN_CHROMIUM") or find()
    print(
        f"phone of {PHONE['width']} px, processor {CPU} x slower,"
        f" {SLOW['downloadThroughput'] * 8 / 1e6} Mbit/s, {SLOW['latency']} ms, cold cache"
    )
    print(
        f"budgets: CSS {BUDGETS['css'] / 1000} kB, JS {BUDGETS['js'] / 1000} kB,"
        f" all {BUDGETS['all'] / 1000} kB gzipped; LCP 1500 ms, CLS 0.05, INP 200 ms"
    )
    print(
        f"{'page':<14} {'requests':>8} {'third-party':>11} {'HTML kB':>7} {'CSS':>6} {'JS':>6}"
        f" {'all':>6} {'LCP ms':>8} {'CLS':>7} {'INP ms':>7}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        weigh(browser, options.base, options.password)
        browser.close()


if __name__ == "__main__":
    main()
