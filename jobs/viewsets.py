from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet

from jobs.models import OutgoingMail
from jobs.views import MailFilterSet, MailInspectView, SendAgainView


class OutboxViewSet(ModelViewSet):
    model = OutgoingMail
    icon = "mail"
    menu_label = _("E-mails")
    add_to_settings_menu = True
    menu_order = 900
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = MailInspectView
    filterset_class = MailFilterSet
    form_fields = ["to"]
    search_fields = ["to", "subject"]
    search_backend_name = None
    list_display = [
        "subject",
        "to",
        Column("state", accessor="get_state_display", label=_("State"), sort_key="state"),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    ]
    list_per_page = 50

    def get_urlpatterns(self) -> list[URLPattern]:
        shown = {"index", "index_results", "inspect"}
        return [
            *(pattern for pattern in super().get_urlpatterns() if pattern.name in shown),
            path("again/<int:pk>/", SendAgainView.as_view(), name="again"),
        ]
