"""Every door of the site, an address that opens it, and what each kind of person gets there."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

# Columns of the table in doors.py. The stranger is a participant with nothing of
# what the samples name; participant, observer and coordinator have a part in all of it.
PEOPLE = (
    "visitor",
    "stranger",
    "participant",
    "trainer",
    "observer",
    "coordinator",
    "administrator",
)
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
SIGN_IN = ("/accounts/login/", "/admin/login/")
WORDS = {200: "in", 400: "bad", 401: "sign", 403: "no", 404: "no", 405: "post", 410: "no"}
WORDS[500] = "fails"


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """The route of every URL pattern, as Django writes it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from routes(pattern, route)


class Addresses:
    """Fills routes with samples: the values of the longest prefix that names the parameter."""

    def __init__(self, samples: dict[str, dict[str, Any]], expressions: dict[str, str]) -> None:
        self.samples = samples
        self.expressions = expressions

    def of(self, route: str) -> str:
        if route in self.expressions:
            return self.expressions[route]
        plain = re.sub(r"\^|\$", "", route)
        return "/" + CONVERTER.sub(lambda found: self.value(route, found[1]), plain)

    def value(self, route: str, name: str) -> str:
        fitting = [p for p in self.samples if route.startswith(p) and name in self.samples[p]]
        if not fitting:
            raise LookupError(f"No sample for <{name}> of {route}: add one in test_doors.py.")
        return str(self.samples[max(fitting, key=len)][name])


def word_for(response: HttpResponseBase, path: str) -> str:
    """What an answer means to who asked.

    in: the page. sign: sent to sign in. no: refused, also by Wagtail's way of sending
    back to the admin's front. away: sent elsewhere on purpose. post: GET does nothing.
    bad: the request itself says too little. fails: an error on our side.
    """
    if response.status_code not in {301, 302}:
        return WORDS[response.status_code]
    target = response.headers["Location"]
    if target.startswith(SIGN_IN):
        return "sign"
    if target == "/admin/" and path.startswith("/admin/"):
        return "no"
    return "away"
