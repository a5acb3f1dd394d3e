"""Finds pages, and only those that the reader may open."""

import re

from django.http import HttpRequest
from modelsearch.backends.base import BaseSearchResults

from modules.readable import readable_pages

MAX_QUERY_LENGTH = 200


def search_pages(request: HttpRequest, query: str) -> BaseSearchResults:
    """Return the readable pages that match the query, best first.

    At most 200 characters count, and of those the words alone: quotes and operators
    mean something else to each database.
    """
    words = " ".join(re.findall(r"\w+", query[:MAX_QUERY_LENGTH]))
    return readable_pages(request).specific().search(words)
