from argparse import ArgumentParser
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from people.models import User


class Command(BaseCommand):
    help = "Turn two-step sign-in off for somebody who has lost phone and recovery codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address with which the person signs in")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email=email.strip().lower()).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {email}.")
        removed, _each = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise CommandError(f"{email} has not set up two-step sign-in.")
        with translation.override(user.language or translation.get_language()):
            EmailMessage(
                _("Two-step sign-in was turned off"),
                _(
                    "Hello,\n\nan administrator has turned two-step sign-in off for your account "
                    "in Sojourn. If you did not ask for this, tell your exchange office at once."
                ),
                to=[user.email],
            ).send()
        self.stdout.write(f"Two-step sign-in is off for {email}.")
