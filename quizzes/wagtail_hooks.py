from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.roles import is_marker
from quizzes.views.bulk import BULK_ACTIONS
from quizzes.views.marking import MarkView, QueueView
from quizzes.viewsets import (
    AccommodationViewSet,
    QuestionBank,
    QuestionChooserViewSet,
    QuizChooserViewSet,
)

for action in BULK_ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("register_admin_viewset")
def register_question_bank() -> list[Any]:
    return [
        QuestionBank(),
        AccommodationViewSet(),
        QuestionChooserViewSet("question_chooser", url_prefix="bank/choose-question"),
        QuizChooserViewSet("quiz_chooser", url_prefix="bank/choose-quiz"),
    ]


class MarkingMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return is_marker(request.user)


@hooks.register("register_admin_menu_item")
def register_marking_menu() -> MenuItem:
    return MarkingMenuItem(
        _("Marking"), reverse("marking:queue"), name="marking", icon_name="edit", order=215
    )


@hooks.register("register_admin_urls")
def register_marking_urls() -> list[Any]:
    doors = [
        path("", QueueView.as_view(), name="queue"),
        path("<uuid:attempt>/<uuid:item>/", MarkView.as_view(), name="mark"),
    ]
    return [path("marking/", include((doors, "marking")))]
