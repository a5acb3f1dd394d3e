"""All people of the own offices: found, counted, ticked and taken away. Reads rows only."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import BaseListingView
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from exchanges.models import Institution, Programme
from people.models import User
from readiness import people_files
from readiness.models import SavedView, StateRow
from readiness.overview import GROUPS, Rows
from readiness.people_files import Line, Value
from readiness.people_shown import SHOWN, Person, people
from readiness.views.addresses import uuids
from readiness.views.coordinating import STYLES, CoordinatorOnly, address
from readiness.views.filters import Window
from readiness.views.overview_filters import DeadlineChoice, PeopleFilterSet
from readiness.views.overview_groups import group_choices, groups

ORDERS = {
    "departure": ("departs_on", "placement"),
    "name": ("sort_name", "placement"),
    "due": ("next_due_at", "placement"),
}
HEADS = {
    "departure": _("Departure"),
    "name": _("Participant"),
    "exchange": _("Exchange"),
    "state": _("State"),
    "missing": _("Missing"),
    "due": _("Next due"),
}
LINES_AT_ONCE = 500
LEFT_OUT = frozenset({"p", "person", "all", "export", "_w_filter_fragment"})


class PeopleMixin(CoordinatorOnly):
    """The rows that the address asks for; ticked people or all that match, for deeds."""

    @cached_property
    def now(self) -> dt.datetime:
        return timezone.now()

    def matching(self, parameters: Any = None) -> Rows:
        asked = self.request.GET if parameters is None else parameters
        found = PeopleFilterSet(asked, queryset=self.own_rows, request=self.request)
        rows: Rows = found.filter_queryset(self.own_rows) if found.is_valid() else self.own_rows
        return searched(rows, asked.get("q", ""))

    def ticked(self) -> Rows:
        """All that match where that is asked for, else the people named one by one."""
        if self.request.GET.get("all"):
            return self.matching()
        chosen = uuids(self.request.GET.getlist("person"))
        return self.own_rows.filter(placement__omobility_id__in=chosen)


def searched(rows: Rows, words: str) -> Rows:
    """Each word begins a name or an address, or is part of a programme's or a host's name."""
    for word in words.split():
        persons = User.objects.filter(
            Q(last_name__istartswith=word)
            | Q(first_name__istartswith=word)
            | Q(email__istartswith=word)
        )
        rows = rows.filter(
            Q(participant__in=persons.values("pk"))
            | Q(programme__in=Programme.objects.filter(name__icontains=word).values("pk"))
            | Q(host__in=Institution.objects.filter(name__icontains=word).values("pk"))
        )
    return rows


class PeopleView(PeopleMixin, SpreadsheetExportMixin, BaseListingView):
    page_title = _("People")
    header_icon = "group"
    observers_may_read = True
    template_name = "readiness/desk/people/list.html"
    results_template_name = "readiness/desk/people/results.html"
    index_url_name = "departures:people"
    index_results_url_name = "departures:people_results"
    filterset_class = PeopleFilterSet
    default_ordering = "departure"
    export_filename = "people"
    paginate_by = 50
    is_searchable = True
    verbose_name_plural = _("people")
    export_headings = people_files.HEADINGS
    list_export = list(export_headings)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.is_export:
            chosen = request.GET.getlist("person") and not request.GET.get("all")
            rows = self.get_queryset()
            if chosen:
                rows = rows.filter(placement__omobility_id__in=uuids(request.GET.getlist("person")))
            file: HttpResponseBase = self.as_spreadsheet(
                people_files.lines(rows, names=self.names, as_of=self.now), request.GET["export"]
            )
            return file
        found: HttpResponseBase = super().get(request, *args, **kwargs)
        return found

    def stream_csv(self, queryset: Iterator[Line]) -> Iterator[str]:
        """Many lines at once: each piece of an answer has its price."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(self.get_heading(None, name) for name in self.list_export)
        while some := list(islice(queryset, LINES_AT_ONCE)):
            writer.writerows(some)
            yield out.getvalue()
            out.seek(0)
            out.truncate()
        yield out.getvalue()

    def to_row_dict(self, item: Line) -> dict[str, Value]:
        return dict(zip(self.list_export, item, strict=True))

    def get_base_queryset(self) -> Rows:
        return self.own_rows

    def get_valid_orderings(self) -> list[str]:
        return [f"{sign}{name}" for name in ORDERS for sign in ("", "-")]

    def order_queryset(self, queryset: Rows) -> Rows:
        fields = ORDERS[self.ordering.lstrip("-")]
        sign = "-" if self.ordering.startswith("-") else ""
        return queryset.order_by(*(f"{sign}{field}" for field in fields))

    def search_queryset(self, queryset: Rows) -> Rows:
        return searched(queryset, str(self.search_query or ""))

    def paginate_queryset(
        self, queryset: Rows, page_size: int
    ) -> tuple[Paginator[Any], Page[Any], list[Person], bool]:
        """Puts narrow rows in order, and reads only who is shown with all their names."""
        self.all_rows = queryset
        order = queryset.values_list("pk", flat=True)
        paginator, page, ids, is_paginated = super().paginate_queryset(order, page_size)
        rows = StateRow.objects.select_related(*SHOWN).in_bulk(list(ids))
        found = [rows[pk] for pk in ids if pk in rows]
        shown = people(found, names=self.names, as_of=self.now)
        return paginator, page, shown, is_paginated

    @property
    def no_results_message(self) -> str:
        if self.is_searching or self.is_filtering:
            return gettext("Nobody matches. Take out a filter or search for less.")
        return gettext(
            "Nobody is to leave. People appear here once a roster with your office's "
            "participants has been imported."
        )

    @property
    def names(self) -> dict[str, str]:
        """What each requirement is called, by its key."""
        return {line.key: line.name for line in self.filters.lines}

    def orders(self) -> list[dict[str, str]]:
        """The heads of the table; some put it in order."""
        return [
            {
                "name": name,
                "label": str(label),
                "url": self.address(ordering=f"-{name}" if self.ordering == name else name)
                if name in ORDERS
                else "",
                "way": {name: "ascending", f"-{name}": "descending"}.get(self.ordering, ""),
            }
            for name, label in HEADS.items()
        ]

    def address(self, **changes: str) -> str:
        return address(self.request, self.index_url, **changes)

    def quick_filters(self) -> list[dict[str, Any]]:
        """The filters that are used most, as links; one that is on is taken out again."""
        choices = {
            "window": [("", _("To come")), *Window.choices],
            "deadline": DeadlineChoice.choices,
        }
        chosen = self.request.GET
        return [
            {
                "label": label,
                "url": self.address(**{name: "" if chosen.get(name, "") == value else value}),
                "is_on": chosen.get(name, "") == value,
                "begins": place == 0,
            }
            for name, found in choices.items()
            for place, (value, label) in enumerate(found)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        by = self.request.GET.get("group", "")
        kept = self.request.GET.copy()
        for name in LEFT_OUT:
            kept.pop(name, None)
        context |= {
            "may_act": self.may_act,
            "quick_filters": self.quick_filters(),
            "orders": self.orders(),
            "group_choices": group_choices(self.address, chosen=by),
            "group_rows": groups(self.all_rows, by, address=self.address, as_of=self.now)
            if by in GROUPS
            else [],
            "kept": [(name, value) for name, values in kept.lists() for value in values],
            "kept_query": kept.urlencode(),
            "saved_views": SavedView.objects.filter(Q(owner=self.user) | Q(is_shared=True))
            .select_related("owner")
            .order_by("name", "pk"),
        }
        context["media"] += STYLES
        return context
