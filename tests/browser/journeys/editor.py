"""The page editor of the CMS as an author uses it: blocks are picked and filled by label."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.utils.html import strip_tags
from playwright.sync_api import Locator, Page, expect
from wagtail import blocks

# Milliseconds after which an editor of rich text has handed over the last word.
TAKEN_OVER = 300
WRITTEN = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RegexBlock,
    blocks.URLBlock,
    blocks.IntegerBlock,
    blocks.DateBlock,
)


def add_block(page: Page, block: blocks.Block, value: Any) -> None:
    """Pick a block at the end of the content, and fill it with a value as stored."""
    stream = page.locator("#body-root > [data-streamfield-stream-container]")
    children = stream.locator("> [data-streamfield-child]")
    number = children.count()
    stream.locator("> div > button[title='Insert a block']").last.click()
    page.get_by_role("option", name=str(block.label), exact=True).click()
    fill(children.nth(number), block, value)


def fill(place: Locator, block: blocks.Block, value: Any) -> None:
    """Give the block at this place its value; what a person may leave out is left out."""
    if isinstance(block, blocks.StructBlock):
        _fill_fields(place, block, value)
    elif isinstance(block, blocks.ListBlock):
        _fill_list(place, block, list(value))
    elif isinstance(block, blocks.RichTextBlock):
        write(place, str(getattr(value, "source", value)))
    elif isinstance(block, blocks.ChooserBlock):
        choose(place, value if isinstance(value, str) else getattr(value, "title", str(value)))
    elif isinstance(block, blocks.ChoiceBlock):
        place.locator("select").select_option(value)
    elif isinstance(block, blocks.BooleanBlock):
        place.get_by_role("checkbox").set_checked(value)
    elif isinstance(block, WRITTEN):
        box = place.locator("input:not([type=hidden]), textarea")
        box.fill(value.isoformat() if isinstance(value, dt.date) else str(value))
        box.press("Tab")
    else:
        pytest.fail(f"Nobody knows how to fill a {type(block).__name__}: teach it to fill().")


def _fill_fields(place: Locator, block: blocks.StructBlock, value: Mapping[str, Any]) -> None:
    fields = place.locator("xpath=./descendant::div[@class='struct-block'][1]/div")
    for name, child in block.child_blocks.items():
        if value.get(name) in (None, "", [], False):
            if getattr(child, "required", False):
                pytest.fail(f"The sample of “{block.label}” lacks “{child.label}”: see samples().")
            continue
        field = fields.and_(place.page.locator(f"[data-contentpath='{name}']"))
        label = field.locator("label, .c-sf-block__type").first
        expect(label).to_contain_text(str(child.label), ignore_case=True)
        fill(field, child, value[name])


def _fill_list(place: Locator, block: blocks.ListBlock, values: list[Any]) -> None:
    rows = place.locator("[data-streamfield-list-container]").first
    items = rows.locator("> [data-streamfield-child]")
    for number, value in enumerate(values):
        if items.count() <= number:
            rows.locator("> [data-streamfield-list-add]").last.click()
        fill(items.nth(number), block.child_block, value)


def write(place: Locator, html: str) -> None:
    """Type into an editor of rich text, one paragraph after the other."""
    place.get_by_role("textbox").click()
    for number, paragraph in enumerate(html.split("</p><p>")):
        if number:
            place.page.keyboard.press("Enter")
        place.page.keyboard.type(strip_tags(paragraph))


def choose(place: Locator, title: str) -> None:
    """Open a chooser and take what has this title."""
    place.locator("[data-chooser-action-choose]").first.click()
    dialog = place.page.locator(".modal-content")
    dialog.get_by_role("link", name=title).first.click()
    expect(dialog).to_be_hidden()
    expect(place.locator("[data-chooser-title]")).to_have_text(title)


def box(page: Page, label: str) -> Locator:
    """Return the field of the page's own form with this label."""
    return page.get_by_role("textbox", name=re.compile(rf"^{label}\*?$"))


def act(page: Page, action: str) -> None:
    """Press one of the buttons below the form, in the menu behind the first one if need be."""
    page.wait_for_timeout(TAKEN_OVER)
    button = page.get_by_role("button", name=action, exact=True)
    if not button.is_visible():
        page.locator("footer").get_by_role("button", name="Actions").click()
    button.click()
