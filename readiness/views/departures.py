"""The coordinator's overview: who leaves when, and who is ready."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import BaseListingView

from exchanges.models import Exchange
from exchanges.models.exchanges import ExchangeQuerySet
from readiness import departing, report
from readiness.charts import chart, weeks
from readiness.shapes import ExchangeReadiness
from readiness.views.coordinating import STYLES, CoordinatorOnly, exchange_url
from readiness.views.filters import DepartureFilterSet


class CellColumn(Column):
    """A column with a template of its own, `readiness/desk/<name>.html`."""

    @property
    def cell_template_name(self) -> str:
        return f"readiness/desk/{self.name}_cell.html"


class DeparturesView(CoordinatorOnly, BaseListingView):
    """Folds only the exchanges of the page that is shown."""

    page_title = _("Departures")
    header_icon = "globe"
    index_url_name = "departures:index"
    index_results_url_name = "departures:index_results"
    results_template_name = "readiness/desk/departures_results.html"
    filterset_class = DepartureFilterSet
    paginate_by = 20
    is_searchable = True
    verbose_name_plural = _("departures")
    columns = [
        TitleColumn("exchange.title", label=_("Exchange"), get_url=exchange_url),
        CellColumn("departure", label=_("Departure")),
        Column("exchange.country_name", label=_("Host country")),
        CellColumn("ready", label=_("Ready")),
        CellColumn("missing", label=_("Missing most")),
    ]

    def get_base_queryset(self) -> ExchangeQuerySet:
        exchanges = Exchange.objects.coordinated_by(self.user).select_related("programme", "host")
        return departing.by_departure(
            exchanges, among=self.own_placements, today=timezone.localdate()
        )

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

    def paginate_queryset(
        self, queryset: ExchangeQuerySet, page_size: int
    ) -> tuple[Paginator[Any], Page[Any], list[ExchangeReadiness], bool]:
        paginator, page, exchanges, is_paginated = super().paginate_queryset(queryset, page_size)
        folded = report.build_many(list(exchanges), as_of=timezone.now(), among=self.own_placements)
        return paginator, page, folded, is_paginated

    @property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("No departures match. Take out a filter or search for less.")
        return gettext(
            "No departures to come. They appear here once a roster with your office's "
            "participants has been imported."
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["chart"] = chart(weeks(context["object_list"]))
        context["media"] += STYLES
        return context
