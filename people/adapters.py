import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people import known_devices
from people.devices import device_of
from people.middleware import LAST_SEEN
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
        "account_inactive": _("This account is closed. Ask your exchange office to open it again."),
        "rate_limited": _("Too many tries in a short time. Wait a few minutes, then try again."),
        "same_as_current": _("This is the address you have already. Type another one."),
        "duplicate_email": _("This is the address you have already. Type another one."),
        "invalid_password_reset": _("This link no longer works. Get a new one by email."),
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

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[LAST_SEEN] = timezone.now().timestamp()

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **more)
        known_devices.remember(response, request, user.email)
        return response

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count the tries on a device that the address's owner has used before apart."""
        key: str = super()._get_login_attempts_cache_key(request, **credentials)
        device = known_devices.device_known_to(credentials.get("email", ""), request)
        return f"{key}:{device}" if device else key

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home:profile")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        signed_in = self.request.user.is_authenticated
        return reverse("home:profile" if signed_in else "account_login")

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        words = {
            "reauthenticate": _("Use your password"),
            "mfa_reauthenticate": _("Use a code"),
            "mfa_reauthenticate:webauthn": _("Use a passkey"),
        }
        return [
            {**method, "description": words[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of whom the mail goes to, and name times of their zone."""
        user = context.get("user") or User.objects.filter(email=email).first()
        language = (user and user.language) or translation.get_language()
        zone = user.time_zone if user else timezone.get_current_timezone()
        device = device_of(str(context.get("user_agent", "")))
        with translation.override(language), timezone.override(zone):
            super().send_mail(template_prefix, email, {**context, "device": device, "zone": zone})


def secret_box() -> MultiFernet:
    """Encrypts with a key made of SECRET_KEY; what older keys have encrypted stays readable."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"people.two_step:" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class TwoStepAdapter(DefaultMFAAdapter):
    """Two-step sign-in in our words; secrets are encrypted before they are stored."""

    error_messages: ClassVar[dict[str, Promise | str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This did not work. A code holds for 30 seconds: use the newest one."),
        "no_passkey": _("The passkey was not used. Try again."),
        "unverified_email": _("Confirm your email address first, then set up two-step sign-in."),
        "add_email_blocked": _("Turn two-step sign-in off before you change your email address."),
    }

    def encrypt(self, text: str) -> str:
        return secret_box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return secret_box().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}
