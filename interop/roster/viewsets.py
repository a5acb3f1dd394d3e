from typing import Any

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from interop.roster.models import RosterUpload
from interop.roster.views import importing, undoing


class RosterMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("interop.add_rosterupload"))


class RosterViewSet(ViewSet):
    """Roster imports, in the menu of the exchanges."""

    name = "rosters"
    icon = "upload"
    menu_label = _("Roster imports")
    menu_name = "rosters"
    menu_hook = "register_exchanges_menu_item"
    menu_order = 100
    menu_item_class = RosterMenuItem

    @cached_property
    def index_view(self) -> Any:
        return self._index(results_only=False)

    def _index(self, *, results_only: bool) -> Any:
        return self.construct_view(
            importing.UploadsView,
            model=RosterUpload,
            index_url_name=self.get_url_name("index"),
            index_results_url_name=self.get_url_name("index_results"),
            add_url_name=self.get_url_name("add"),
            results_only=results_only,
        )

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self._index(results_only=True), name="index_results"),
            path("new/", importing.UploadView.as_view(), name="add"),
            path("sample.csv", importing.SampleView.as_view(), name="sample"),
            path("roster.csv", importing.ExportView.as_view(), name="export"),
            path("<uuid:uuid>/", importing.ReviewView.as_view(), name="upload"),
            path("<uuid:uuid>/invite/", importing.InviteView.as_view(), name="invite"),
            path("<uuid:uuid>/undo/", undoing.UndoView.as_view(), name="undo"),
            path("<uuid:uuid>/errors.csv", importing.ErrorsView.as_view(), name="errors"),
        ]
