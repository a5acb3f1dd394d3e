"""Devices on which somebody has signed in before, by a signed cookie.

Whoever types wrong passwords for somebody else's address is stopped after a few tries, and
with them everybody who tries that address: except its owner on a device of theirs, for which
tries are counted apart.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

COOKIE = "known_device"
AGE = 365 * 24 * 60 * 60
"""Seconds without a sign-in after which a device is forgotten."""
SALT = "people.known_devices"


def device_known_to(email: str, request: HttpRequest) -> str:
    """Return the random name of this device if its owner has this address; else nothing."""
    try:
        owner, device = signing.loads(request.COOKIES[COOKIE], salt=SALT, max_age=AGE)
    except (KeyError, ValueError, TypeError, signing.BadSignature):
        return ""
    return str(device) if constant_time_compare(owner, _owner(email)) else ""


def remember(response: HttpResponse, request: HttpRequest, email: str) -> None:
    """Let this device be known as one of who has this address, and of nobody else."""
    device = device_known_to(email, request) or secrets.token_urlsafe(16)
    response.set_cookie(
        COOKIE,
        signing.dumps([_owner(email), device], salt=SALT),
        max_age=AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _owner(email: str) -> str:
    """Not the address itself: who finds the device does not read whose it is."""
    return salted_hmac(SALT, email.lower()).hexdigest()
