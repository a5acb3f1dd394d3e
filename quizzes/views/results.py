"""The attempts of a quiz, for trainers: figures, a list with filters, and its export."""

import datetime as dt
from typing import Any

from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from library.cells import disarmed
from quizzes.enums import AttemptState
from quizzes.figures import figures
from quizzes.models import Attempt, Quiz
from quizzes.templatetags.quiz_words import percent
from quizzes.views.filters import AttemptFilterSet


def result_words(attempt: Attempt) -> str:
    if attempt.state != AttemptState.FINISHED:
        return attempt.get_state_display()
    return "–" if attempt.percent is None else percent(attempt.percent)


def passed_words(attempt: Attempt) -> str:
    if attempt.passed is None:
        return "–"
    return _("Yes") if attempt.passed else _("Not yet")


class AttemptListView(ReportView):
    model = Attempt
    any_permission_required = ["change", "view"]
    template_name = "quizzes/cms/attempts.html"
    page_title = gettext_lazy("Results")
    header_icon = "table"
    filterset_class = AttemptFilterSet
    is_searchable = True
    search_fields = ["participant__last_name", "participant__first_name", "participant__email"]
    default_ordering = "-started_at"
    attempts_url_name = ""
    attempts_results_url_name = ""
    attempt_url_name = ""
    index_url_name = ""
    edit_url_name = ""

    @cached_property
    def columns(self) -> list[Column]:
        return [self._person_column(), *self.other_columns]

    def _person_column(self) -> Column:
        return TitleColumn(
            "participant",
            label=_("Participant"),
            accessor=lambda attempt: attempt.participant.name_with_pronouns,
            sort_key="participant__last_name",
            get_url=lambda attempt: reverse(
                self.attempt_url_name, args=[self.quiz.pk, attempt.uuid]
            ),
        )

    other_columns = [
        Column("number", label=gettext_lazy("Attempt"), sort_key="number"),
        Column("version", label=gettext_lazy("Version"), accessor="version.number"),
        DateColumn("started_at", label=gettext_lazy("Started"), sort_key="started_at"),
        DateColumn("submitted_at", label=gettext_lazy("Submitted"), sort_key="submitted_at"),
        Column("result", label=gettext_lazy("Result"), accessor=result_words, sort_key="percent"),
        Column("passed", label=gettext_lazy("Passed"), accessor=passed_words),
    ]
    list_export = [
        "participant",
        "participant.email",
        "number",
        "version.number",
        "get_state_display",
        "started_at",
        "submitted_at",
        "score",
        "max_score",
        "percent",
        "passed",
    ]
    export_headings = {
        "participant": gettext_lazy("Participant"),
        "get_state_display": gettext_lazy("State"),
        "participant.email": gettext_lazy("E-mail address"),
        "version.number": gettext_lazy("Version"),
    }

    custom_value_preprocess = ReportView.custom_value_preprocess | {
        dt.datetime: {
            ReportView.FORMAT_CSV: lambda value: timezone.localtime(value).isoformat(" "),
            ReportView.FORMAT_XLSX: timezone.make_naive,
        }
    }

    @cached_property
    def permission_policy(self) -> Any:
        return policy_registry.get_by_type(Quiz)

    @cached_property
    def quiz(self) -> Quiz:
        return get_object_or_404(Quiz, pk=self.kwargs["pk"])

    def get_base_queryset(self) -> QuerySet[Attempt]:
        return Attempt.objects.filter(quiz=self.quiz).select_related("participant", "version")

    def get_page_subtitle(self) -> str:
        return self.quiz.title

    def get_index_url(self) -> str:
        return reverse(self.attempts_url_name, args=[self.quiz.pk])

    def get_index_results_url(self) -> str:
        return reverse(self.attempts_results_url_name, args=[self.quiz.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit_url = reverse(self.edit_url_name, args=[quote(self.quiz.pk)])
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(self.index_url_name),
                "label": capfirst(Quiz._meta.verbose_name_plural),
            },
            {"url": edit_url, "label": self.quiz.title},
            {"url": "", "label": _("Results: %(quiz)s") % {"quiz": self.quiz.title}},
        ]

    def get_filename(self) -> str:
        return f"results-{self.quiz.uuid}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if not self.results_only and not self.is_export:
            context["figures"] = figures([self.quiz.pk])[self.quiz.pk]
        return context

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        text = super().preprocess_field_value(field, value, export_format)
        return disarmed(text)
