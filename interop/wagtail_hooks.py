from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from interop.modules.viewsets import ModuleFileViewSet
from interop.questions.views import may_import
from interop.questions.viewsets import QuestionImportViewSet
from interop.roster.viewsets import RosterViewSet
from modules.models import CataloguePage, ModulePage
from people.models import User


@hooks.register("register_admin_viewset")
def register_roster_viewset() -> RosterViewSet:
    return RosterViewSet()


@hooks.register("register_admin_viewset")
def register_question_imports() -> QuestionImportViewSet:
    return QuestionImportViewSet()


@hooks.register("register_admin_viewset")
def register_module_files() -> ModuleFileViewSet:
    return ModuleFileViewSet()


@hooks.register("register_page_header_buttons")
def page_header_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Export a module from its own page, and import one from the catalogue's."""
    yield from _module_buttons(page, user)


@hooks.register("register_page_listing_more_buttons")
def page_listing_buttons(page: Page, user: User, next_url: str | None = None) -> Iterator[Button]:
    yield from _module_buttons(page, user)


def _module_buttons(page: Page, user: User) -> Iterator[Button]:
    kind = page.specific_class
    rights = page.permissions_for_user(user)
    if kind and issubclass(kind, ModulePage) and page.live and rights.can_edit():
        url = reverse("module_files:export", args=(page.pk,))
        yield Button(_("Export as a file"), url=url, icon_name="download", priority=75)
    if kind is CataloguePage and rights.can_add_subpage():
        url = reverse("module_files:add")
        yield Button(_("Import a module"), url=url, icon_name="upload", priority=75)


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
