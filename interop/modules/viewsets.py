from typing import Any

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import page_permission_policy

from interop.modules import views
from interop.modules.models import ModuleUpload


class ModuleImportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(page_permission_policy.user_has_permission(request.user, "add"))


class ModuleFileViewSet(ViewSet):
    """Modules as files, beside the imports of questions."""

    name = "module_files"
    url_prefix = "modules/files"
    icon = "upload"
    menu_label = _("Import modules")
    menu_name = "module-files"
    menu_hook = "register_question_bank_menu_item"
    menu_order = 910
    menu_item_class = ModuleImportMenuItem

    @cached_property
    def index_view(self) -> Any:
        return self._index(results_only=False)

    def _index(self, *, results_only: bool) -> Any:
        return self.construct_view(
            views.UploadsView,
            model=ModuleUpload,
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
            path("export/<int:pk>/", views.ExportPage.as_view(), name="export"),
            path("export/<int:pk>/module.zip", views.ExportFileView.as_view(), name="file"),
            path("<uuid:uuid>/", views.ReviewView.as_view(), name="upload"),
        ]
