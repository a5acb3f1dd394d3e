"""Pages of the site that a reader may open: for search, and for whatever points to pages."""

from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet


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
