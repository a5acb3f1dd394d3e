"""The question bank in the CMS: questions, quizzes, categories, and their choosers."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
)
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from library.formsets import OncePanel
from quizzes.forms import QuestionForm
from quizzes.models import Question, QuestionCategory, Quiz
from quizzes.quiz_form import QUIZ_PANELS
from quizzes.views import bank, choosers
from quizzes.views.filters import QuestionFilterSet, QuizFilterSet
from quizzes.views.publishing import QuizPreviewView, QuizPublishView
from quizzes.views.results import AttemptListView

QUESTION_HELP = _(
    "<p>Single choice: one option with the weight 1. Multiple choice: each right option has "
    "the weight 1. Situational judgement: the strongest option has the highest weight, each "
    "other one its share, and every option its feedback. Rating: leave the weights at 0; the "
    "first option is the lowest, the last one the highest.</p>"
)


class QuestionViewSet(ModelViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    index_view_class = bank.QuestionIndexView
    add_view_class = bank.QuestionCreateView
    edit_view_class = bank.QuestionEditView
    copy_view_class = bank.QuestionCopyView
    delete_view_class = bank.QuestionDeleteView
    filterset_class = QuestionFilterSet
    list_display = bank.QuestionIndexView.list_display
    search_fields = ["name", "stem"]
    edit_template_name = "quizzes/cms/question_edit.html"
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("name"),
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("category")]),
                    FieldPanel("stem"),
                ],
                heading=_("Question"),
            ),
            HelpPanel(content=QUESTION_HELP, heading=_("How options weigh")),
            InlinePanel(
                "options",
                [FieldPanel("text"), FieldPanel("weight"), FieldPanel("feedback")],
                heading=_("Options"),
                label=_("option"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("default_mark"), FieldPanel("scoring")]),
                    FieldPanel("feedback"),
                ],
                heading=_("Marks and feedback"),
            ),
            OncePanel(
                "dimensions",
                [FieldPanel("dimension"), FieldPanel("weight")],
                twice=_("The same dimension is named twice. Take one out."),
                heading=_("Competence dimensions"),
                label=_("dimension"),
            ),
            FieldPanel("note"),
        ],
        base_form_class=QuestionForm,
    )


class QuizViewSet(ModelViewSet):
    model = Quiz
    icon = "tasks"
    menu_label = _("Quizzes")
    index_view_class = bank.QuizIndexView
    add_view_class = bank.QuizCreateView
    edit_view_class = bank.QuizEditView
    copy_view_class = bank.QuizCopyView
    delete_view_class = bank.QuizDeleteView
    filterset_class = QuizFilterSet
    list_display = bank.QuizIndexView.list_display
    search_fields = ["title"]
    edit_template_name = "quizzes/cms/quiz_edit.html"
    edit_handler = QUIZ_PANELS

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = ("preview", "publish", "attempts", "attempts_results")
        urls = {f"{name}_url_name": self.get_url_name(name) for name in names}
        common: dict[str, Any] = super().get_common_view_kwargs(**urls, **kwargs)
        return common

    def _own_view(self, view_class: Any, **kwargs: Any) -> Any:
        return self.construct_view(view_class, model=view_class.model, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        attempts = self._own_view(AttemptListView)
        attempts_results = self._own_view(AttemptListView, results_only=True)
        return [
            *super().get_urlpatterns(),
            path("preview/<int:pk>/", self._own_view(QuizPreviewView), name="preview"),
            path("publish/<int:pk>/", self._own_view(QuizPublishView), name="publish"),
            path("attempts/<int:pk>/", attempts, name="attempts"),
            path("attempts/<int:pk>/results/", attempts_results, name="attempts_results"),
        ]


class CategoryViewSet(ModelViewSet):
    model = QuestionCategory
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    index_view_class = bank.CategoryIndexView
    delete_view_class = bank.CategoryDeleteView
    list_display = bank.CategoryIndexView.list_display
    search_fields = ["name"]
    form_fields = ["name"]
    copy_view_enabled = False


class QuestionBank(ViewSetGroup):
    """The menu “Question bank”; rooms above add their items by the submenu's hook."""

    menu_label = _("Question bank")
    menu_icon = "help"
    menu_order = 210
    submenu_hook = "register_question_bank_menu_item"
    items = (
        QuestionViewSet("bank_questions", url_prefix="bank/questions"),
        QuizViewSet("bank_quizzes", url_prefix="bank/quizzes"),
        CategoryViewSet("bank_categories", url_prefix="bank/categories"),
    )


class QuestionChooserViewSet(ChooserViewSet):
    model = Question
    icon = "help"
    choose_one_text = _("Choose a question")
    choose_another_text = _("Choose another question")
    edit_item_text = _("Edit this question")
    choose_view_class = choosers.QuestionChooseView
    choose_results_view_class = choosers.QuestionChooseResultsView
    chosen_view_class = choosers.QuestionChosenView
    chosen_multiple_view_class = choosers.QuestionChosenMultipleView


class QuizChooserViewSet(ChooserViewSet):
    """Open to everybody in the CMS: requirements name quizzes, too. It shows titles only."""

    model = Quiz
    icon = "tasks"
    choose_one_text = _("Choose a quiz")
    choose_another_text = _("Choose another quiz")
    edit_item_text = _("Edit this quiz")
    choose_view_class = choosers.QuizChooseView
    choose_results_view_class = choosers.QuizChooseResultsView
