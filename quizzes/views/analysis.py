"""How the questions of a published quiz do: pictures, tables, and the same as files."""

from collections.abc import Iterable
from typing import Any

from django.forms import Media
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from library.cells import disarmed
from quizzes import analysing
from quizzes.analysing import Found
from quizzes.attempts import paper_of
from quizzes.enums import WhichAttempts
from quizzes.item_rows import ItemRow, OptionRow, item_rows, option_rows, percent_of
from quizzes.models import Quiz, QuizVersion
from quizzes.pictures import facilities_picture, scores_picture
from quizzes.rights import sees_keys
from quizzes.views.selection import SelectionForm

STYLES = Media(css={"all": ["charts/charts.css", "quizzes/desk.css"]})
UNSORTED = "number"


class AnalysisView(
    PermissionCheckedMixin,
    BaseObjectMixin,
    SpreadsheetExportMixin,
    WagtailAdminTemplateMixin,
    TemplateView,
):
    model = Quiz
    permission_required = "change"
    template_name = "quizzes/cms/analysis.html"
    page_title = gettext_lazy("Analysis")
    header_icon = "view"
    index_url_name = ""
    edit_url_name = ""
    analysis_url_name = ""
    attempts_url_name = ""
    object: Quiz

    columns = [
        ("number", gettext_lazy("No.")),
        ("name", gettext_lazy("Question")),
        ("kind", gettext_lazy("Kind")),
        ("n", gettext_lazy("Answers")),
        ("facility", gettext_lazy("Mean share of the marks (%)")),
        ("sd", gettext_lazy("Standard deviation (%)")),
        ("discrimination", gettext_lazy("Discrimination")),
        ("efficiency", gettext_lazy("Discriminative efficiency (%)")),
        ("weight", gettext_lazy("Effective weight (%)")),
        ("seconds", gettext_lazy("Median time (s)")),
    ]
    option_columns = [
        ("question", gettext_lazy("No.")),
        ("place", gettext_lazy("Option")),
        ("name", gettext_lazy("Text")),
        ("count", gettext_lazy("Chosen")),
        ("share", gettext_lazy("Chosen (%)")),
        ("upper", gettext_lazy("Strongest third (%)")),
        ("lower", gettext_lazy("Weakest third (%)")),
        ("mean_rest", gettext_lazy("Mean of the other marks (%)")),
    ]

    def get(  # type: ignore[override]  # a file is streamed.
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if self.is_export and self.found:
            rows: Iterable[ItemRow | OptionRow] = self.rows
            if self.of_options:
                rows = option_rows(self.rows)
            file: HttpResponseBase = self.as_spreadsheet(rows, request.GET["export"])
            return file
        page: HttpResponseBase = super().get(request, *args, **kwargs)
        return page

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Reckon anew, however long it takes, and show the page again."""
        if self.version:
            analysing.reckon(self.version, self.form.selection, at=timezone.now())
        return redirect(request.get_full_path())

    @cached_property
    def form(self) -> SelectionForm:
        form = SelectionForm(self.request.GET or None, quiz=self.object, reader=self.request.user)
        if not form.is_bound or not form.is_valid():
            live = self.object.live_version_id
            form.initial = {"version": live, "which": WhichAttempts.FIRST}
            form.cleaned_data = getattr(form, "cleaned_data", {})
        return form

    @cached_property
    def version(self) -> QuizVersion | None:
        return self.form.chosen_version

    @cached_property
    def found(self) -> Found | None:
        if self.version is None:
            return None
        return analysing.look_up(self.version, self.form.selection, at=timezone.now())

    @cached_property
    def rows(self) -> list[ItemRow]:
        return item_rows(self.found.analysis) if self.found else []

    @cached_property
    def shows_keys(self) -> bool:
        if self.version is None:
            return False
        return sees_keys(self.request.user, list(paper_of(self.version).item_by_id))

    @property
    def of_options(self) -> bool:
        return self.request.GET.get("table") == "options"

    @property
    def list_export(self) -> list[str]:
        if self.of_options:
            shown = [name for name, _label in self.option_columns]
            return [*shown, "is_best"] if self.shows_keys else shown
        return [*(name for name, _label in self.columns), "flags_in_words"]

    def get_heading(self, queryset: Any, field: str) -> str:
        more = [("flags_in_words", _("To look at")), ("is_best", _("Best answer"))]
        headings = self.option_columns if self.of_options else self.columns
        return str(dict([*headings, *more])[field])

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        text = super().preprocess_field_value(field, value, export_format)
        return disarmed(text)

    def get_filename(self) -> str:
        number = self.version.number if self.version else 0
        return f"{'options' if self.of_options else 'analysis'}-{self.object.uuid}-v{number}"

    @property
    def ordering(self) -> str:
        wanted = self.request.GET.get("ordering", UNSORTED)
        known = {name for name, _label in self.columns}
        return wanted if wanted.lstrip("-") in known else UNSORTED

    @property
    def table(self) -> Table:
        name, backwards = self.ordering.lstrip("-"), self.ordering.startswith("-")
        known = [row for row in self.rows if getattr(row, name) is not None]
        unknown = [row for row in self.rows if getattr(row, name) is None]
        known.sort(key=lambda row: getattr(row, name), reverse=backwards)
        return Table(
            [FigureColumn(field, label=label, sort_key=field) for field, label in self.columns],
            [*known, *unknown],
            base_url=self.request.path,
            ordering=self.ordering,
            classname="listing qz-items",
            caption=_("Figures of each question"),
        )

    def get_page_subtitle(self) -> str:
        return self.object.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit_url = reverse(self.edit_url_name, args=[self.object.pk])
        quizzes = capfirst(Quiz._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": quizzes},
            {"url": edit_url, "label": self.object.title},
            {"url": "", "label": _("Analysis: %(quiz)s") % {"quiz": self.object.title}},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context |= {
            "quiz": self.object,
            "form": self.form,
            "media": context.get("media", Media()) + STYLES + self.form.media,
            "version": self.version,
            "found": self.found,
            "attempts_url": reverse(self.attempts_url_name, args=[self.object.pk]),
        }
        if self.found and self.version:
            scores = self.found.analysis.scores
            context |= {
                "scores": scores,
                "figures": score_figures(self.found),
                "scores_picture": scores_picture(scores, paper_of(self.version)),
                "facilities_picture": facilities_picture(self.rows),
                "rows": self.rows,
                "table": self.table,
                "shows_keys": self.shows_keys,
            }
        return context


class FigureColumn(Column):
    cell_template_name = "quizzes/cms/figure_cell.html"


def score_figures(found: Found) -> dict[str, Any]:
    scores = found.analysis.scores
    return {
        "mean": percent_of(scores.mean),
        "middle": percent_of(scores.middle),
        "sd": percent_of(scores.sd),
        "error": percent_of(scores.error),
        "alpha": None if scores.alpha is None else round(scores.alpha, 2),
    }
