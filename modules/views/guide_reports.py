"""Two reports: exchanges without a guide of their own, and guides to review."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView, ReportView
from wagtail.permissions import page_permission_policy

from exchanges.models import Exchange
from library.cells import AS_TEXT
from modules.enums import GuideLayer
from modules.models import CountryGuidePage, GuidePage, InstitutionGuidePage

ACTIONS = ["add", "change", "publish"]
MISSING = (
    ("country", _("A guide to the country")),
    ("institution", _("A guide to the host")),
    ("both", _("Both")),
)


class GuidelessFilterSet(WagtailFilterSet):
    missing = django_filters.ChoiceFilter(
        label=_("What is missing"), choices=MISSING, method="without"
    )

    class Meta:
        model = Exchange
        fields: list[str] = []

    def without(self, exchanges: QuerySet[Exchange], _name: str, value: str) -> QuerySet[Exchange]:
        if value == "both":
            return exchanges.filter(Q(has_country=False, has_institution=False))
        return exchanges.filter(**{f"has_{value}": False})


class GuidelessReportView(ReportView):
    """Exchanges that are not over, whose people read only what holds elsewhere."""

    page_title = _("Exchanges without guides")
    header_icon = "site"
    index_url_name = "guideless_report"
    index_results_url_name = "guideless_report_results"
    results_template_name = "modules/guides/guideless_results.html"
    filterset_class = GuidelessFilterSet
    any_permission_required = ACTIONS
    permission_policy = page_permission_policy
    list_export = ["words", "start_date", "to_country", "country_words", "institution_words"]
    export_headings = {
        "words": _("Exchange"),
        "start_date": _("Stay starts"),
        "to_country": _("Country"),
        "country_words": _("Guide to the country"),
        "institution_words": _("Guide to the host"),
    }
    custom_field_preprocess = {"words": AS_TEXT}

    def get_queryset(self) -> QuerySet[Exchange]:
        self.queryset = guideless(on=timezone.localdate())
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        exchanges = list(object_list)
        for exchange in exchanges:
            exchange.words = str(exchange)
            exchange.country_words = _("yes") if exchange.has_country else _("missing")
            exchange.institution_words = _("yes") if exchange.has_institution else _("missing")
        return exchanges


def guideless(*, on: dt.date) -> QuerySet[Exchange]:
    """Return exchanges not over on that day that lack a published guide, the soonest first.

    Each has `to_country` (alpha-2), `has_country` and `has_institution`.
    """
    countries = CountryGuidePage.objects.live().filter(country=OuterRef("to_country"))
    institutions = InstitutionGuidePage.objects.live().filter(institution=OuterRef("host"))
    return (
        Exchange.objects.filter(end_date__gte=on)
        .select_related("host", "programme")
        .annotate(
            to_country=Case(
                When(destination_country="", then=F("host__country")),
                default=F("destination_country"),
            ),
        )
        .annotate(has_country=Exists(countries), has_institution=Exists(institutions))
        .filter(Q(has_country=False) | Q(has_institution=False))
        .by_start()
    )


class GuidesFilterSet(WagtailFilterSet):
    layer = django_filters.ChoiceFilter(label=_("Layer"), choices=GuideLayer.choices)
    everything = django_filters.BooleanFilter(
        label=_("Guides without a review due, too"), method="with_all"
    )

    class Meta:
        model = GuidePage
        fields = ["layer", "live"]

    def filter_queryset(self, queryset: QuerySet[GuidePage]) -> QuerySet[GuidePage]:
        filtered = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("everything"):
            return filtered
        due = Q(review_on__lte=timezone.localdate()) | Q(review_on__isnull=True)
        return filtered.filter(due)

    def with_all(
        self, guides: QuerySet[GuidePage], _name: str, _value: bool
    ) -> QuerySet[GuidePage]:
        return guides


class GuidesReportView(PageReportView):
    """Guides whose review is due, or has no day."""

    page_title = _("Guides to review")
    header_icon = "date"
    index_url_name = "guides_report"
    index_results_url_name = "guides_report_results"
    results_template_name = "modules/guides/review_results.html"
    filterset_class = GuidesFilterSet
    any_permission_required = ACTIONS
    permission_policy = page_permission_policy
    list_export = ["title", "get_layer_display", "kept_by", "reviewed_on", "review_on"]
    export_headings = {
        "title": _("Title"),
        "get_layer_display": _("Layer"),
        "kept_by": _("Kept by"),
        "reviewed_on": _("Last reviewed"),
        "review_on": _("Review by"),
    }
    custom_field_preprocess = {"title": AS_TEXT, "kept_by": AS_TEXT}

    def get_queryset(self) -> QuerySet[GuidePage]:
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        self.queryset = (
            GuidePage.objects.filter(pk__in=mine.values("pk"))
            .defer("answers")
            .select_related("content_type", "locale")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by(F("review_on").asc(nulls_first=True), "path")
        )
        return super().get_queryset()
