"""Finds pages, and only those that the reader may open."""

import re

from django.http import HttpRequest
from modelsearch.backends.base import BaseSearchResults
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet

MAX_QUERY_LENGTH = 200


def readable_pages(request: HttpRequest) -> PageQuerySet:
    """Return the live pages of the request's site that its reader may open.

    A page counts as closed where it, or a page above it, carries a restriction
    that does not accept the request: that is the rule by which Wagtail serves.
    """
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    pages = Page.objects.live().descendant_of(site.root_page, inclusive=True)
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    for restriction in restrictions:
        if not restriction.accept_request(request):
            pages = pages.not_descendant_of(restriction.page, inclusive=True)
    return pages


def search_pages(request: HttpRequest, query: str) -> BaseSearchResults:
    """Return the readable pages that match the query, best first.

    At most 200 characters count, and of those the words alone: quotes and operators
    mean something else to each database.
    """
    words = " ".join(re.findall(r"\w+", query[:MAX_QUERY_LENGTH]))
    return readable_pages(request).specific().search(words)
