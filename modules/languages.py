"""A page in the reader's language: the original, in the words of its translation.

Lists, addresses, steps and records always go by the original page, so that progress is one
across languages, and what is not translated is read in the original. A translation only
lends its words. For readers of the site's own language nothing is looked up.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.query import PageQuerySet

P = TypeVar("P", bound=PageQuerySet)


def other_language() -> str:
    """Return the active language where it is not the site's own; else nothing."""
    language = get_language() or settings.LANGUAGE_CODE
    return "" if language == settings.LANGUAGE_CODE else language


def originals(pages: P) -> P:
    """Return the pages that are not translations of a page in the site's own language."""
    own = Q(locale__language_code=settings.LANGUAGE_CODE)
    keys = Page.objects.filter(own).values("translation_key")
    return pages.filter(own | ~Q(translation_key__in=keys))


def put_into_words(pages: Iterable[Any]) -> None:
    """Give pages of one type the words of their published translations: one query at most.

    A page says itself which of its fields are words, in `words`; `told_by` is then the
    translation that they come from, and None where there is none. The pages are not to be
    saved afterwards.
    """
    asked = [page for page in pages if not page.is_in_words]
    for page in asked:
        page.is_in_words = True
    language = other_language()
    if not asked or not language:
        return
    model = asked[0].words_model()
    told = model.objects.live().filter(
        locale__language_code=language,
        translation_key__in=[page.translation_key for page in asked],
    )
    by_key = {page.translation_key: page for page in told}
    for page in asked:
        lend(by_key.get(page.translation_key), page)


def lend(translation: Any, page: Any) -> None:
    """Put the translation's words into the page; nothing if there is none.

    An alias, with which Wagtail holds the place of a page above a translated one, is none.
    """
    page.is_in_words = True
    if translation is None or translation.pk == page.pk:
        return
    if getattr(translation, "alias_of_id", None):
        return
    page.told_by = translation
    for name in page.words:
        setattr(page, name, getattr(translation, name))


def put_titles_into_words(pages: Iterable[Page]) -> None:
    """Give pages of any types the titles of their translations: one query at most."""
    language = other_language()
    pages = list(pages) if language else []
    if not pages:
        return
    titles = dict(
        Page.objects.live()
        .filter(
            locale__language_code=language,
            translation_key__in=[page.translation_key for page in pages],
        )
        .values_list("translation_key", "title")
    )
    for page in pages:
        page.title = titles.get(page.translation_key, page.title)


def title_told(key: str) -> Subquery:
    """Return the title of the translation of the page whose key stands in that column."""
    told = Page.objects.live().filter(
        locale__language_code=other_language(), translation_key=OuterRef(key)
    )
    return Subquery(told.values("title")[:1])


def paired(lessons: Iterable[Any], parent_path: str) -> list[Any]:
    """Return the lessons below this path in their order, each with its translation's words.

    Args:
        lessons: the originals, and from elsewhere in the tree their translations.
        parent_path: the path of the module.
    """
    own: list[Any] = []
    told: dict[UUID, Any] = {}
    for lesson in lessons:
        if lesson.path[: -lesson.steplen] == parent_path:
            own.append(lesson)
        else:
            told[lesson.translation_key] = lesson
    for lesson in own:
        lend(told.get(lesson.translation_key), lesson)
    return own


def by_parent(lessons: Iterable[Any], paths: Collection[str]) -> dict[str, list[Any]]:
    """Return the lessons of several modules by the modules' paths, as `paired` does for one."""
    every = list(lessons)
    translations = [one for one in every if one.path[: -one.steplen] not in set(paths)]
    below: dict[str, list[Any]] = defaultdict(list)
    for lesson in every:
        below[lesson.path[: -lesson.steplen]].append(lesson)
    return {path: paired([*below[path], *translations], path) for path in paths}
