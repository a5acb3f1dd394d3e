"""How the departures can be narrowed down; everything stays in the address."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import F, TextChoices, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail.admin.filters import WagtailFilterSet

from exchanges.models import Exchange, Placement, Programme
from exchanges.models.exchanges import ExchangeQuerySet
from exchanges.models.placements import PlacementQuerySet
from readiness import departing, report


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
    exchanges: ExchangeQuerySet, window: str, *, among: PlacementQuerySet, today: dt.date
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
            exchanges__in=Exchange.objects.coordinated_by(request.user)
        ).distinct(),
    )
    country = django_filters.ChoiceFilter(label=_("Host country"), method="filter_country")
    state = django_filters.ChoiceFilter(
        label=_("Readiness"), choices=Complete.choices, method="filter_state"
    )

    class Meta:
        model = Exchange
        fields = ["window", "programme", "country", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = with_country(Exchange.objects.coordinated_by(self.request.user))
        codes = own.order_by().values_list("to_country", flat=True).distinct()
        named = sorted((str(countries.name(code)), code) for code in codes)
        self.filters["country"].extra["choices"] = [(code, name) for name, code in named]

    @cached_property
    def own_placements(self) -> PlacementQuerySet:
        return Placement.objects.coordinated_by(self.request.user)

    def filter_queryset(self, queryset: ExchangeQuerySet) -> ExchangeQuerySet:
        window = self.form.cleaned_data.get("window") or ""
        found = within(queryset, window, among=self.own_placements, today=timezone.localdate())
        return super().filter_queryset(found)

    def filter_nothing(self, queryset: ExchangeQuerySet, *args: str) -> ExchangeQuerySet:
        """The window is applied first and has a default, so it is done above."""
        return queryset

    def filter_country(self, queryset: ExchangeQuerySet, name: str, code: str) -> ExchangeQuerySet:
        return with_country(queryset).filter(to_country=code)

    def filter_state(self, queryset: ExchangeQuerySet, name: str, state: str) -> ExchangeQuerySet:
        """Comes last, because it folds every exchange that the other filters leave."""
        folded = report.build_many(
            list(queryset),
            as_of=timezone.now(),
            among=self.own_placements,
        )
        wanted = [
            one.exchange.id for one in folded if (one.not_ready == 0) is (state == Complete.READY)
        ]
        return queryset.filter(pk__in=wanted)
