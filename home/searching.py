"""Finds pages and terms, and only those that the reader may open."""

import re

from django.http import HttpRequest
from modelsearch.backends.base import BaseSearchResults

from modules.glossary.finding import matching, published_terms
from modules.models import GlossaryTerm
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


def search_terms(request: HttpRequest, query: str) -> list[GlossaryTerm]:
    """Return the glossary's terms that have these words, best first; none for visitors."""
    if not query or not is_signed_in(request.user):
        return []
    return matching(published_terms(), query[:MAX_QUERY_LENGTH])
