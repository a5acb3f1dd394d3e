"""What a plan is changed to, and why."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries.fields import CountryField
from wagtail.admin.widgets import AdminDateInput

from exchanges.enums import PlacementStatus, StayForm
from exchanges.models import Exchange, Institution, Office, Placement
from exchanges.models.placements import PlacementQuerySet
from exchanges.visibility import answers_for
from modules.languages import originals
from modules.models import ModulePage
from people import roles
from people.models import User
from readiness.enums import AdviceLevel
from readiness.errors import (
    AlreadyThereError,
    LeftError,
    MisfitError,
    NamingError,
    NothingNewError,
)
from readiness.replanning.advising import Draft
from readiness.replanning.proposals import (
    OF_EXCHANGE,
    OF_PLACEMENT,
    Proposal,
    for_exchange,
    for_placements,
    moved_to,
)

NAMES_SHOWN = 5


class PlanForm(forms.Form):
    """A plan as it is wished for. `proposed` makes of it what would be written."""

    def proposed(self, *, at: dt.datetime) -> Proposal | None:
        """The proposal; None with an error on the form where it cannot be made."""
        if not self.is_valid():
            return None
        try:
            return self.propose(at)
        except NothingNewError:
            self.add_error(None, _("Nothing changes by that: it is the plan as it is."))
        except LeftError:
            self.add_error(
                "host",
                _(
                    "Somebody is with this host already. Tick that it is for those who have "
                    "left home, too, or move the others to an exchange of their own."
                ),
            )
        except NamingError as error:
            self.add_error(None, _refused(error))
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
        return None

    def propose(self, at: dt.datetime) -> Proposal:
        raise NotImplementedError

    def wanted(self, columns: tuple[str, ...]) -> dict[str, Any]:
        """The wished values by their columns; records by their ids."""
        given = self.cleaned_data
        found = {}
        for column in columns:
            name = column.removesuffix("_id")
            if name in given:
                found[column] = getattr(given[name], "pk", given[name])
        return found


def _refused(error: NamingError) -> str:
    names = ", ".join(error.names[:NAMES_SHOWN]) + (" …" if error.names[NAMES_SHOWN:] else "")
    words = {
        MisfitError: _("Own dates of these people would not fit: %(names)s. Change theirs first."),
        AlreadyThereError: _("These people are on that exchange already: %(names)s."),
    }
    return words[type(error)] % {"names": names}


class ExchangePlanForm(PlanForm):
    host = forms.ModelChoiceField(
        label=gettext_lazy("Host institution"), queryset=Institution.objects.none()
    )
    start_date = forms.DateField(label=gettext_lazy("Stay starts"), widget=AdminDateInput)
    end_date = forms.DateField(label=gettext_lazy("Stay ends"), widget=AdminDateInput)
    destination_country = CountryField(blank=True).formfield(
        label=gettext_lazy("Destination country"),
        required=False,
        help_text=gettext_lazy("Only where it is not the host institution's country."),
    )
    stay_form = forms.ChoiceField(label=gettext_lazy("Takes place"), choices=StayForm)
    cancels = forms.BooleanField(
        label=gettext_lazy("It is cancelled"),
        required=False,
        help_text=gettext_lazy("Nothing is asked any more. What was done stays recorded."),
    )
    moves_own = forms.BooleanField(
        label=gettext_lazy("Own dates of people go along"),
        required=False,
        help_text=gettext_lazy("By as many days as those of the exchange."),
    )
    includes_abroad = forms.BooleanField(
        label=gettext_lazy("Also for people who have left home"),
        required=False,
        help_text=gettext_lazy("Otherwise they keep the plan with which they left."),
    )

    def __init__(self, *args: Any, exchange: Exchange, **kwargs: Any) -> None:
        initial = {name.removesuffix("_id"): getattr(exchange, name) for name in OF_EXCHANGE}
        super().__init__(*args, **kwargs | {"initial": initial | {"moves_own": True}})
        self.exchange = exchange
        hosts = Institution.objects.filter(is_home=False) | Institution.objects.filter(
            pk=exchange.host_id
        )
        self.fields["host"].queryset = hosts.order_by("name")  # type: ignore[attr-defined]

    def propose(self, at: dt.datetime) -> Proposal:
        given = self.cleaned_data
        return for_exchange(
            self.exchange,
            self.wanted(OF_EXCHANGE),
            at=at,
            cancels=given["cancels"],
            includes_abroad=given["includes_abroad"],
            moves_own=given["moves_own"],
        )


class PlacementPlanForm(PlanForm):
    exchange = forms.ModelChoiceField(
        label=gettext_lazy("Exchange"), queryset=Exchange.objects.none()
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=PlacementStatus)
    leaves_home_on = forms.DateField(
        label=gettext_lazy("Leaves home on"), required=False, widget=AdminDateInput
    )
    own_start_date = forms.DateField(
        label=gettext_lazy("Own first day"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Only where it differs from the exchange."),
    )
    own_end_date = forms.DateField(
        label=gettext_lazy("Own last day"),
        required=False,
        widget=AdminDateInput,
        help_text=gettext_lazy("Only where it differs from the exchange."),
    )
    own_country = CountryField(blank=True).formfield(
        label=gettext_lazy("Own destination country"), required=False
    )
    own_stay_form = forms.ChoiceField(
        label=gettext_lazy("Takes place"),
        required=False,
        choices=[("", gettext_lazy("As the exchange")), *StayForm.choices],
    )

    def __init__(self, *args: Any, placement: Placement, today: dt.date, **kwargs: Any) -> None:
        initial = {name.removesuffix("_id"): getattr(placement, name) for name in OF_PLACEMENT}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.placement = placement
        offered = not_over(min(today, placement.exchange.end_date))
        self.fields["exchange"].queryset = offered  # type: ignore[attr-defined]

    def propose(self, at: dt.datetime) -> Proposal:
        own = Placement.objects.filter(pk=self.placement.pk)
        return for_placements(own, self.wanted(OF_PLACEMENT))


class MoveForm(PlanForm):
    """Several people to another exchange."""

    target = forms.ModelChoiceField(
        label=gettext_lazy("To which exchange?"), queryset=Exchange.objects.none()
    )

    def __init__(
        self, *args: Any, placements: PlacementQuerySet, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.placements = placements
        self.fields["target"].queryset = not_over(today)  # type: ignore[attr-defined]

    def propose(self, at: dt.datetime) -> Proposal:
        return for_placements(self.placements, moved_to(self.cleaned_data["target"]))


def not_over(today: dt.date) -> Any:
    """Exchanges to which somebody can still go."""
    found = Exchange.objects.filter(end_date__gte=today)
    return found.select_related("programme", "host").by_start()


class ConfirmForm(forms.Form):
    """Why, and whether people are told; `seen` names what was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody concerned reads it, and it stays in the history."),
    )
    tells = forms.BooleanField(
        label=gettext_lazy("Tell everybody concerned by e-mail"), required=False, initial=True
    )


