"""Answers that Django has no handler of its own for."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# In seconds. allauth counts most of its limits by the minute.
WAIT = 60


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Say that it was too much at once, and when to try again. allauth calls this."""
    context = {"minutes": WAIT // 60}
    response = render(request, "429.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(WAIT)
    return response
