from typing import Any

from wagtail import hooks

from quizzes.views.bulk import BULK_ACTIONS
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
