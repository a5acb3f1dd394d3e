"""The question bank in the CMS: questions, quizzes, categories, and their choosers."""

from typing import Any

from django import forms
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from library.formsets import OncePanel
from quizzes.accommodation_form import ACCOMMODATION_PANELS
from quizzes.enums import QuestionKind
from quizzes.forms import CategoryForm, QuestionForm
from quizzes.freezing import ACCEPTED, OPTIONS, PAIRS, PARTS_OF, RUBRIC, STATEMENTS
from quizzes.models import Accommodation, Question, QuestionCategory, Quiz, QuizPair
from quizzes.quiz_form import QUIZ_PANELS
from quizzes.views import accommodations, bank, changes, choosers
from quizzes.views.analysis import AnalysisView
from quizzes.views.filters import QuestionFilterSet, QuizFilterSet
from quizzes.views.histories import AttemptHistoryView
from quizzes.views.publishing import QuizPreviewView, QuizPublishView
from quizzes.views.questions import QuestionPreviewView, QuestionVersionsView
from quizzes.views.regrading import RegradesView, RegradeView
from quizzes.views.results import AttemptListView


def of_kinds(*kinds: str) -> dict[str, str]:
    """Name the kinds whose questions have this part, for `question-kinds.js`."""
    return {"data-kinds": " ".join(kinds)}


def having(part: str) -> dict[str, str]:
    return of_kinds(*(kind for kind, parts in PARTS_OF.items() if part in parts))


WRITTEN = of_kinds(QuestionKind.SHORT, QuestionKind.GAPS)
PARTIAL = of_kinds(
    QuestionKind.MULTIPLE, QuestionKind.MATCHING, QuestionKind.ORDERING, QuestionKind.GAPS
)

QUESTION_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("category")]),
            FieldPanel("stem"),
        ],
        heading=_("Question"),
    ),
    HelpPanel(template="quizzes/cms/kind_help.html", heading=_("How this kind works")),
    FieldPanel("form", attrs=of_kinds(QuestionKind.SITUATIONAL, QuestionKind.GAPS)),
    InlinePanel(
        "statements",
        [FieldPanel("text"), FieldRowPanel([FieldPanel("dimension"), FieldPanel("is_reversed")])],
        heading=_("Statements"),
        label=_("statement"),
        attrs=having(STATEMENTS),
    ),
    InlinePanel(
        "options",
        [FieldPanel("text"), FieldPanel("weight"), FieldPanel("feedback")],
        heading=_("Options"),
        label=_("option"),
        attrs=having(OPTIONS),
    ),
    InlinePanel(
        "pairs",
        [FieldPanel("prompt"), FieldPanel("match"), FieldPanel("feedback")],
        heading=_("Pairs"),
        label=_("pair"),
        attrs=having(PAIRS),
    ),
    InlinePanel(
        "accepted",
        [
            FieldPanel("text"),
            FieldRowPanel([FieldPanel("fraction"), FieldPanel("gap"), FieldPanel("tolerance")]),
            FieldPanel("feedback"),
        ],
        heading=_("Accepted answers"),
        label=_("answer"),
        attrs=having(ACCEPTED),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("case_matters"), FieldPanel("accents_matter")])],
        heading=_("What matters in a written answer"),
        attrs=WRITTEN,
    ),
    FieldPanel("unit", attrs=of_kinds(QuestionKind.NUMERIC)),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("min_words"), FieldPanel("max_words")])],
        heading=_("Length of the answer"),
        attrs=of_kinds(QuestionKind.OPEN),
    ),
    InlinePanel(
        "rubric",
        [
            FieldPanel("title"),
            FieldPanel("levels"),
            FieldRowPanel([FieldPanel("weight"), FieldPanel("dimension")]),
        ],
        heading=_("Rubric"),
        label=_("row"),
        attrs=having(RUBRIC),
    ),
    FieldPanel("scoring", attrs=PARTIAL),
    MultiFieldPanel(
        [FieldPanel("default_mark"), FieldPanel("feedback"), FieldPanel("hints")],
        heading=_("Marks, feedback and hints"),
    ),
    MultiFieldPanel(
        [FieldPanel("recording"), FieldPanel("captions"), FieldPanel("transcript")],
        heading=_("Audio or video"),
        classname="collapsed",
    ),
    OncePanel(
        "dimensions",
        [FieldPanel("dimension"), FieldPanel("weight")],
        twice=_("The same dimension is named twice. Take one out."),
        heading=_("Competence dimensions"),
        label=_("dimension"),
    ),
    OncePanel(
        "readings",
        [PageChooserPanel("page", page_type=["modules.LessonPage", "modules.ModulePage"])],
        twice=_("The same page is named twice. Take one out."),
        heading=_("What to read again"),
        label=_("page"),
        help_text=_(
            "Told after the quiz to whoever did not get the whole mark. Without a page, modules "
            "about the same dimensions are named. A change counts at once, without publishing."
        ),
        classname="collapsed",
    ),
    MultiFieldPanel(
        [FieldPanel("status"), FieldPanel("tags"), FieldPanel("note")],
        heading=_("In the question bank"),
    ),
]


