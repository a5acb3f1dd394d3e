"""The coordinator's overview: who leaves when, who is ready, and where people get stuck."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from exchanges.models import Exchange
from exchanges.models.exchanges import ExchangeQuerySet
from library.cells import disarmed
from readiness import departing, exchange_rows, overview
from readiness.exchange_rows import ExchangeRow
from readiness.people_pictures import stuck_at
from readiness.pictures import added_up, by_week, stuck, weeks
from readiness.shapes import Missing
from readiness.views.coordinating import STYLES, CoordinatorOnly, address
from readiness.views.filters import Complete, DepartureFilterSet, Window

MOST_PICTURED = 200

ORDERS: dict[str, Callable[[ExchangeRow], Any]] = {
    "exchange": lambda one: (one.exchange.host.casefold(), one.exchange.programme.casefold()),
    "country": lambda one: (one.exchange.country_name.casefold(), one.departs_on),
    "ready": lambda one: (one.ready / one.total if one.total else 2, one.departs_on),
    "missing": lambda one: (one.missing[0].count if one.missing else 0, one.departs_on),
}


class CellColumn(Column):
    """A column with a template of its own, `readiness/desk/<name>_cell.html`."""

    @property
    def cell_template_name(self) -> str:
        return f"readiness/desk/{self.name}_cell.html"

    def get_value(self, instance: ExchangeRow) -> None:
        """The template reads the instance; to look for an attribute of the name costs much."""


class DeparturesView(CoordinatorOnly, SpreadsheetExportMixin, BaseListingView):
    """Adds up the rows of the exchanges of the pictures and of the page that is shown.

    Every exchange is added up where the list goes by something that only its people tell.
    """

    page_title = _("Departures")
    header_icon = "globe"
    observers_may_read = True
    template_name = "readiness/desk/departures.html"
    index_url_name = "departures:index"
    index_results_url_name = "departures:index_results"
    results_template_name = "readiness/desk/departures_results.html"
    filterset_class = DepartureFilterSet
    default_ordering = "departure"
    table_classname = "listing rd-departures"
    export_filename = "departures"
    paginate_by = 50
    is_searchable = True
    verbose_name_plural = _("departures")
    columns = [
        CellColumn("tick", label=_("Choose")),
        CellColumn("departure", label=_("Departure"), sort_key="departure"),
        CellColumn("exchange", label=_("Exchange"), sort_key="exchange"),
        CellColumn("country", label=_("Host country"), sort_key="country"),
        CellColumn("ready", label=_("Ready"), sort_key="ready"),
        CellColumn("missing", label=_("Missing most"), sort_key="missing"),
    ]
    list_export = [
        "exchange.code", "exchange.programme", "exchange.host", "exchange.country_name",
        "departs_on", "days_to_departure", "total", "ready", "not_ready", "missing_in_words",
    ]  # fmt: skip
    export_headings = {
        "exchange.code": _("Code"),
        "exchange.programme": _("Programme"),
        "exchange.host": _("Host"),
        "exchange.country_name": _("Host country"),
        "departs_on": _("Departure"),
        "days_to_departure": _("Days to departure"),
        "total": _("People"),
        "ready": _("Ready"),
        "not_ready": _("Not ready"),
        "missing_in_words": _("Missing"),
    }

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_export:
            found: HttpResponseBase = super().get(request, *args, **kwargs)
            return found
        ticked = set(request.GET.getlist("only"))
        shown = [
            one
            for one in self.in_order(self.get_queryset())
            if not ticked or str(one.exchange.uuid) in ticked
        ]
        file: HttpResponseBase = self.as_spreadsheet(shown, request.GET["export"])
        return file

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        text = super().preprocess_field_value(field, value, export_format)
        return disarmed(text)

    def get_base_queryset(self) -> ExchangeQuerySet:
        exchanges = Exchange.objects.observed_by(self.user).select_related("programme", "host")
        return departing.by_departure(exchanges, among=self.own_rows, today=timezone.localdate())

    def order_queryset(self, queryset: ExchangeQuerySet) -> ExchangeQuerySet:
        return queryset.reverse() if self.ordering == "-departure" else queryset

    def get_queryset(self) -> ExchangeQuerySet:
        """What the list shows; `self.pictured` is what it is shown below of."""
        self.looked_at: ExchangeQuerySet = super().get_queryset()
        return self.filters.of_the_week(self.looked_at)

    def search_queryset(self, queryset: ExchangeQuerySet) -> ExchangeQuerySet:
        """By what an exchange is called, or by somebody on it whom the reader answers for."""
        words = str(self.search_query or "").split()
        for word in words:
            people = self.own_placements.filter(
                Q(participant__first_name__icontains=word)
                | Q(participant__last_name__icontains=word)
                | Q(participant__email__icontains=word)
            )
            queryset = queryset.filter(
                Q(code__icontains=word)
                | Q(programme__name__icontains=word)
                | Q(host__name__icontains=word)
                | Q(pk__in=people.values("exchange"))
            )
        return queryset

    def add_up(
        self, exchanges: Sequence[Exchange], missing_on: Sequence[int] | None = None
    ) -> list[ExchangeRow]:
        return exchange_rows.of(
            exchanges,
            among=self.own_rows,
            as_of=timezone.now(),
            asked=self.filters.asked,
            missing_on=missing_on,
        )

    @cached_property
    def whole(self) -> list[ExchangeRow]:
        """All that is looked at, first departures first."""
        return self.add_up(list(self.looked_at))

    @property
    def is_whole(self) -> bool:
        """Whether the order or a filter asks for the people of every exchange."""
        by_people = self.ordering.lstrip("-") in ORDERS
        return by_people or self.is_export or bool(self.filters.missing_chosen)

    def in_order(self, queryset: ExchangeQuerySet) -> list[ExchangeRow]:
        """All exchanges that the list shows, on whichever page."""
        wanted = set(queryset.values_list("pk", flat=True))
        key = self.filters.missing_chosen
        found = [
            one for one in self.whole
            if one.exchange.id in wanted and (not key or one.lacks(key))
        ]  # fmt: skip
        order = ORDERS.get(self.ordering.lstrip("-"))
        if order:
            found.sort(key=order, reverse=self.ordering.startswith("-"))
        return found

    def paginate_queryset(
        self, queryset: ExchangeQuerySet, page_size: int
    ) -> tuple[Paginator[Any], Page[Any], list[ExchangeRow], bool]:
        if self.is_whole:
            found = super().paginate_queryset(self.in_order(queryset), page_size)
            paginator, page, shown, is_paginated = found
            self.pictured = self.whole
            return paginator, page, list(shown), is_paginated
        order = list(self.looked_at.values_list("pk", flat=True))
        chosen = self.filters.week_chosen
        source = list(queryset.values_list("pk", flat=True)) if chosen else order
        paginator, page, ids, is_paginated = super().paginate_queryset(source, page_size)
        first = order[:MOST_PICTURED]
        found = Exchange.objects.select_related("programme", "host").in_bulk({*first, *ids})
        rows = {one.exchange.id: one for one in self.add_up([*found.values()], missing_on=ids)}
        self.pictured = [rows[pk] for pk in first]
        return paginator, page, [rows[pk] for pk in ids], is_paginated

    def stuck_on(self, rows: Sequence[ExchangeRow]) -> tuple[Missing, ...]:
        """What is missing on these, most often missing first."""
        if self.is_whole:
            return added_up(rows)
        people = self.own_rows.filter(exchange__in=[one.exchange.id for one in rows])
        lines = {one.key: one for one in self.filters.asked.all_lines()}
        return stuck_at(overview.missing(people, as_of=timezone.now()), lines)

    @property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("No departures match. Take out a filter or search for less.")
        return gettext(
            "No departures to come. They appear here once a roster with your office's "
            "participants has been imported."
        )

    def address(self, **changes: str) -> str:
        return address(self.request, self.index_url, **changes)

    def pictures(self) -> dict[str, Any]:
        """Weeks of all that is looked at; what is missing, of the chosen week alone."""
        since = None if self.filters.shows_the_past else timezone.localdate()
        week, key = self.filters.week_chosen, self.filters.missing_chosen
        of_the_week = [one for one in self.pictured if not week or one.leaves_in(week)]
        return {
            "by_week": by_week(
                weeks(self.pictured, since=since),
                address=lambda monday: self.address(
                    week="" if week and monday == week.isoformat() else monday
                ),
                chosen=week,
            ),
            "stuck": stuck(
                self.stuck_on(of_the_week),
                address=lambda one: self.address(missing="" if one == key else one),
                chosen=key,
            ),
            "most_pictured": MOST_PICTURED if len(self.pictured) == MOST_PICTURED else 0,
        }

    def quick_filters(self) -> list[dict[str, Any]]:
        """The filters that are used most, as links; one that is on is taken out again."""
        choices = {
            "window": [("", _("To come")), *Window.choices],
            "state": Complete.choices,
        }
        return [
            {
                "label": label,
                "url": self.address(**{name: "" if self._is_on(name, value) else value}),
                "is_on": self._is_on(name, value),
                "begins": place == 0,
            }
            for name, found in choices.items()
            for place, (value, label) in enumerate(found)
        ]

    def _is_on(self, name: str, value: str) -> bool:
        return self.request.GET.get(name, "") == value

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= self.pictures()
        context["may_act"] = self.may_act
        context["quick_filters"] = self.quick_filters()
        context["kept"] = [
            (name, value)
            for name, values in self.request.GET.lists()
            if name not in {"p", "only", "export", "_w_filter_fragment"}
            for value in values
        ]
        context["media"] += STYLES
        return context
