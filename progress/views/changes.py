"""What changed in what somebody completed: the notes, and “I have read it”."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from modules.models import MaterialChange
from people.requests import SignedInRequest
from progress.changes import confirm_read, unread_changes


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_changes(request: SignedInRequest) -> HttpResponse:
    """Show what the person has still to read; looking records nothing."""
    if request.method == "POST":
        return _confirm(request)
    changes = list(unread_changes(request.user, at=timezone.now()))
    keys = [change.page_key for change in changes]
    pages = Page.objects.live().filter(translation_key__in=keys).select_related("locale")
    own_last = sorted(pages, key=lambda page: page.locale.language_code == get_language())
    urls = {page.translation_key: page.get_url(request) for page in own_last}
    context = {
        "changes": [(change, urls.get(change.page_key)) for change in changes],
        "crumbs": [
            {"title": _("My exchange"), "url": reverse("home:my")},
            {"title": _("What changed")},
        ],
    }
    return render(request, "progress/changes.html", context)


def _confirm(request: SignedInRequest) -> HttpResponse:
    try:
        named = uuid.UUID(request.POST.get("change", ""))
    except ValueError as error:
        raise Http404 from error
    change = MaterialChange.objects.filter(uuid=named).first()
    if change is not None and confirm_read(
        participant=request.user, change=change, at=timezone.now()
    ):
        messages.success(request, _("Noted: you have read what changed."))
    return HttpResponseRedirect(reverse("my_changes"))
