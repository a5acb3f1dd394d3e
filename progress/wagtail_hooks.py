"""What Wagtail asks of this room."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from modules.models import LessonPage
from people.roles import is_signed_in, is_trainer, reads_reflections
from progress import urls
from progress.attendance import ACTION
from progress.changes import affected
from progress.cohorts import exchanges_as_cohorts
from progress.panels import TeachingPanel
from progress.views.lessons import open_page, press_button

Serve = Callable[[Page, HttpRequest, Any, Any], HttpResponse]


@hooks.register("on_serve_page", order=100)
def record_reading(serve: Serve) -> Serve:
    """Record what participants do with a published lesson.

    Comes after Wagtail's own check of restrictions. Previews are not served through
    here, and a HEAD request is nobody reading.
    """

    def serve_and_record(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
        user = request.user
        if isinstance(page, LessonPage) and is_signed_in(user):
            if request.method == "POST":
                return press_button(request, page, user)
            if request.method == "GET":
                refusal = open_page(request, page, user)
                if refusal:
                    return refusal
        return serve(page, request, args, kwargs)

    return serve_and_record


class ReaderItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return reads_reflections(request.user)


class TrainerSubmenu(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_trainer(request.user)


@hooks.register("register_admin_menu_item")
def register_teaching_menu() -> MenuItem:
    pages = [
        MenuItem(_("How modules do"), reverse("teaching:dashboard"), icon_name="glasses", order=1),
        MenuItem(_("Registers"), reverse("teaching:registers"), icon_name="tasks", order=2),
        MenuItem(
            _("Tasks handed in"), reverse("teaching:tasks"), icon_name="clipboard-list", order=3
        ),
        ReaderItem(
            _("Shared reflections"), reverse("teaching:reflections"), icon_name="openquote", order=4
        ),
    ]
    return TrainerSubmenu(
        _("Teaching"),
        Menu(items=pages, register_hook_name="register_teaching_menu_item"),
        name="teaching",
        icon_name="glasses",
        order=160,
    )


@hooks.register("register_admin_urls")
def register_teaching_urls() -> list[Any]:
    return [path("teaching/", include(urls))]


@hooks.register("construct_homepage_panels")
def add_teaching_panel(request: HttpRequest, panels: list[Any]) -> None:
    if is_signed_in(request.user) and is_trainer(request.user):
        panels.append(TeachingPanel(user=request.user, at=timezone.now()))


@hooks.register("register_log_actions")
def register_attendance_log(actions: LogActionRegistry) -> None:
    actions.register_action(ACTION, _("Save register"), _("Saved the register"))


hooks.register("people_affected_by_change", affected)
hooks.register("quiz_cohorts", exchanges_as_cohorts)
