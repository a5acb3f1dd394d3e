from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Office, Placement
from exchanges.visibility import answers_for
from people.models import User
from people.roles import COORDINATE, OBSERVE


class ExchangeForm(WagtailAdminModelForm):
    """Once somebody is placed, the plan is changed where one sees first for whom it changes."""

    instance: Exchange
    plan = ("host", "start_date", "end_date", "destination_country", "stay_form")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        placed = Placement.objects.filter(exchange=self.instance.pk)
        self.is_planned = placed.exists()
        for name in self.plan if self.is_planned else ():
            self.fields[name].disabled = True


class PlacementForm(WagtailAdminModelForm):
    """A placement keeps its person; offices and exchanges are those the user answers for.

    Its plan is changed where one sees first what that changes.
    """

    instance: Placement
    is_planned = False
    plan = (
        "exchange",
        "own_start_date",
        "own_end_date",
        "leaves_home_on",
        "own_country",
        "own_stay_form",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("office", Office.objects.filter(answers_for(self.for_user)).order_by("path"))
        if self.instance.pk is None:
            return
        self._offer("participant", User.objects.filter(pk=self.instance.participant_id))
        self.is_planned = True
        for name in ("participant", "omobility_id", *self.plan):
            self.fields[name].disabled = True
        own = Exchange.objects.filter(pk=self.instance.exchange_id)
        self._offer("exchange", own.select_related("programme", "host"))
        self._keep_cancelling_away()

    def _keep_cancelling_away(self) -> None:
        """Cancelling, and going after all, are changes of the plan, too."""
        status = self.fields["status"]
        status.disabled = self.instance.status == PlacementStatus.CANCELLED
        if not status.disabled:
            status.choices = [
                one for one in PlacementStatus.choices if one[0] != PlacementStatus.CANCELLED
            ]

    def _offer(self, name: str, choices: QuerySet[Any]) -> None:
        self.fields[name].queryset = choices


def people_with(*granted: str) -> QuerySet[User]:
    """Active people whose role gives them one of these permissions, such as `people.observe`."""
    codenames = [one.partition(".")[2] for one in granted]
    permissions = Permission.objects.filter(
        content_type__app_label="people", codename__in=codenames
    )
    holds = Q(groups__permissions__in=permissions) | Q(user_permissions__in=permissions)
    return User.objects.filter(holds, is_active=True).distinct()


class OfficeForm(WagtailAdminModelForm):
    """An office, its place in the tree, who answers for it, and who looks at it."""

    instance: Office
    parent = forms.ModelChoiceField(
        label=_("Below"),
        queryset=Office.objects.none(),
        required=False,
        empty_label=_("– at the top –"),
        help_text=_("Coordinators of that office answer for this one, too."),
    )
    members = forms.ModelMultipleChoiceField(
        label=_("Coordinators"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only people with the role of coordinator can be chosen."),
    )
    observers = forms.ModelMultipleChoiceField(
        label=_("Observers"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "They look at the departures of this office and of those below it, and change "
            "nothing. People with the role of observer or coordinator can be chosen."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Office.objects.order_by("path")
        if self.instance.pk is not None:
            offices = offices.exclude(path__startswith=self.instance.path)
            self.initial["parent"] = self.instance.get_parent()
        self.fields["parent"].queryset = offices
        self.fields["members"].queryset = people_with(COORDINATE)
        self.fields["observers"].queryset = people_with(OBSERVE, COORDINATE)

    def save(self, commit: bool = True) -> Office:
        parent: Office | None = self.cleaned_data["parent"]
        if self.instance.pk is None:
            made = parent.add_child if parent else Office.add_root
            made(instance=self.instance)
            self._save_m2m()
            return self.instance
        before = self.instance.get_parent()
        office: Office = super().save(commit)
        if parent != before:
            _move(office, parent)
        return office


def _move(office: Office, parent: Office | None) -> None:
    if parent:
        office.move(parent, "last-child")
    else:
        office.move(Office.get_last_root_node(), "last-sibling")
