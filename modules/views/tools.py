"""Tools for learners that are no page of the CMS."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from modules.forms import MeetingForm
from people.requests import SignedInRequest


@login_required
@require_GET
def time_zones(request: SignedInRequest) -> HttpResponse:
    """Show when a team in several time zones can meet; the address keeps what was asked."""
    at_home = str(request.user.time_zone)
    form = MeetingForm(request.GET, at_home=at_home, today=timezone.localdate())
    context = {"form": form, "hours": form.hours()}
    return render(request, "modules/time_zones.html", context)
