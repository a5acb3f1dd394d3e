"""allauth's forms for the second step of sign-in, in our words."""

from allauth.mfa.base import forms as base
from allauth.mfa.totp.forms import ActivateTOTPForm as Activate
from allauth.mfa.webauthn import forms as webauthn
from django.utils.translation import gettext_lazy as _

from people.forms.entering import PlainFieldsMixin


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


class AddPasskeyForm(PlainFieldsMixin, webauthn.AddWebAuthnForm):
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