class AdviceForm(forms.Form):
    """For which country, from when, and what is asked. The words come after the preview."""

    country = CountryField().formfield(label=gettext_lazy("Country"))
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=AdviceLevel)
    valid_from = forms.DateField(label=gettext_lazy("Holds from"), widget=AdminDateInput)
    office = forms.ModelChoiceField(
        label=gettext_lazy("For people of"),
        queryset=Office.objects.none(),
        help_text=gettext_lazy("This office and all below it."),
    )
    module = forms.ModelChoiceField(
        label=gettext_lazy("Module to complete"),
        queryset=ModulePage.objects.none(),
        required=False,
        help_text=gettext_lazy("Empty: they confirm that they have read the advice."),
    )

    def __init__(self, *args: Any, user: User, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"valid_from": today}})
        office: Any = self.fields["office"]
        office.queryset = Office.objects.filter(answers_for(user)).order_by("path")
        if roles.is_administrator(user):
            office.required = False
            office.empty_label = gettext_lazy("Every office")
        module: Any = self.fields["module"]
        module.queryset = originals(ModulePage.objects.live()).order_by("title")

    def drafted(self, *, at: dt.datetime) -> Draft | None:
        """The advice as it is wished for; None with errors on the form."""
        if not self.is_valid():
            return None
        given = self.cleaned_data
        day = dt.datetime.combine(
            given["valid_from"], dt.time.min, tzinfo=timezone.get_current_timezone()
        )
        return Draft(
            country=str(given["country"]),
            level=given["level"],
            since=max(at, day),
            office=given["office"],
            module=given["module"],
        )


class IssueForm(forms.Form):
    """What the advice says; `seen` names what was looked at."""

    seen = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Advice"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Everybody concerned reads it."),
    )
    source = forms.URLField(
        label=gettext_lazy("Source"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("The address of the ministry's page, such as https://…"),
    )
    tells = forms.BooleanField(
        label=gettext_lazy("Tell everybody concerned by e-mail"), required=False, initial=True
    )
