"""allauth's forms for the second step of sign-in, in our words."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp.forms import ActivateTOTPForm as Activate
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from people.forms.entering import PlainFieldsMixin

# What reading a credential raises that has not the shape of one.
SHAPELESS = (AttributeError, KeyError, IndexError, TypeError)


class CodeMixin(PlainFieldsMixin):
    labels = {"code": _("Code")}
    helps = {
        "code": _("Six digits from your authenticator app, or one of your recovery codes."),
    }


class AuthenticateForm(CodeMixin, base.AuthenticateForm):
    pass


class ReauthenticateForm(CodeMixin, base.ReauthenticateForm):
    pass


class ActivateAppForm(CodeMixin, Activate):
    helps = {"code": _("The six digits that your app shows now.")}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CredentialMixin:
    """What is no credential at all is refused in words, where fido2 would fail over it."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except SHAPELESS as error:
            raise get_adapter().validation_error("no_passkey") from error


class CredentialAddedMixin:
    def clean(self) -> Any:
        try:
            return super().clean()  # type: ignore[misc]
        except SHAPELESS as error:
            raise get_adapter().validation_error("no_passkey") from error


class SignInByPasskeyForm(CredentialMixin, webauthn.LoginWebAuthnForm):
    pass


class AuthenticateByPasskeyForm(CredentialMixin, webauthn.AuthenticateWebAuthnForm):
    pass


class ReauthenticateByPasskeyForm(CredentialMixin, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(CredentialAddedMixin, PlainFieldsMixin, webauthn.AddWebAuthnForm):
    labels = {"name": _("Name"), "passwordless": _("Sign in with this passkey alone")}
    helps = {
        "name": _("So that you recognise it later, such as “My phone”."),
        "passwordless": _(
            "Without your password: your device asks for your fingerprint, face or PIN instead. "
            "Leave it off for a key that is only your second step."
        ),
    }


class EditPasskeyForm(PlainFieldsMixin, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name")}
