"""The page that a partner's link opens: names, states and dates of departure, nothing else."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exchanges.models.placements import PlacementQuerySet
from readiness import sharing
from readiness.incoming import Arrival, coming, shown, with_arrival

ON_A_PAGE = 100
LABELS = {
    Arrival.READY: _("Ready"),
    Arrival.NOT_READY: _("Not ready yet"),
    Arrival.DEPARTED: _("Departed"),
}
BADGES = {Arrival.READY: "met", Arrival.NOT_READY: "pending", Arrival.DEPARTED: "info"}


@never_cache
@require_safe
def partner(request: HttpRequest, token: str) -> HttpResponse:
    """Show who comes; a link that is unknown, over or revoked answers as if it had never been."""
    now = timezone.now()
    link = sharing.open_with(token, at=now)
    if link is None:
        return discreet(render(request, "readiness/partners/closed.html", status=404))
    with timezone.override(link.office.time_zone):
        placements = coming(link, today=timezone.localdate())
        page = Paginator(placements, ON_A_PAGE).get_page(request.GET.get("page"))
        people = shown(with_arrival(cast("PlacementQuerySet", page.object_list), as_of=now))
        context = {
            "link": link,
            "page": page,
            "people": [(one, BADGES[one.state], LABELS[one.state]) for one in people],
            "now": now,
        }
        return discreet(render(request, "readiness/partners/page.html", context))


def discreet(response: HttpResponse) -> HttpResponse:
    """For no search engine, no cache, and no address that is passed on."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "no-referrer"
    return response
