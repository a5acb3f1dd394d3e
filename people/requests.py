from django.http import HttpRequest

from people.models import User


class SignedInRequest(HttpRequest):
    """A request that has passed `login_required`: its user is a person."""

    user: User
