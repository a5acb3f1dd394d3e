import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateInput

from exchanges.models import Exchange, Institution, Office
from exchanges.visibility import answers_for
from people import roles
from people.models import User
from readiness.dates import FutureDateError, end_of_past_day
from readiness.kinds import KINDS
from readiness.models import ExternalResult
from readiness.verdicts import PlacementState
from readiness.wording import STATE_LABELS

LINKS_USUALLY_WORK = dt.timedelta(days=90)


class AsOfForm(forms.Form):
    """Which day, whom to show and in which order. Empty fields mean now, everybody, by name."""

    as_of = forms.DateField(
        label=_("As it stood on"),
        required=False,
        widget=AdminDateInput(attrs={"placeholder": _("Today")}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Everybody")), *[(s.value, STATE_LABELS[s]) for s in PlacementState]],
    )

    missing = forms.CharField(required=False, max_length=100)
    ordering = forms.ChoiceField(
        required=False,
        choices=[
            (f"{sign}{name}", name) for name in ("name", "departure", "done") for sign in ("", "-")
        ],
    )

    def __init__(self, *args: Any, now: dt.datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def clean_as_of(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["as_of"]
        if day:
            try:
                self._moment(day)
            except FutureDateError:
                raise forms.ValidationError(
                    _("That day is still to come. Choose today or a day before.")
                ) from None
        return day

    @property
    def moment(self) -> dt.datetime:
        """The moment to ask about; now if no day was given or it makes no sense."""
        day = self.cleaned_data.get("as_of") if self.is_valid() else None
        return self._moment(day) if day else self.now

    @property
    def chosen_state(self) -> str:
        return str(self.cleaned_data.get("state", "")) if self.is_valid() else ""

    @property
    def chosen_missing(self) -> str:
        """The key of a requirement; only who lacks it is shown."""
        return str(self.cleaned_data.get("missing", "")) if self.is_valid() else ""

    @property
    def ordering_chosen(self) -> str:
        return str(self.cleaned_data.get("ordering", "")) if self.is_valid() else ""

    def _moment(self, day: dt.date) -> dt.datetime:
        return end_of_past_day(day, now=self.now, time_zone=timezone.get_current_timezone())


class PublishForm(forms.Form):
    effective_on = forms.DateField(
        label=_("Holds from"),
        widget=AdminDateInput,
        help_text=_("Today or later. What was asked before that day stays as it was."),
    )
    includes_abroad = forms.BooleanField(
        label=_("Also for people who have left home by then"),
        required=False,
        help_text=_("Otherwise who is abroad keeps what was asked at departure."),
    )


class WaiverForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The participant and everybody in the office can read it."),
    )
    until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The last day on which the waiver counts. Leave empty for good."),
    )
    does_not_apply = forms.BooleanField(
        label=_("It does not apply to this person"),
        required=False,
        help_text=_("Such as a visa for somebody who needs none."),
    )


class DecisionForm(forms.Form):
    """What becomes of a wish for more time."""

    answer = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("Give more time")), ("refuse", _("Leave the date as it is"))],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Until"),
        required=False,
        widget=AdminDateInput,
        help_text=_("The last day, if you give more time."),
    )
    decision = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The participant can read it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("answer") == "grant" and not cleaned.get("until"):
            self.add_error("until", _("Say until when."))
        if cleaned.get("answer") == "refuse":
            cleaned["until"] = None
        return cleaned


class NoteForm(forms.Form):
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read in the office only."),
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ExternalResultForm(WagtailAdminModelForm):
    """A result; the named person is one of those who work in the CMS."""

    class Meta:
        model = ExternalResult
        fields = [
            "instrument",
            "phase",
            "scale",
            "value",
            "taken_on",
            "administered_by",
            "is_confidential",
            "named_person",
        ]
        widgets = {"taken_on": AdminDateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(is_active=True, groups__name__in=roles.GROUPS[1:])
        self.fields["named_person"].queryset = staff.distinct().order_by("last_name", "pk")


class MoreTimeForm(forms.Form):
    """The participant's wish."""

    wished_for = forms.DateField(
        label=_("Until when do you need?"), widget=forms.DateInput(attrs={"type": "date"})
    )
    reason = forms.CharField(
        label=_("Why?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Your exchange office reads it. Write nothing about your health."),
    )


class WaiveTogetherForm(WaiverForm):
    """One requirement for several people; only what somebody of them lacks can be chosen."""

    requirement = forms.ChoiceField(label=_("Requirement"))

    field_order = ["requirement", "reason", "until"]

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["requirement"]
        field.choices = choices  # type: ignore[attr-defined]


class ExtendTogetherForm(forms.Form):
    """More time for one requirement; only what somebody of them lacks can be chosen."""

    requirement = forms.ChoiceField(label=_("Requirement"))
    until = forms.DateField(
        label=_("Until"), widget=AdminDateInput, help_text=_("The last day to do it.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The participants can read it."),
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["requirement"].choices = choices  # type: ignore[attr-defined]


class RequirementSetForm(WagtailAdminModelForm):
    """Checks each requirement as its kind wants it, and says what to put right."""

    def is_valid(self) -> bool:
        is_valid = super().is_valid()
        for form in self.formsets["requirements"].forms:
            if form.is_valid() and not form.cleaned_data.get("DELETE"):
                is_valid = _check(form) and is_valid
        return is_valid


def _check(form: Any) -> bool:
    requirement = form.instance
    if not form.has_changed() and requirement.pk is None:
        return True
    kind = KINDS[requirement.kind]
    for column, message in kind.errors(requirement).items():
        form.add_error(column, message)
    return not form.errors


class PartnerLinkForm(forms.Form):
    """For one exchange if `exchange` is given, else for everybody who goes to a host."""

    host = forms.ModelChoiceField(
        label=_("Host institution"),
        queryset=Institution.objects.none(),
        help_text=_("The link shows everybody of your office who goes there, on any exchange."),
    )
    office = forms.ModelChoiceField(
        label=_("Office"),
        queryset=Office.objects.none(),
        empty_label=None,
        help_text=_("The link shows the people of this office and of those below it."),
    )
    label = forms.CharField(
        label=_("Who it is for"),
        max_length=120,
        help_text=_("Such as the name of the person at the partner. Only your office reads it."),
    )
    until = forms.DateField(
        label=_("Works until"),
        widget=AdminDateInput,
        help_text=_("The end of that day, at most 400 days from now."),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Sojourn writes the letter with the link. Empty: you pass the link on."),
    )
    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=settings.LANGUAGES, required=False
    )

    def __init__(
        self,
        *args: Any,
        user: User,
        today: dt.date,
        exchange: Exchange | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        own = Office.objects.filter(answers_for(user)).order_by("path")
        offices: Any = self.fields["office"]
        offices.queryset = own
        self.fields["until"].initial = today + LINKS_USUALLY_WORK
        self.fields["language"].initial = translation.get_language()
        if exchange is not None:
            del self.fields["host"]
            self.fields["until"].initial = max(exchange.start_date, today + dt.timedelta(days=1))
            return
        hosts: Any = self.fields["host"]
        exchanges = Exchange.objects.coordinated_by(user).order_by()
        hosts.queryset = Institution.objects.filter(pk__in=exchanges.values("host"))
