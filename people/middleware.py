"""Shows every date in the time zone of the person who looks at it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

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
