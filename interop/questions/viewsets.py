from typing import Any

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from interop.questions import views
from interop.questions.models import QuestionUpload


class QuestionImportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return views.may_import(request.user)


class QuestionImportViewSet(ViewSet):
    """Imports and exports of questions, in the menu of the question bank."""

    name = "question_imports"
    url_prefix = "bank/imports"
    icon = "upload"
    menu_label = _("Import")
    menu_name = "question-imports"
    menu_hook = "register_question_bank_menu_item"
    menu_order = 900
    menu_item_class = QuestionImportMenuItem

    @cached_property
    def index_view(self) -> Any:
        return self._index(results_only=False)

    def _index(self, *, results_only: bool) -> Any:
        return self.construct_view(
            views.UploadsView,
            model=QuestionUpload,
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("index_results"),
            add_url_name=self.get_url_name("add"),
            results_only=results_only,
        )

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self._index(results_only=True), name="index_results"),
            path("new/", views.UploadView.as_view(), name="add"),
            path("export/", views.ExportPage.as_view(), name="export"),
            path("export/<str:format_name>/", views.ExportFileView.as_view(), name="export_file"),
            path("sample/<str:format_name>/", views.SampleView.as_view(), name="sample"),
            path("<uuid:uuid>/", views.ReviewView.as_view(), name="upload"),
            path("<uuid:uuid>/lines.csv", views.LinesView.as_view(), name="lines"),
        ]
