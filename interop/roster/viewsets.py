from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from interop.roster.models import RosterUpload
from interop.roster.views import importing, undoing
from interop.viewsets import UploadsViewSet


class RosterMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("interop.add_rosterupload"))


class RosterViewSet(UploadsViewSet):
    """Roster imports, in the menu of the exchanges."""

    name = "rosters"
    menu_label = _("Roster imports")
    menu_name = "rosters"
    menu_hook = "register_exchanges_menu_item"
    menu_order = 100
    menu_item_class = RosterMenuItem
    model = RosterUpload
    uploads_view = importing.UploadsView
    upload_view = importing.UploadView

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("sample.csv", importing.SampleView.as_view(), name="sample"),
            path("roster.csv", importing.ExportView.as_view(), name="export"),
            path("<uuid:uuid>/", importing.ReviewView.as_view(), name="upload"),
            path("<uuid:uuid>/invite/", importing.InviteView.as_view(), name="invite"),
            path("<uuid:uuid>/undo/", undoing.UndoView.as_view(), name="undo"),
            path("<uuid:uuid>/errors.csv", importing.ErrorsView.as_view(), name="errors"),
        ]
