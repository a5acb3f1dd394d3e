"""Asks axe what is wrong with a page, and says it so that one finds the place."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The only rules of those tags whose answer hangs on colours.
OF_COLOUR = ["color-contrast", "link-in-text-block"]

RUN = """
async ([runOnly, context]) => {
  const found = await axe.run(context, { runOnly, resultTypes: ['violations'] })
  return found.violations.flatMap(({ id, help, nodes }) => nodes.map(
    ({ target, html, any, all, none }) => ({
      rule: id,
      help,
      where: target.join(' '),
      html: html.slice(0, 160),
      why: [...any, ...all, ...none].map(check => check.message).join('; ').slice(0, 300),
    })
  ))
}
"""


@cache
def source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(
    page: Page, *, rules: list[str] | None = None, without: tuple[str, ...] = ()
) -> list[str]:
    """What axe finds by all the tags, or by `rules` alone; `without` names what is not ours."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(source())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    context = {"exclude": [[selector] for selector in without]} if without else {}
    found: list[dict[str, Any]] = page.evaluate(
        RUN.replace("axe.run(context,", "axe.run(context.exclude ? context : document,"),
        [only, context],
    )
    return [
        f"{one['rule']}: {one['help']} at {one['where']} {one['html']} ({one['why']})"
        for one in found
    ]
