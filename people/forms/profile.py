"""What people may change about themselves, one form for each section of the profile."""

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from timezone_field.forms import TimeZoneFormField

from people.enums import ExtraTime
from people.models import User

if TYPE_CHECKING:
    ProfileBase = forms.ModelForm[User]
else:
    ProfileBase = forms.ModelForm


class NameForm(ProfileBase):
    """How somebody wants to be called; the official name comes from the exchange office."""

    class Meta:
        model = User
        fields = ["called", "pronouns"]
        labels = {"called": _("How I am called"), "pronouns": _("Pronouns")}
        help_texts = {
            "called": _(
                "If it is not your first name. Your exchange office and your trainers see it "
                "beside your name."
            ),
            "pronouns": _(
                "If you like, and in your own words, such as she/her. The same people see it."
            ),
        }


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


class AccessNeedsForm(ProfileBase):
    """A wish, without a reason: no detail of anybody's health is asked or kept."""

    extra_time = forms.TypedChoiceField(
        label=_("Extra time in timed quizzes"),
        choices=ExtraTime,
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_(
            "Tell us your wish; you need not say why. Your exchange office sees it and settles "
            "it with you. What is settled is also seen by trainers, who look after the quizzes."
        ),
    )

    class Meta:
        model = User
        fields = ["extra_time", "hides_countdown"]
        labels = {"hides_countdown": _("Hide the countdown in timed quizzes")}
        help_texts = {
            "hides_countdown": _("The time runs on, and you are told shortly before it is over.")
        }
