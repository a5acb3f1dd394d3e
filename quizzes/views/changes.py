"""Before and after: what a pair of quizzes measured, as picture, table and files."""

from typing import Any

from django import forms
from django.forms import Media
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.generic import IndexView, PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from library.cells import disarmed
from quizzes.change_rows import ChangeRow, change_picture, change_rows
from quizzes.changing import changes
from quizzes.cohorts import cohorts_for
from quizzes.models import QuizPair

STYLES = Media(css={"all": ["charts/charts.css", "quizzes/desk.css"]})


class CohortForm(forms.Form):
    """Whose change; it stays in the address."""

    cohort = forms.ChoiceField(label=gettext_lazy("People"), required=False)

    def __init__(self, *args: Any, reader: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohorts = {cohort.key: cohort for cohort in cohorts_for(reader)}
        self.fields["cohort"].choices = [  # type: ignore[attr-defined]
            ("", _("Everybody")),
            *((key, cohort.name) for key, cohort in self.cohorts.items()),
        ]


class PairChangeView(
    PermissionCheckedMixin,
    BaseObjectMixin,
    SpreadsheetExportMixin,
    WagtailAdminTemplateMixin,
    TemplateView,
):
    model = QuizPair
    permission_required = "change"
    template_name = "quizzes/cms/change.html"
    page_title = gettext_lazy("Before and after")
    header_icon = "resubmit"
    index_url_name = ""
    object: QuizPair

    columns = [
        ("dimension", gettext_lazy("Dimension")),
        ("measured_by", gettext_lazy("Measured by")),
        ("n", gettext_lazy("People")),
        ("before", gettext_lazy("Before (%)")),
        ("after", gettext_lazy("After (%)")),
        ("change", gettext_lazy("Change (points)")),
        ("low", gettext_lazy("95 % interval, from")),
        ("high", gettext_lazy("95 % interval, to")),
        ("direction", gettext_lazy("What it says")),
    ]
    list_export = [name for name, _label in columns]

    def get(  # type: ignore[override]  # a file is streamed.
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if self.is_export:
            file: HttpResponseBase = self.as_spreadsheet(self.rows, request.GET["export"])
            return file
        page: HttpResponseBase = super().get(request, *args, **kwargs)
        return page

    @cached_property
    def form(self) -> CohortForm:
        return CohortForm(self.request.GET, reader=self.request.user)

    @cached_property
    def rows(self) -> list[ChangeRow]:
        chosen = self.form.cleaned_data.get("cohort") if self.form.is_valid() else ""
        cohort = self.form.cohorts.get(chosen or "")
        people = cohort.people() if cohort else None
        return change_rows(changes(self.object, as_of=timezone.now(), people=people))

    def get_heading(self, queryset: Any, field: str) -> str:
        return str(dict(self.columns)[field])

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        text = super().preprocess_field_value(field, value, export_format)
        return disarmed(text)

    def get_filename(self) -> str:
        return f"before-and-after-{self.object.pk}"

    def get_page_subtitle(self) -> str:
        return self.object.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Before and after")},
            {"url": "", "label": self.object.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        shown = any(row.change is not None for row in self.rows)
        return context | {
            "pair": self.object,
            "form": self.form,
            "media": context.get("media", Media()) + STYLES,
            "rows": self.rows,
            "shown": shown,
            "picture": change_picture(self.rows),
            "table": Table(
                [FigureColumn(field, label=label) for field, label in self.columns],
                self.rows,
                caption=_("Change in each dimension"),
                classname="listing qz-items",
            ),
        }


class FigureColumn(Column):
    cell_template_name = "quizzes/cms/figure_cell.html"


class PairIndexView(IndexView):
    change_url_name = ""

    @cached_property
    def columns(self) -> list[Column]:
        return [*super().columns, MeasuredColumn(self.change_url_name)]


class MeasuredColumn(Column):
    """The way from a pair to what it has measured."""

    cell_template_name = "quizzes/cms/measured_cell.html"

    def __init__(self, url_name: str) -> None:
        super().__init__("measured", label=_("Measured"), accessor=lambda pair: pair)
        self.url_name = url_name

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"url": reverse(self.url_name, args=[instance.pk])}
