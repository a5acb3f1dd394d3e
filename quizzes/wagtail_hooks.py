from wagtail import hooks

from quizzes.viewsets import QuestionBank, QuestionChooserViewSet, QuizChooserViewSet


@hooks.register("register_admin_viewset")
def register_question_bank() -> list[QuestionBank | QuestionChooserViewSet | QuizChooserViewSet]:
    return [
        QuestionBank(),
        QuestionChooserViewSet("question_chooser", url_prefix="bank/choose-question"),
        QuizChooserViewSet("quiz_chooser", url_prefix="bank/choose-quiz"),
    ]
