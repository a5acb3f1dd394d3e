"""The participant's doors: declaring that a document is in order, and taking it back."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from exchanges.models import Placement
from people.models import User
from readiness import declarations, report
from readiness.enums import DeclarationKind, RequirementKind
from readiness.errors import CancelledError
from readiness.models import TravelAdvice
from readiness.shapes import Cell
from readiness.verdicts import VerdictStatus
from readiness.wording import DECLARATIONS


class SignedInRequest(HttpRequest):
    user: User


@login_required
@require_safe
def declaration(request: SignedInRequest, omobility_id: uuid.UUID, kind: str) -> HttpResponse:
    """Says what is declared and asks for it; looking changes nothing."""
    placement = own_placement(request, omobility_id)
    cell = _cell(placement, kind)
    back = _next(request)
    context = {
        "placement": placement,
        "kind": DeclarationKind(kind),
        "words": DECLARATIONS[DeclarationKind(kind)],
        "cell": cell,
        "advice": _advice(placement, kind),
        "is_declared": cell.status in {VerdictStatus.MET, VerdictStatus.WAITING},
        "next": back,
        "crumbs": [
            {"title": _("My exchange"), "url": back},
            {"title": DeclarationKind(kind).label},
        ],
    }
    return render(request, "readiness/declaration.html", context)


def _advice(placement: Placement, kind: str) -> list[TravelAdvice]:
    """The travel advice that is declared to have been read."""
    if kind != DeclarationKind.TRAVEL_ADVICE:
        return []
    return list(TravelAdvice.objects.about(placement))


@login_required
@require_POST
def declare(request: SignedInRequest, omobility_id: uuid.UUID, kind: str) -> HttpResponse:
    placement = own_placement(request, omobility_id)
    _cell(placement, kind)
    named = DeclarationKind(kind)
    try:
        declarations.declare(placement=placement, kind=named, by=request.user, at=timezone.now())
    except CancelledError:
        messages.error(request, _("This exchange is cancelled: nothing is asked of you."))
    else:
        messages.success(request, _("Declared: %(kind)s. Thank you.") % {"kind": named.label})
    return HttpResponseRedirect(_next(request))


@login_required
@require_POST
def withdraw(request: SignedInRequest, omobility_id: uuid.UUID, kind: str) -> HttpResponse:
    placement = own_placement(request, omobility_id)
    if kind not in DeclarationKind:
        raise Http404
    named = DeclarationKind(kind)
    declarations.withdraw(placement=placement, kind=named, by=request.user, at=timezone.now())
    messages.success(request, _("No longer declared: %(kind)s.") % {"kind": named.label})
    return HttpResponseRedirect(_next(request))


def own_placement(request: SignedInRequest, omobility_id: uuid.UUID) -> Placement:
    """Own placements only; what belongs to others and what is unknown look the same."""
    own = Placement.objects.filter(participant=request.user).select_related(
        "exchange__programme", "exchange__host"
    )
    return get_object_or_404(own, omobility_id=omobility_id)


def _cell(placement: Placement, kind: str) -> Cell:
    found = report.for_placement(placement, as_of=timezone.now()).cell(
        f"{RequirementKind.DECLARATION}:{kind}"
    )
    if found is None:
        raise Http404
    return found


def _next(request: SignedInRequest) -> str:
    """Where to go afterwards: back where the person came from, if that is here."""
    wish = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wish
    return resolve_url("home:my")
