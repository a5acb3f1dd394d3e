"""The page that the link of an invitation opens."""

from collections.abc import Callable

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import invitations
from people.enums import InvitationState
from people.forms.entering import InvitationForm
from people.models import Invitation, User

# What a link that no longer opens answers: gone, but the page says what to do.
GONE = 410


def link_to_invitation(request: HttpRequest) -> Callable[[str], str]:
    """Make the maker of links for letters that this request sends."""

    def link(token: str) -> str:
        return request.build_absolute_uri(reverse("people:invitation", args=[token]))

    return link


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let the invited person choose a password; a closed link says what to do instead.

    Only a wrong token counts against the limit: many people of one house may come at once.
    """
    found = invitations.find(token)
    if found is None:
        limited = ratelimit.consume_or_429(request, action="invitation", limit_get=True)
        return limited or render(request, "people/invitation_unknown.html", status=404)
    language = found.user.language or translation.get_language() or settings.LANGUAGE_CODE
    with translation.override(language):
        return _answer(request, found)


def _answer(request: HttpRequest, found: Invitation) -> HttpResponse:
    now = timezone.now()
    state = invitations.state_of(found, as_of=now)
    if state != InvitationState.OPEN:
        return _closed(request, found, state)
    form = InvitationForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.accept(
                found, password=form.cleaned_data["password"], wishes=form.cleaned_data, at=now
            )
        except invitations.InvitationClosed:
            return _closed(request, found, InvitationState.ACCEPTED)
        return _welcome(request, user)
    context = {"form": form, "invitation": found, "invited": found.user}
    return render(request, "people/invitation.html", context)


def _closed(request: HttpRequest, found: Invitation, state: InvitationState) -> HttpResponse:
    context = {"invitation": found, "state": state}
    return render(request, "people/invitation_closed.html", context, status=GONE)


def _welcome(request: HttpRequest, user: User) -> HttpResponse:
    messages.success(
        request,
        _("Welcome, %(name)s. Your password is saved and you are signed in.")
        % {"name": user.called or user.first_name or user.email},
    )
    response: HttpResponse = perform_login(
        request,
        user,
        redirect_url=resolve_url(settings.LOGIN_REDIRECT_URL),
        email=user.email,
    )
    return response
