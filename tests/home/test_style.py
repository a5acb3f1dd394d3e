"""What the style sheets promise, read from the sheets themselves."""

import gzip
import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
SHEETS = sorted(CSS.glob("*.css"))
# With those of single rooms and of the CMS.
ALL_SHEETS = sorted(CSS.parent.rglob("*.css"))
LAYERS = "@layer reset, tokens, base, layout, components, utilities;"

TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);")
TOKENS = {
    name: (light, dark)
    for name, light, dark in TOKEN.findall((CSS / "tokens.css").read_text(encoding="utf-8"))
}
STATUSES = [
    "met", "pending", "waiting", "overdue", "failed", "waived", "misconfigured", "info",
]  # fmt: skip

GROUNDS = ["ground", "surface", "surface-sunk", "line-soft"]
READ = [
    *[(ink, on) for ink in ("ink", "ink-muted", "line", "line-strong") for on in GROUNDS],
    *[(status, f"{status}-soft") for status in STATUSES],
    *[("ink", f"{status}-soft") for status in STATUSES],
    *[(status, on) for status in ("overdue", "failed") for on in ("ground", "surface")],
    ("on-line", "line"),
    ("on-line", "line-strong"),
    ("on-here", "here"),
]
SEEN = [
    *[(mark, on) for mark in ("edge", "focus", "line") for on in GROUNDS],
    ("focus", "met-soft"),
    ("focus", "overdue-soft"),
    ("here", "on-here"),
]


def rules_of(sheet: Path) -> str:
    """The sheet's text without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ)
def test_what_is_read_stands_out_by_4_5_to_1(ink: str, ground: str, scheme: int) -> None:
    assert contrast(TOKENS[ink][scheme], TOKENS[ground][scheme]) >= 4.5


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("mark", "ground"), SEEN)
def test_edges_and_focus_stand_out_by_3_to_1(mark: str, ground: str, scheme: int) -> None:
    assert contrast(TOKENS[mark][scheme], TOKENS[ground][scheme]) >= 3


def test_all_sheets_together_weigh_at_most_25_kilobytes() -> None:
    together = b"".join(sheet.read_bytes() for sheet in SHEETS)
    assert len(gzip.compress(together)) <= 25_000


def test_the_order_of_layers_is_declared_first() -> None:
    assert rules_of(CSS / "tokens.css").lstrip().startswith(LAYERS)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_rule_lies_in_a_declared_layer(sheet: Path) -> None:
    text = rules_of(sheet)
    outside = re.findall(r"^([^\s@}].*)$", text, flags=re.MULTILINE)
    layers = set(re.findall(r"@layer ([a-z]+) \{", text))
    assert outside == []
    assert layers <= {"reset", "tokens", "base", "layout", "components", "utilities"}


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_no_physical_direction_so_that_right_to_left_mirrors(sheet: Path) -> None:
    physical = re.compile(
        r"(?<![-\w])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)"
        r"|left|right|top|bottom|(?:min-|max-)?(?:width|height)|float)\s*:"
        r"|text-align:\s*(?:left|right)"
    )
    assert physical.findall(sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("sheet", ALL_SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_fetched_from_elsewhere(sheet: Path) -> None:
    assert "url(" not in sheet.read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_custom_property_used_is_defined(sheet: Path) -> None:
    everything = "".join(each.read_text(encoding="utf-8") for each in SHEETS)
    defined = set(re.findall(r"(--[a-z0-9-]+):", everything))
    with_fallback = set(re.findall(r"var\((--[a-z0-9-]+),", everything))
    used = set(re.findall(r"var\((--[a-z0-9-]+)\)", sheet.read_text(encoding="utf-8")))
    assert used - with_fallback <= defined


def test_only_what_can_be_pressed_looks_so() -> None:
    rules = rules_of(CSS / "controls.css")

    assert ":where(label).choice:hover" in rules
    assert re.search(r"li\.choice \{[^}]*cursor: auto;", rules)


def test_every_disclosure_shows_that_it_unfolds() -> None:
    """A summary laid out as a flex box loses the browser's own marker."""
    text = (CSS / "components.css").read_text(encoding="utf-8")

    assert re.search(r"details\.disclosure > summary \{\s*display: flex", text)
    assert re.search(r":is\(\.fold, \.disclosure\) > summary::after \{\s*content: \"\"", text)
