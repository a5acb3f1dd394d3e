"""What every page asks of the person who looks: zone, language, and how they signed in."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from people.models import User
from people.roles import is_signed_in, works_in_cms

LAST_SEEN = "last_seen"
# In seconds: how exactly the list of devices knows when each was seen.
SEEN_EVERY = 600


class TimeZoneMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_signed_in(request.user):
            timezone.activate(request.user.time_zone)
        else:
            timezone.deactivate()
        return self.get_response(request)


class LanguageMiddleware:
    """Lets the language of the profile win over the browser's; stands after LocaleMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_signed_in(request.user) and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class WorkplaceMiddleware:
    """Tells the CMS the person's language and time zone.

    Wagtail keeps both once more, in a profile of its own. Ours is the only one that
    people can change; whoever opens the CMS finds Wagtail's the same.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.workplace = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(self.workplace) and is_signed_in(request.user):
            _settle(request.user)
        return self.get_response(request)


def _settle(user: User) -> None:
    wanted = {"preferred_language": user.language, "current_time_zone": str(user.time_zone)}
    if not hasattr(user, "wagtail_userprofile"):
        UserProfile.objects.create(user=user, **wanted)
        return
    profile = user.wagtail_userprofile
    if any(getattr(profile, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(profile, name, value)
        profile.save(update_fields=list(wanted))


class LastSeenMiddleware:
    """Notes every ten minutes when a device was seen, so that its owner may recognise it.

    The note in the session tells without a query whether it is time; signing in makes it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        noted = request.session.get(LAST_SEEN)
        if noted is not None and is_signed_in(request.user):
            now = timezone.now()
            if now.timestamp() - noted >= SEEN_EVERY:
                request.session[LAST_SEEN] = now.timestamp()
                seen = UserSession.objects.filter(session_key=request.session.session_key)
                seen.update(last_seen_at=now)
        return self.get_response(request)


class TwoStepMiddleware:
    """Where REQUIRE_TWO_STEP_FOR_STAFF is on, leads staff without it from the CMS to set it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.REQUIRE_TWO_STEP_FOR_STAFF and self._is_missing(request):
            messages.warning(
                request, _("Your institution asks for two-step sign-in. Set it up, then go on.")
            )
            return redirect("mfa_index")
        return self.get_response(request)

    @staticmethod
    def _is_missing(request: HttpRequest) -> bool:
        user = request.user
        return (
            request.path.startswith(reverse("wagtailadmin_home"))
            and is_signed_in(user)
            and works_in_cms(user)
            and not is_mfa_enabled(user)
        )
