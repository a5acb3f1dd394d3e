"""How the departures can be narrowed down; everything stays in the address."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import F, TextChoices, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.active_filters import (
    ActiveFilter,
    BaseFilterAdapter,
    register_filter_adapter_class,
)
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.widgets import AdminDateInput

from exchanges.country_names import country_name
from exchanges.models import Exchange, Programme
from exchanges.models.exchanges import ExchangeQuerySet
from readiness import departing, overview
from readiness.demands import demands
from readiness.overview import Rows
from readiness.pictures import week_of

WEEK = dt.timedelta(days=6)


class Window(TextChoices):
    FOUR_WEEKS = "28", _("In the next 4 weeks")
    THREE_MONTHS = "91", _("In the next 3 months")
    AWAY = "away", _("Away now")
    OVER = "over", _("Back home")
    ALL = "all", _("All")


class Complete(TextChoices):
    READY = "ready", _("Everybody ready")
    NOT_READY = "not_ready", _("Somebody not ready")


def within(
    exchanges: ExchangeQuerySet, window: str, *, among: Rows, today: dt.date
) -> ExchangeQuerySet:
    """Those of `by_departure` in a window of `Window`; for an empty one those to come."""
    match window:
        case Window.ALL:
            return exchanges
        case Window.AWAY:
            return departing.away(exchanges, among=among, today=today)
        case Window.OVER:
            return departing.over(exchanges, among=among, today=today)
        case "":
            return departing.leaving(exchanges, first=today)
    last = today + dt.timedelta(days=int(window))
    return departing.leaving(exchanges, first=today, last=last)


def with_country(exchanges: ExchangeQuerySet) -> Any:
    """With `to_country`, as `Exchange.country` has it, to filter on."""
    return exchanges.annotate(
        to_country=Coalesce(NullIf(F("destination_country"), Value("")), F("host__country"))
    )


class WeekFilter(django_filters.DateFilter):
    """Any day of a week stands for the week."""


class WeekFilterAdapter(BaseFilterAdapter):
    """Names the week by its Monday, as the picture does."""

    def get_active_filters(self) -> Any:
        yield ActiveFilter(
            self.bound_field.auto_id,
            self.filter.label,
            date_format(week_of(self.value), "DATE_FORMAT"),
            self.get_url_without_filter_param(self.name),
        )


register_filter_adapter_class(WeekFilter, WeekFilterAdapter)


def in_the_week(exchanges: ExchangeQuerySet, day: dt.date, *, among: Rows) -> ExchangeQuerySet:
    """Those on which somebody leaves in the week of that day."""
    monday = week_of(day)
    leaving = among.filter(is_cancelled=False, departs_on__range=(monday, monday + WEEK))
    return exchanges.filter(pk__in=leaving.order_by().values("exchange"))


class DepartureFilterSet(WagtailFilterSet):
    window = django_filters.ChoiceFilter(
        label=_("Departure"),
        choices=Window.choices,
        method="filter_nothing",
        empty_label=_("To come"),
        widget=forms.RadioSelect,
    )
    programme = django_filters.ModelChoiceFilter(
        label=_("Programme"),
        queryset=lambda request: Programme.objects.filter(
            exchanges__in=Exchange.objects.observed_by(request.user)
        ).distinct(),
    )
    country = django_filters.ChoiceFilter(label=_("Host country"), method="filter_country")
    state = django_filters.ChoiceFilter(
        label=_("Readiness"), choices=Complete.choices, method="filter_state"
    )

    week = WeekFilter(label=_("Week of"), method="filter_nothing", widget=AdminDateInput)
    missing = django_filters.ChoiceFilter(label=_("Not done yet"), method="filter_nothing")

    class Meta:
        model = Exchange
        fields = ["window", "programme", "country", "state", "week", "missing"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = with_country(Exchange.objects.observed_by(self.request.user))
        codes = own.order_by().values_list("to_country", flat=True).distinct()
        named = sorted((country_name(code), code) for code in codes)
        self.filters["country"].extra["choices"] = [(code, name) for name, code in named]
        self.asked = demands(as_of=timezone.now())
        self.filters["missing"].extra["choices"] = [
            (one.key, f"{one.name} ({one.kind_label})") for one in self.asked.all_lines()
        ]

    @cached_property
    def own_rows(self) -> Rows:
        return overview.rows_seen_by(self.request.user)

    def filter_queryset(self, queryset: ExchangeQuerySet) -> ExchangeQuerySet:
        window = self.form.cleaned_data.get("window") or ""
        found = within(queryset, window, among=self.own_rows, today=timezone.localdate())
        return super().filter_queryset(found)

    def filter_nothing(self, queryset: ExchangeQuerySet, *args: str) -> ExchangeQuerySet:
        """The window comes first and has a default; week and what is missing narrow the
        list below the pictures and not the pictures.
        """
        return queryset

    def of_the_week(self, queryset: ExchangeQuerySet) -> ExchangeQuerySet:
        """Those of the chosen week; all without one."""
        week = self.week_chosen
        return in_the_week(queryset, week, among=self.own_rows) if week else queryset

    @property
    def week_chosen(self) -> dt.date | None:
        """The Monday of the chosen week."""
        day = self.form.cleaned_data.get("week") if self.is_valid() else None
        return week_of(day) if day else None

    @property
    def missing_chosen(self) -> str:
        return str(self.form.cleaned_data.get("missing") or "") if self.is_valid() else ""

    @property
    def shows_the_past(self) -> bool:
        window = self.form.cleaned_data.get("window") if self.is_valid() else ""
        return window in {Window.AWAY, Window.OVER, Window.ALL}

    def filter_country(self, queryset: ExchangeQuerySet, name: str, code: str) -> ExchangeQuerySet:
        return with_country(queryset).filter(to_country=code)

    def filter_state(self, queryset: ExchangeQuerySet, name: str, state: str) -> ExchangeQuerySet:
        unready = self.own_rows.filter(~overview.ready(timezone.now()), is_cancelled=False)
        concerned = unready.order_by().values("exchange")
        if state == Complete.READY:
            return queryset.exclude(pk__in=concerned)
        return queryset.filter(pk__in=concerned)
