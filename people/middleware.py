"""Shows dates and words as the person who looks at them has chosen."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from people.models import User
from people.roles import is_signed_in


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
