from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: people come by roster or by an administrator."""

    error_messages: ClassVar[dict[str, Promise | str]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "We know no account with this email address and this password. "
            "Check both, or get a link by email to choose a new password."
        ),
        "too_many_login_attempts": _(
            "Too many tries in a short time. Wait five minutes, or get a link by email "
            "to choose a new password."
        ),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your password now. Type the one you use today."),
    }

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm the address, unless it has become somebody else's in the meantime."""
        taken = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id)
        if not taken.exists():
            return bool(super().confirm_email(request, email_address))
        failed = "account/messages/email_confirmation_failed.txt"
        self.add_message(request, messages.ERROR, failed, {"email": email_address.email})
        return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
