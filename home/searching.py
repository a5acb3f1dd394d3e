"""Finds pages and terms, and only those that the reader may open."""

import re
from collections.abc import Sequence

from django.http import HttpRequest
from modelsearch.backends.base import BaseSearchResults
from wagtail.models import Page

from modules.glossary.finding import matching, published_terms
from modules.languages import put_titles_into_words
from modules.models import GlossaryTerm, LessonPage
from modules.readable import readable_pages
from people.roles import is_signed_in

MAX_QUERY_LENGTH = 200


def search_pages(request: HttpRequest, query: str) -> BaseSearchResults:
    """Return the readable pages that match the query, best first.

    At most 200 characters count, and of those the words alone: quotes and operators
    mean something else to each database.
    """
    words = " ".join(re.findall(r"\w+", query[:MAX_QUERY_LENGTH]))
    return readable_pages(request).specific().search(words)


def module_titles(pages: Sequence[Page]) -> dict[int, str]:
    """Return the title of its module for each lesson among the pages, by the lesson's id.

    Lessons of several modules may bear one title. One query for the modules, whatever
    their number, and one for their words in the reader's language.
    """
    above = {page.pk: page.path[: -Page.steplen] for page in pages if isinstance(page, LessonPage)}
    modules = list(Page.objects.live().filter(path__in=set(above.values())))
    put_titles_into_words(modules)
    titles = {module.path: module.title for module in modules}
    return {pk: titles[path] for pk, path in above.items() if path in titles}


def search_terms(request: HttpRequest, query: str) -> list[GlossaryTerm]:
    """Return the glossary's terms that have these words, best first; none for visitors."""
    if not query or not is_signed_in(request.user):
        return []
    return matching(published_terms(), query[:MAX_QUERY_LENGTH])