class QuestionViewSet(ModelViewSet):
    model = Question
    icon = "help"
    menu_label = _("Questions")
    index_view_class = bank.QuestionIndexView
    add_view_class = bank.QuestionCreateView
    edit_view_class = bank.QuestionEditView
    copy_view_class = bank.QuestionCopyView
    delete_view_class = bank.QuestionDeleteView
    history_view_class = bank.QuestionHistoryView
    usage_view_class = bank.QuestionUsageView
    filterset_class = QuestionFilterSet
    list_display = bank.QuestionIndexView.list_display
    search_fields = ["name", "stem"]
    index_template_name = "quizzes/cms/question_index.html"
    edit_template_name = "quizzes/cms/question_edit.html"
    edit_handler = ObjectList(QUESTION_PANELS, base_form_class=QuestionForm)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        urls = {f"{name}_url_name": self.get_url_name(name) for name in ("preview", "versions")}
        common: dict[str, Any] = super().get_common_view_kwargs(**urls, **kwargs)
        return common

    def get_urlpatterns(self) -> list[URLPattern]:
        preview = self.construct_view(QuestionPreviewView, model=Question)
        versions = self.construct_view(QuestionVersionsView, model=Question)
        return [
            *super().get_urlpatterns(),
            path("preview/<int:pk>/", preview, name="preview"),
            path("versions/<int:pk>/", versions, name="versions"),
        ]


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
        names = (
            "preview", "publish", "attempts", "attempts_results", "analysis", "regrades", "regrade",
            "attempt",
        )  # fmt: skip
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
            path(
                "attempts/<int:pk>/<uuid:attempt>/",
                self._own_view(AttemptHistoryView),
                name="attempt",
            ),
            path("analysis/<int:pk>/", self._own_view(AnalysisView), name="analysis"),
            path("regrades/<int:pk>/", self._own_view(RegradesView), name="regrades"),
            path("regrades/<int:pk>/<uuid:regrade>/", self._own_view(RegradeView), name="regrade"),
        ]


class CategoryViewSet(ModelViewSet):
    model = QuestionCategory
    icon = "folder-open-inverse"
    menu_label = _("Categories")
    index_view_class = bank.CategoryIndexView
    edit_view_class = bank.CategoryEditView
    delete_view_class = bank.CategoryDeleteView
    history_view_class = bank.CategoryHistoryView
    usage_view_class = bank.CategoryUsageView
    list_display = bank.CategoryIndexView.list_display
    search_fields = ["name"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel(
                "groups", permission="people.change_user", widget=forms.CheckboxSelectMultiple
            ),
        ],
        base_form_class=CategoryForm,
    )
    copy_view_enabled = False


class AccommodationViewSet(ModelViewSet):
    """Granted and withdrawn, never changed or deleted: each is a line of history."""

    model = Accommodation
    name = "accommodations"
    url_prefix = "accommodations"
    icon = "time"
    menu_label = _("Accommodations")
    menu_order = 220
    add_to_admin_menu = True
    index_view_class = accommodations.AccommodationIndexView
    add_view_class = accommodations.AccommodationCreateView
    index_template_name = "quizzes/cms/accommodations.html"
    list_display = accommodations.AccommodationIndexView.list_display
    search_fields = ["participant__last_name", "participant__email", "reason"]
    edit_handler = ACCOMMODATION_PANELS
    copy_view_enabled = False

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_index_view_kwargs(**kwargs)
        return common | {"delete_url_name": None}

    def get_urlpatterns(self) -> list[URLPattern]:
        """Only those doors that ask whom the reader answers for."""
        kept = {"index", "index_results", "add", "edit"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in kept]

    @property
    def edit_view(self) -> Any:
        return self.construct_view(
            accommodations.AccommodationView, **self.get_common_view_kwargs(model=self.model)
        )


class PairViewSet(ModelViewSet):
    model = QuizPair
    icon = "resubmit"
    menu_label = _("Before and after")
    list_display = ["name", "before", "after"]
    search_fields = ["name"]
    form_fields = ["name", "before", "after"]
    index_view_class = changes.PairIndexView
    copy_view_enabled = False

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_index_view_kwargs(**kwargs)
        return common | {"change_url_name": self.get_url_name("change")}

    def get_urlpatterns(self) -> list[URLPattern]:
        change = self.construct_view(changes.PairChangeView, model=QuizPair)
        return [*super().get_urlpatterns(), path("change/<int:pk>/", change, name="change")]


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
        PairViewSet("bank_pairs", url_prefix="bank/pairs"),
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
