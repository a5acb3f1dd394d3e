"""Keeps allauth's records of e-mail addresses in step with the address a person has.

The exchange office or an administrator gives the first address; what they give
counts as confirmed. Only a change that the person makes is confirmed by mail.
"""

from allauth.account.models import EmailAddress
from django.db import transaction

from people.models import User


def settle_address(user: User) -> None:
    """Make `user.email` the person's one address, and forget all others.

    Nobody can sign in or get a password link by an address that was taken from them.
    """
    with transaction.atomic():
        EmailAddress.objects.filter(email=user.email).exclude(user=user).delete()
        EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )


def record_given_address(user: User) -> None:
    """Count the given address as confirmed where the person has confirmed none so far.

    Without this, allauth takes an unconfirmed first address for a wish to change, and
    the next wish removes it.
    """
    if not EmailAddress.objects.filter(user=user, verified=True).exists():
        settle_address(user)
