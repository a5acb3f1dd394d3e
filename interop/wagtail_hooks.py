from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button

from interop.questions.views import may_import
from interop.questions.viewsets import QuestionImportViewSet
from interop.roster.viewsets import RosterViewSet


@hooks.register("register_admin_viewset")
def register_roster_viewset() -> RosterViewSet:
    return RosterViewSet()


@hooks.register("register_admin_viewset")
def register_question_imports() -> QuestionImportViewSet:
    return QuestionImportViewSet()


@hooks.register("register_question_list_buttons")
def question_list_buttons(request: Any) -> list[Button]:
    """Import into the bank, and export the list as it is filtered."""
    if not may_import(request.user):
        return []
    query = request.GET.urlencode()
    export = reverse("question_imports:export")
    return [
        Button(_("Import"), url=reverse("question_imports:add"), icon_name="upload", priority=80),
        Button(
            _("Export as GIFT, Moodle XML or CSV"),
            url=f"{export}?{query}" if query else export,
            icon_name="download",
            priority=90,
        ),
    ]
