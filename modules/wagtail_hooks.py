"""What Wagtail asks of this room."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.wagtail_hooks import require_wagtail_login

from modules.accessibility import LessonCheckerItem
from modules.changes import ACTION
from modules.models.access import SignedInPage
from modules.views.checks import ChecksReportView
from modules.views.guide_reports import GuidelessReportView, GuidesReportView
from modules.viewsets import GlossaryTermViewSet
from people.roles import is_signed_in

REPORTS: dict[str, Any] = {
    "completable": ChecksReportView,
    "guides": GuidesReportView,
    "guideless": GuidelessReportView,
}

register_snippet(GlossaryTermViewSet)


@hooks.register("before_serve_page")
def keep_visitors_out(
    page: Page, request: HttpRequest, _args: Any, _kwargs: Any
) -> HttpResponse | None:
    """Send visitors to the sign-in, even where the catalogue's restriction is missing."""
    if isinstance(page, SignedInPage) and not is_signed_in(request.user):
        return require_wagtail_login(next=request.get_full_path())
    return None


@hooks.register("register_admin_urls")
def register_checks_report_urls() -> list[Any]:
    return [
        page
        for address, view in REPORTS.items()
        for page in (
            path(f"reports/{address}/", view.as_view(), name=view.index_url_name),
            path(
                f"reports/{address}/results/",
                view.as_view(results_only=True),
                name=view.index_results_url_name,
            ),
        )
    ]


class AuthorsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        wanted = ["add", "change", "publish"]
        return bool(page_permission_policy.user_has_any_permission(request.user, wanted))


def _menu_item(address: str, order: int) -> MenuItem:
    view = REPORTS[address]
    return AuthorsMenuItem(
        view.page_title,
        reverse(view.index_url_name),
        name=address,
        icon_name=view.header_icon,
        order=order,
    )


@hooks.register("register_reports_menu_item")
def register_checks_report() -> MenuItem:
    return _menu_item("completable", 700)


@hooks.register("register_reports_menu_item")
def register_guides_report() -> MenuItem:
    return _menu_item("guides", 710)


@hooks.register("register_reports_menu_item")
def register_guideless_report() -> MenuItem:
    return _menu_item("guideless", 720)


@hooks.register("construct_wagtail_userbar")
def check_more_of_lessons(_request: HttpRequest, items: list[Any], _page: Page | None) -> None:
    """Put our rules beside Wagtail's in the checks of the editor and the user bar."""
    for index, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[index] = LessonCheckerItem(in_editor=item.in_editor)


@hooks.register("register_log_actions")
def register_change_log(actions: LogActionRegistry) -> None:
    @actions.register_action(ACTION)
    class MaterialChangeFormatter(LogFormatter):
        label = gettext_lazy("Material change")

        def format_message(self, log_entry: Any) -> str:
            return _("Material change: %(note)s") % {"note": log_entry.data.get("note", "")}
