from typing import Any

import django_filters
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from exchanges.enums import Audience, PlacementStatus
from exchanges.models import Exchange, Institution, Office, Placement, Programme
from exchanges.visibility import answers_for, looks_at


def own_offices(request: Any) -> QuerySet[Office]:
    return Office.objects.filter(answers_for(request.user)).order_by("path")


def offices_seen(request: Any) -> QuerySet[Office]:
    return Office.objects.filter(looks_at(request.user)).order_by("path")


def exchanges_seen(request: Any) -> QuerySet[Exchange]:
    found = Exchange.objects.observed_by(request.user).by_start()
    return found.select_related("programme", "host")


class ExchangeFilterSet(WagtailFilterSet):
    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"), queryset=Programme.objects.order_by("name")
    )
    host = django_filters.ModelChoiceFilter(
        label=_("Host institution"),
        queryset=Institution.objects.filter(is_home=False).order_by("name"),
    )
    start_date = django_filters.DateFromToRangeFilter(
        label=_("Stay starts"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Exchange
        fields = ["programme", "host", "start_date"]


class PlacementFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=PlacementStatus.choices, widget=CheckboxSelectMultiple
    )
    audience = django_filters.MultipleChoiceFilter(
        label=_("Participant is"), choices=Audience.choices, widget=CheckboxSelectMultiple
    )
    office = django_filters.ModelChoiceFilter(label=_("Office"), queryset=offices_seen)
    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"),
        field_name="exchange__programme",
        queryset=Programme.objects.order_by("name"),
    )
    exchange = django_filters.ModelChoiceFilter(label=_("Exchange"), queryset=exchanges_seen)

    class Meta:
        model = Placement
        fields = ["status", "audience", "office", "programme", "exchange"]
