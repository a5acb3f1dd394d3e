"""Puts published pages where they are missing; never touches one that is there."""

import datetime as dt
from typing import Any

from wagtail import blocks
from wagtail.models import Page

from home.course.bodies import stream
from home.course.ledger import Ledger
from home.course.reading import ContentError
from people.models import User


class Placer:
    """What all loaders of pages share: how a page is made, and how an edit is noticed."""

    def __init__(self, ledger: Ledger, *, author: User | None, at: dt.datetime) -> None:
        self.ledger = ledger
        self.author = author
        self.at = at

    def compare(
        self, page: Page, wanted: dict[str, Any], told: dict[str, Any] | None = None
    ) -> None:
        """Name a page that does not say what the files say, or whose draft may not."""
        now = {name: getattr(page, name, None) for name in wanted} | (told or {})
        if now != wanted or page.has_unpublished_changes or not page.live:
            self.ledger.left_alone.append(f"page “{page}”")

    def add(self, parent: Page, page: Page) -> None:
        page.owner = self.author
        parent.add_child(instance=page)
        self.publish(page)
        self.ledger.made.append(f"page “{page}”")

    def publish(self, page: Page) -> None:
        revision = page.save_revision(user=self.author)
        revision.publish(user=self.author, skip_permission_checks=True)


def stored(
    page: type[Page], field: str, block: blocks.BaseStreamBlock, items: Any, *, where: str
) -> Any:
    """Return what a content file says as the field stores it, every block's defaults filled in.

    Raises:
        ContentError: it names what does not exist; the message says in which file.
    """
    try:
        raw = stream(block, items)
    except ContentError as error:
        raise ContentError(f"{where}: {error}") from error
    value = getattr(page(**{field: raw}), field)
    # Read once, so that the parts of lists get ids as well: translations go by them.
    for child in value:
        child.value  # noqa: B018
    return value.get_prep_value()
