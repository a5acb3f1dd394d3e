"""A readiness report on paper: all of it, nothing else, and no row in two."""

import shutil
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.access.conftest import Open
from tests.browser.access.scenes import CMS, SITE, Scene, go, named
from tests.browser.access.world import World

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="reads paper with pdftotext, of poppler-utils"
)
MOST_PAGES = 3


def printed(page: Page, folder: Path) -> list[str]:
    """The words of each sheet of A4."""
    paper = folder / "page.pdf"
    page.pdf(path=paper, format="A4", print_background=False)
    words = subprocess.run(
        ["pdftotext", "-layout", str(paper), "-"],  # noqa: S607  whichever is on the PATH.
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    sheets = words.split("\f")
    return [" ".join(sheet.split()) for sheet in sheets if sheet.strip()]


def rows(page: Page, selector: str, first: str) -> list[str]:
    """What stands first in each row."""
    texts = page.locator(selector).locator(first).all_inner_texts()
    return [text.split("\n")[0].strip() for text in texts if text.strip()]


@pytest.mark.parametrize("scene", [
    named(CMS)["placement"], named(SITE)["my exchange, busy"], named(SITE)["my exchange, ready"],
], ids=lambda scene: scene.name)  # fmt: skip
def test_one_persons_report_is_short_and_has_no_navigation(
    open_as: Open, world: World, tmp_path: Path, scene: Scene
) -> None:
    page = open_as(scene.who, viewport={"width": 1280, "height": 900})
    go(page, world, scene)
    sheets = printed(page, tmp_path)

    assert 1 <= len(sheets) <= MOST_PAGES
    words = " ".join(sheets)
    for furniture in ("Skip to content", "Sign out", "Search", "Toggle", "Collapse", "Deutsch"):
        assert furniture not in words


def test_the_report_says_everything_and_breaks_no_row(
    open_as: Open, world: World, tmp_path: Path
) -> None:
    page = open_as("coordinator", viewport={"width": 1280, "height": 900})
    go(page, world, named(CMS)["placement"])
    asked = page.locator(".rd-matrix tbody tr")
    wanted = [" ".join(row.inner_text().split()) for row in asked.all()]
    names = rows(page, ".rd-matrix tbody tr", "th")
    sheets = printed(page, tmp_path)

    assert len(wanted) == len(names) > 8
    assert "Ana Castellanos" in sheets[0]
    for name in names:
        assert any(all(word in sheet for word in name.split()) for sheet in sheets), name
    page.emulate_media(media="print")
    breaking = page.locator(".rd-matrix tbody tr").evaluate_all(
        "rows => rows.filter(row => getComputedStyle(row).breakInside !== 'avoid').length"
    )
    assert breaking == 0


def test_links_that_lead_away_say_where_to(open_as: Open, world: World, tmp_path: Path) -> None:
    page = open_as("busy")
    go(page, world, named(SITE)["module, workshop"])

    assert "meet.example/circle" in " ".join(printed(page, tmp_path))
