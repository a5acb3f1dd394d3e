"""allauth's forms around sign-in and passwords, in our words and without words in the fields."""

from typing import Any

from allauth.account import forms as account
from allauth.account.fields import SetPasswordField
from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from timezone_field.forms import TimeZoneFormField

from people.models import User


def password_rules() -> SafeString:
    """What a password needs, said before it is typed; the checks are the validators' of Django."""
    rules = [
        gettext("At least 8 characters. Three or four words in a row are easy to remember."),
        gettext("Not your name or email address, and not figures alone."),
        gettext("None of the passwords that everybody uses."),
    ]
    return format_html_join("", "<p>{}</p>", ((rule,) for rule in rules))


rules_for_people = lazy(password_rules, str, SafeString)


class PlainFieldsMixin:
    """No words inside the fields, and labels of ours."""

    labels: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields: dict[str, forms.Field]
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.helps.get(name, field.help_text)


class SignInForm(PlainFieldsMixin, account.LoginForm):
    labels = {
        "login": _("Email address"),
        "password": _("Password"),
        "remember": _("Keep me signed in on this device"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class AddressForm(PlainFieldsMixin, account.AddEmailForm):
    """A wish for another email address, refused where somebody uses it already."""

    labels = {"email": _("New email address")}

    def clean_email(self) -> str:
        email = str(super().clean_email())
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _("This address cannot be used. If it is yours, ask your exchange office.")
            )
        return email


class ResetPasswordForm(PlainFieldsMixin, account.ResetPasswordForm):
    labels = {"email": _("Email address")}


class NewPasswordMixin(PlainFieldsMixin):
    labels = {
        "oldpassword": _("Password you use today"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    helps = {"password1": rules_for_people()}

    def clean(self) -> Any:
        """Say in our words that the two are not the same."""
        found = super().clean()  # type: ignore[misc]
        form: Any = self
        if form.has_error("password2") and form.data.get(form.add_prefix("password2")):
            del form.errors["password2"]
            form.add_error(
                "password2", _("The two new passwords are not the same. Type both again.")
            )
        return found


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):
    pass


class SetPasswordForm(NewPasswordMixin, account.SetPasswordForm):
    pass


class ResetPasswordKeyForm(NewPasswordMixin, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(PlainFieldsMixin, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class InvitationForm(forms.Form):
    """The first password, and what a person may set right at once."""

    password = SetPasswordField(label=_("Password"), help_text=rules_for_people())
    time_zone = TimeZoneFormField(
        label=_("Time zone"),
        help_text=_("All dates and times are shown for this zone. Change it when you travel."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As my browser asks for it")), *settings.LANGUAGES],
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        initial = {"time_zone": user.time_zone, "language": user.language}
        super().__init__(*args, **{"initial": initial, **kwargs})
        password: Any = self.fields["password"]
        password.user = user
        password.widget.attrs.pop("placeholder", None)
