from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from interop.modules import views
from interop.modules.models import ModuleUpload
from interop.viewsets import UploadsViewSet


class ModuleImportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(page_permission_policy.user_has_permission(request.user, "add"))


class ModuleFileViewSet(UploadsViewSet):
    """Modules as files, beside the imports of questions."""

    name = "module_files"
    url_prefix = "modules/files"
    menu_label = _("Import modules")
    menu_name = "module-files"
    menu_hook = "register_question_bank_menu_item"
    menu_order = 910
    menu_item_class = ModuleImportMenuItem
    model = ModuleUpload
    uploads_view = views.UploadsView
    upload_view = views.UploadView

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("export/<int:pk>/", views.ExportPage.as_view(), name="export"),
            path("export/<int:pk>/module.zip", views.ExportFileView.as_view(), name="file"),
            path("<uuid:uuid>/", views.ReviewView.as_view(), name="upload"),
        ]
