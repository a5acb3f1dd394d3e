"""What a person may change about the own account."""

from typing import TYPE_CHECKING

from allauth.account.forms import AddEmailForm
from django import forms
from django.utils.translation import gettext_lazy as _
from timezone_field.forms import TimeZoneFormField

from people.models import User

if TYPE_CHECKING:
    ProfileBase = forms.ModelForm[User]
else:
    ProfileBase = forms.ModelForm


class ProfileForm(ProfileBase):
    """Time zone and language; the name comes from the exchange office."""

    time_zone = TimeZoneFormField(
        label=_("Time zone"),
        help_text=_("All dates and times are shown for this zone. Change it when you travel."),
    )

    class Meta:
        model = User
        fields = ["time_zone", "language"]
        labels = {"language": _("Language")}
        help_texts = {"language": _("Empty for the language that your browser asks for.")}


class AddressForm(AddEmailForm):
    """A wish for another e-mail address, refused where somebody uses it already."""

    def clean_email(self) -> str:
        email = str(super().clean_email())
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError(
                _("This address cannot be used. If it is yours, ask your exchange office.")
            )
        return email
