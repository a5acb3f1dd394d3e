"""Keeps what somebody sends whose session has ended, until the same person is back.

The text waits in the browser's session, on the server. It is given back only to the
person for whom the form was made: somebody else may sign in at the same device.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse

from people.models import User
from people.roles import is_signed_in
from progress.forms import SALT

KEPT = "drafts"
# More than anybody writes, and little enough for a session.
MOST_CHARACTERS = 60_000

View = Callable[..., HttpResponse]


def sign_in_and_keep(view: View) -> View:
    """Send visitors to the sign-in, as `login_required`, and keep what they sent."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_signed_in(request.user):
            return view(request, *args, **kwargs)
        if request.method == "POST":
            _keep(request)
        return redirect_to_login(request.get_full_path())

    return inner


def kept_draft(request: HttpRequest, user: User) -> dict[str, str]:
    """Give back what this person sent to this address without being signed in; once."""
    drafts = request.session.get(KEPT, {})
    fields: dict[str, str] = drafts.pop(request.path, {})
    if not fields:
        return {}
    request.session[KEPT] = drafts
    try:
        writer = signing.loads(fields.pop("writer", ""), salt=SALT)
    except signing.BadSignature:
        return {}
    return fields if writer == user.pk else {}


def _keep(request: HttpRequest) -> None:
    fields = {name: value for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}
    if sum(len(value) for value in fields.values()) <= MOST_CHARACTERS:
        request.session[KEPT] = {request.path: fields}
