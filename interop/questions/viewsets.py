from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from interop.questions import views
from interop.questions.models import QuestionUpload
from interop.viewsets import UploadsViewSet


class QuestionImportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return views.may_import(request.user)


class QuestionImportViewSet(UploadsViewSet):
    """Imports and exports of questions, in the menu of the question bank."""

    name = "question_imports"
    url_prefix = "bank/imports"
    menu_label = _("Import")
    menu_name = "question-imports"
    menu_hook = "register_question_bank_menu_item"
    menu_order = 900
    menu_item_class = QuestionImportMenuItem
    model = QuestionUpload
    uploads_view = views.UploadsView
    upload_view = views.UploadView

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("export/", views.ExportPage.as_view(), name="export"),
            path("export/<str:format_name>/", views.ExportFileView.as_view(), name="export_file"),
            path("sample/<str:format_name>/", views.SampleView.as_view(), name="sample"),
            path("<uuid:uuid>/", views.ReviewView.as_view(), name="upload"),
            path("<uuid:uuid>/lines.csv", views.LinesView.as_view(), name="lines"),
        ]
