"""Leaving out a short review: nothing depends on it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.requests import SignedInRequest
from progress.reviewing import skip


@login_required
@require_POST
def skip_review(request: SignedInRequest, module_key: UUID) -> HttpResponse:
    """Leave out the review that is due; where none of one's own is, there is no such page."""
    left = skip(participant=request.user, module_key=module_key, at=timezone.now())
    if left is None:
        raise Http404
    if left.coming:
        words = _("Left out. The next short review of this module comes on %(day)s.")
        messages.success(request, words % {"day": date_format(left.coming.opens_on)})
    else:
        messages.success(request, _("Left out. It was the last short review of this module."))
    return redirect("home:my")
