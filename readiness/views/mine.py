"""The participant's doors: asking for more time, and reading own results of outside tests."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from exchanges.models import Placement
from readiness import extensions, report
from readiness.errors import CancelledError, NotLaterError, PastDateError
from readiness.forms import MoreTimeForm
from readiness.models import Extension, ExternalResult
from readiness.shapes import Cell
from readiness.views.declarations import SignedInRequest, own_placement


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def more_time(request: SignedInRequest, omobility_id: uuid.UUID, key: str) -> HttpResponse:
    """Asks for more time and shows what has been asked and decided."""
    placement = own_placement(request, omobility_id)
    cell = _cell(placement, key)
    form = MoreTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _ask(request, placement, cell, form):
        return HttpResponseRedirect(request.path)
    wishes = Extension.objects.filter(placement=placement, requirement_key=key)
    shown = list(wishes.order_by("-asked_at", "-pk"))
    context = {
        "placement": placement,
        "cell": cell,
        "form": form,
        "wishes": shown,
        "may_ask": not cell.verdict.is_settled and not any(one.is_open for one in shown),
        "crumbs": [
            {"title": _("My exchange"), "url": resolve_url("home:my")},
            {"title": _("More time")},
        ],
    }
    return render(request, "readiness/more_time.html", context)


def _ask(request: SignedInRequest, placement: Placement, cell: Cell, form: MoreTimeForm) -> bool:
    """Whether the wish is written down, or nothing can be asked any more."""
    try:
        extensions.ask(
            placement=placement,
            requirement_key=cell.requirement.key,
            reason=form.cleaned_data["reason"],
            wished_for=form.cleaned_data["wished_for"],
            due_on=cell.due_on,
            by=request.user,
            at=timezone.now(),
        )
    except PastDateError:
        form.add_error("wished_for", _("That day has passed. Choose today or a later day."))
        return False
    except NotLaterError:
        form.add_error("wished_for", _("Choose a day after the one that stands now."))
        return False
    except CancelledError:
        messages.error(request, _("This exchange is cancelled: nothing is asked of you."))
        return True
    messages.success(request, _("Your exchange office has your wish and answers here."))
    return True


@login_required
@require_safe
def results(request: SignedInRequest, omobility_id: uuid.UUID) -> HttpResponse:
    placement = own_placement(request, omobility_id)
    found = ExternalResult.objects.filter(placement=placement, withdrawn_at=None)
    context = {
        "placement": placement,
        "results": found.select_related("named_person").order_by("-taken_on", "-pk"),
        "crumbs": [
            {"title": _("My exchange"), "url": resolve_url("home:my")},
            {"title": _("My results")},
        ],
    }
    return render(request, "readiness/results.html", context)


def _cell(placement: Placement, key: str) -> Cell:
    found = report.for_placement(placement, as_of=timezone.now()).cell(key)
    if found is None:
        raise Http404
    return found
