"""The guide to where one goes: all layers in one page."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from modules.enums import GuideLayer
from modules.guides.finding import chosen, general_guide, guide_for, placements_of
from people.requests import SignedInRequest


@login_required
@require_GET
def my_guide(request: SignedInRequest, omobility_id: UUID | None = None) -> HttpResponse:
    """Show what the guides say about one of a person's own exchanges: the next one, or this."""
    today = timezone.localdate()
    placements = placements_of(request.user, on=today)
    placement = chosen(placements, omobility_id)
    if placement is None:
        if omobility_id is not None:
            raise Http404
        merged = general_guide(request)
        return render(request, "modules/guides/no_exchange.html", {"merged": merged})
    merged = guide_for(placement, request)
    wanted = (GuideLayer.INSTITUTION, GuideLayer.COUNTRY)
    context = {
        "placement": placement,
        "others": [one for one in placements if one != placement],
        "merged": merged,
        "missing": [layer for layer in wanted if layer not in merged.layers],
        "today": today,
    }
    return render(request, "modules/guides/my_guide.html", context)
