import datetime as dt
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from exchanges.models import Exchange, Office, Placement
from exchanges.visibility import answers_for
from people.models import User
from people.roles import COORDINATE, OBSERVE

NAMES_SHOWN = 5


class ExchangeForm(WagtailAdminModelForm):
    """New dates must suit everybody whose own dates depend on them."""

    instance: Exchange

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned: dict[str, Any] = self.cleaned_data
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if self.instance.pk and start and end:
            self._suit_everybody(start, end)
        return cleaned

    def _suit_everybody(self, start: dt.date, end: dt.date) -> None:
        people = Placement.objects.filter(exchange=self.instance).select_related("participant")
        self._refuse(
            "start_date",
            people.filter(own_start_date=None, leaves_home_on__gt=start),
            _("The stay would start before these people leave home: %(names)s."),
        )
        self._refuse(
            "start_date",
            people.filter(own_start_date=None, own_end_date__lt=start),
            _("The stay would start after the own last day of: %(names)s."),
        )
        self._refuse(
            "end_date",
            people.filter(own_end_date=None, own_start_date__gt=end),
            _("The stay would end before the own first day of: %(names)s."),
        )

    def _refuse(self, field: str, misfits: QuerySet[Placement], text: Any) -> None:
        names = [str(placement.participant) for placement in misfits.order_by("pk")]
        if names:
            shown = ", ".join(names[:NAMES_SHOWN]) + (" …" if names[NAMES_SHOWN:] else "")
            message = _("%(why)s Change their placements first.")
            self.add_error(field, ValidationError(message, params={"why": text % {"names": shown}}))


class PlacementForm(WagtailAdminModelForm):
    """A placement keeps its person; offices and exchanges are those the user answers for."""

    instance: Placement

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("office", Office.objects.filter(answers_for(self.for_user)).order_by("path"))
        if self.instance.pk is None:
            return
        self._offer("participant", User.objects.filter(pk=self.instance.participant_id))
        self.fields["participant"].disabled = True
        self.fields["omobility_id"].disabled = True
        exchanges = Exchange.objects.coordinated_by(self.for_user)
        self._offer("exchange", exchanges.select_related("programme", "host").by_start())

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
