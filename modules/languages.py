"""Which of a page's translations somebody reads: the own language, or else the original."""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from wagtail.models import Page

P = TypeVar("P", bound=Page)


def in_readers_language(pages: Iterable[P]) -> list[P]:
    """Return one page for each translation key, in the order in which the keys come.

    The language is the active one; a page without a translation into it is read in the
    site's own language, or else in whichever there is. The pages' locales should be
    selected with them.
    """
    chosen: dict[UUID, P] = {}
    for page in pages:
        there = chosen.get(page.translation_key)
        if there is None or _rank(page) < _rank(there):
            chosen[page.translation_key] = page
    return list(chosen.values())


def _rank(page: Page) -> int:
    language = page.locale.language_code
    if language == get_language():
        return 0
    return 1 if language == settings.LANGUAGE_CODE else 2
