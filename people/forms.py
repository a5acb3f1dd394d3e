"""What a person may change about the own account, and an administrator about anybody's."""

from typing import TYPE_CHECKING, Any

from allauth.account.forms import AddEmailForm, LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from timezone_field.forms import TimeZoneFormField
from wagtail.users.forms import UserCreationForm, UserEditForm

from people.addresses import settle_address
from people.models import User

if TYPE_CHECKING:
    ProfileBase = forms.ModelForm[User]
else:
    ProfileBase = forms.ModelForm


class LocaleForm(ProfileBase):
    """How dates, times and words are shown to a person."""

    time_zone = TimeZoneFormField(
        label=_("Time zone"),
        help_text=_("All dates and times are shown for this zone. Change it when you travel."),
    )

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", _("As my browser asks for it")), *settings.LANGUAGES],
    )

    class Meta:
        model = User
        fields = ["time_zone", "language"]


class ProfileForm(LocaleForm):
    """What people say about themselves; the name comes from the exchange office."""


class SignInForm(LoginForm):
    """allauth's form in our words, and without words inside the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email address")
        self.fields["remember"].label = _("Keep me signed in on this device")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class AddressForm(AddEmailForm):
    """A wish for another email address, refused where somebody uses it already."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _("This address cannot be used. If it is yours, ask your exchange office.")
            )
        return email


class OfficeMixin:
    """What both of the CMS's forms for people add to Wagtail's own.

    Superusers are made on the command line alone: who may edit people may not rise
    above the own role by it. Without a password the person chooses one by mail.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields: dict[str, forms.Field]
        self.fields.pop("is_superuser", None)
        self.fields["groups"].label = _("Roles")
        self.fields["email"].label = _("Email address")

    def clean_email(self) -> str:
        self.cleaned_data: dict[str, Any]
        return str(self.cleaned_data["email"]).strip().lower()

    def save(self, commit: bool = True) -> User:
        user: User = super().save(commit=False)  # type: ignore[misc]
        if not user.password:
            user.set_unusable_password()
        if commit:
            user.save()
            self.save_m2m()  # type: ignore[attr-defined]
            settle_address(user)
        return user


FIELDS_OF_OURS = {"time_zone", "language", "global_id"}


class PersonCreationForm(OfficeMixin, UserCreationForm):
    class Meta(UserCreationForm.Meta):
        fields = UserCreationForm.Meta.fields | FIELDS_OF_OURS


class PersonEditForm(OfficeMixin, UserEditForm):
    class Meta(UserEditForm.Meta):
        fields = UserEditForm.Meta.fields | FIELDS_OF_OURS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["groups"]
