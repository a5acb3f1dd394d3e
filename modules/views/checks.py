"""The report “Can this be completed?” over all modules and lessons."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from library.cells import AS_TEXT
from modules.checking.findings import Finding
from modules.checking.running import check_all
from modules.enums import Severity
from modules.models import LessonPage, ModulePage

KINDS = (("module", _("Modules")), ("lesson", _("Lessons")))


class ChecksFilterSet(WagtailFilterSet):
    severity = django_filters.ChoiceFilter(
        label=_("How much it matters"), choices=Severity.choices, method="with_severity"
    )
    problem = django_filters.ChoiceFilter(label=_("What is wrong"), method="with_problem")
    kind = django_filters.ChoiceFilter(label=_("Kind of page"), choices=KINDS, method="of_kind")
    everything = django_filters.BooleanFilter(
        label=_("Pages without findings, too"), method="with_nothing"
    )

    class Meta:
        model = Page
        fields = ["live"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        problems = {
            (one.problem.value, one.problem.label)
            for found in self.findings.values()
            for one in found
        }
        choices = sorted(problems, key=lambda each: str(each[1]))
        self.filters["problem"].extra["choices"] = choices

    @cached_property
    def findings(self) -> dict[int, list[Finding]]:
        """All that is to be mended on any page that the reader may change."""
        ids = list(self.queryset.values_list("pk", flat=True))
        return check_all(ids, at=timezone.now())

    def filter_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        filtered = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("everything"):
            return filtered
        return filtered.filter(pk__in=list(self.findings))

    def with_severity(self, pages: QuerySet[Page], _name: str, value: str) -> QuerySet[Page]:
        return pages.filter(pk__in=self._pages_where("severity", value))

    def with_problem(self, pages: QuerySet[Page], _name: str, value: str) -> QuerySet[Page]:
        return pages.filter(pk__in=self._pages_where("problem", value))

    def of_kind(self, pages: QuerySet[Page], _name: str, value: str) -> QuerySet[Page]:
        return pages.filter(lessonpage__isnull=value != "lesson")

    def with_nothing(self, pages: QuerySet[Page], _name: str, _value: bool) -> QuerySet[Page]:
        return pages

    def _pages_where(self, name: str, value: str) -> list[int]:
        return [
            page_id
            for page_id, found in self.findings.items()
            if any(str(getattr(one, name).value) == value for one in found)
        ]


class ChecksReportView(PageReportView):
    page_title = _("Can this be completed?")
    header_icon = "tasks"
    index_url_name = "authoring_report"
    index_results_url_name = "authoring_report_results"
    results_template_name = "modules/checking/report_results.html"
    filterset_class = ChecksFilterSet
    any_permission_required = ["add", "change", "publish"]
    permission_policy = page_permission_policy
    list_export = [
        "title",
        "status_string",
        "content_type.model_class._meta.verbose_name.title",
        "error_count",
        "warning_count",
        "what_to_do",
    ]
    export_headings = {
        **PageReportView.export_headings,
        "title": _("Title"),
        "error_count": _("Stops people"),
        "warning_count": _("Worth a look"),
        "what_to_do": _("What to do"),
    }
    custom_field_preprocess = {
        **PageReportView.custom_field_preprocess,
        "title": AS_TEXT,
    }

    def get_queryset(self) -> QuerySet[Page]:
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        is_checked = Q(pk__in=ModulePage.objects.values("pk")) | Q(
            pk__in=LessonPage.objects.values("pk")
        )
        self.queryset = (
            mine.filter(is_checked)
            .select_related("content_type", "locale")
            .prefetch_workflow_states()
            .annotate_approved_schedule()
            .order_by("path")
        )
        return super().get_queryset()

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        pages = list(object_list)
        for page in pages:
            found = self.filters.findings.get(page.pk, [])
            page.findings = found
            page.error_count = sum(one.is_error for one in found)
            page.warning_count = len(found) - page.error_count
            page.what_to_do = "\n".join(one.words for one in found)
        return pages
