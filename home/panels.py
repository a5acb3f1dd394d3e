"""What the CMS's first page shows beside Wagtail's own panels."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models import Count, Q
from wagtail.admin.ui.components import Component

from interop.models import RosterUpload
from people.models import User
from people.roles import GROUPS

SMTP = "django.core.mail.backends.smtp.EmailBackend"


class InstallationPanel(Component):
    """The state of the installation, for administrators: three queries."""

    name = "installation"
    template_name = "home/cms/installation_panel.html"
    order = 400

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        counts = dict(
            Group.objects.filter(name__in=GROUPS)
            .annotate(people=Count("user", filter=Q(user__is_active=True)))
            .values_list("name", "people")
        )
        return {
            "roles": [(name, counts.get(name, 0)) for name in GROUPS],
            "never_signed_in": User.objects.filter(is_active=True, last_login=None).count(),
            "last_import": RosterUpload.objects.filter(applied_at__isnull=False)
            .select_related("uploaded_by")
            .order_by("-applied_at")
            .first(),
            "mail_host": settings.EMAIL_HOST if settings.EMAIL_BACKEND == SMTP else "",
        }
