"""The pages of the question bank in the CMS: lists, editing, copying, deleting."""

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.db.models import Count, ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView
from wagtail.admin.widgets.button import Button

from quizzes.advice import advice
from quizzes.categories import open_to
from quizzes.checking import question_problems
from quizzes.copying import unsaved_copy
from quizzes.freezing import freeze_question
from quizzes.models import Option, Question, QuestionCategory, Quiz
from quizzes.publishing import state_of
from quizzes.rights import POLICY, seen_by
from quizzes.usage import with_question_count, with_usage
from quizzes.versions import keep_version


def usage_words(question: Any) -> str:
    """Say "in 3 quizzes, 412 answers" of a question that `with_usage` has counted."""
    if not question.quiz_count and not question.answer_count:
        return _("not used yet")
    quizzes = ngettext("in %(count)s quiz", "in %(count)s quizzes", question.quiz_count)
    answers = ngettext("%(count)s answer", "%(count)s answers", question.answer_count)
    return ", ".join(
        [
            quizzes % {"count": question.quiz_count},
            answers % {"count": question.answer_count},
        ]
    )


def live_words(quiz: Quiz) -> str:
    if quiz.live_version is None:
        return _("not published")
    return _("version %(number)s") % {"number": quiz.live_version.number}


class QuestionIndexView(generic.IndexView):
    list_display = [
        "name",
        Column("kind", label=gettext_lazy("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("category", label=gettext_lazy("Category"), sort_key="category__name"),
        Column(
            "status",
            label=gettext_lazy("Status"),
            accessor="get_status_display",
            sort_key="status",
        ),
        Column("usage", label=gettext_lazy("Used"), accessor=usage_words, sort_key="answer_count"),
        DateColumn("updated_at", label=gettext_lazy("Last changed"), sort_key="updated_at"),
    ]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """With what rooms above offer for the list as it is filtered."""
        buttons = list(super().header_more_buttons)
        for offered in hooks.get_hooks("register_question_list_buttons"):
            buttons += offered(self.request)
        return buttons

    @cached_property
    def columns(self) -> list[Column]:
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="question"), *super().columns]

    def _get_title_column(self, *args: Any, **kwargs: Any) -> Column:
        def title_id(question: Question) -> str:
            return f"question_{quote(question.pk)}_title"

        return super()._get_title_column(*args, **kwargs, get_title_id=title_id)

    def get_base_queryset(self) -> QuerySet[Question]:
        return with_usage(seen_by(self.request.user).select_related("category"))

    def get_edit_url(self, instance: Question) -> str | None:
        url: str | None = super().get_edit_url(instance)
        return url if self._may("change", instance) else None

    def get_delete_url(self, instance: Question) -> str | None:
        url: str | None = super().get_delete_url(instance)
        return url if self._may("delete", instance) else None

    def _may(self, action: str, question: Question) -> bool:
        return POLICY.would_let(self.request.user, [action], question)


class OneQuestion:
    """A question that the reader may do this to; of others not even its name is told."""

    request: Any
    permission_required: str | None
    needs = ""

    def get_object(self, *args: Any, **kwargs: Any) -> Question:
        question: Question = super().get_object(*args, **kwargs)  # type: ignore[misc]
        action = self.needs or self.permission_required or "change"
        if not POLICY.user_has_permission_for_instance(self.request.user, action, question):
            raise PermissionDenied
        return question


class QuestionHistoryView(OneQuestion, HistoryView):
    needs = "view"


class QuestionUsageView(OneQuestion, UsageView):
    needs = "view"


class SavedForPublishing:
    """After saving: stay on the object's page, and say what is still missing."""

    request: Any
    object: Any
    get_edit_url: Any

    def get_success_url(self) -> str:
        url: str = self.get_edit_url()
        return url

    def still_missing(self) -> list[str]:
        return []

    def save_action(self) -> HttpResponse:
        response: HttpResponse = super().save_action()  # type: ignore[misc]
        missing = self.still_missing()
        if missing:
            words = _("Before it can be published: %(missing)s")
            messages.warning(self.request, words % {"missing": " ".join(missing)})
        return response


class SavedQuestion(SavedForPublishing):
    """After saving a question: keep it as a version."""

    def still_missing(self) -> list[str]:
        saved = Question.objects.get(pk=self.object.pk)
        keep_version(saved, by=self.request.user, at=timezone.now())
        return [problem.message for problem in question_problems(freeze_question(saved))]


class QuestionCreateView(SavedQuestion, generic.CreateView):
    def get_initial_form_instance(self) -> Question:
        return Question(created_by=self.request.user, options=[Option(), Option()])


class QuestionCopyView(SavedQuestion, generic.CopyView):
    def get_initial_form_instance(self) -> Question:
        copy = unsaved_copy(self.get_object())
        copy.created_by = self.request.user
        return copy


class QuestionEditView(OneQuestion, SavedQuestion, generic.EditView):
    """Editing, with what is missing and what experienced authors would look at."""

    preview_url_name = ""
    versions_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            Button(_("Preview"), url=self.url_of(self.preview_url_name), icon_name="view"),
            Button(_("Versions"), url=self.url_of(self.versions_url_name), icon_name="history"),
        ]

    def url_of(self, name: str) -> str:
        return reverse(name, args=[quote(self.object.pk)])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        saved = with_usage(Question.objects.select_related("recording")).get(pk=self.object.pk)
        item = freeze_question(saved)
        return context | {
            "used": saved,
            "used_words": usage_words(saved),
            "missing": [problem.message for problem in question_problems(item)],
            "advice": advice(item),
        }


class QuizIndexView(generic.IndexView):
    list_display = [
        "title",
        Column("purpose", label=gettext_lazy("Purpose"), accessor="get_purpose_display"),
        Column("questions", label=gettext_lazy("Questions"), accessor="question_count"),
        Column("live", label=gettext_lazy("Published"), accessor=live_words),
        DateColumn("updated_at", label=gettext_lazy("Last changed"), sort_key="updated_at"),
    ]

    def get_base_queryset(self) -> QuerySet[Quiz]:
        return with_question_count(Quiz.objects.select_related("live_version"))


class QuizCreateView(SavedForPublishing, generic.CreateView):
    pass


class QuizCopyView(generic.CopyView):
    def get_initial_form_instance(self) -> Quiz:
        return unsaved_copy(self.get_object())


class QuizEditView(SavedForPublishing, generic.EditView):
    """Editing with the state of the quiz above the form."""

    preview_url_name = ""
    publish_url_name = ""
    attempts_url_name = ""
    analysis_url_name = ""
    regrades_url_name = ""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            Button(_("Preview"), url=self.url_of(self.preview_url_name), icon_name="view"),
            Button(_("Results"), url=self.url_of(self.attempts_url_name), icon_name="table"),
            Button(_("Analysis"), url=self.url_of(self.analysis_url_name), icon_name="view"),
            Button(_("Regrade"), url=self.url_of(self.regrades_url_name), icon_name="undo"),
        ]

    def url_of(self, name: str) -> str:
        return reverse(name, args=[quote(self.object.pk)])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        saved = Quiz.objects.select_related("live_version").get(pk=self.object.pk)
        return context | {
            "state": state_of(saved),
            "preview_url": self.url_of(self.preview_url_name),
            "publish_url": self.url_of(self.publish_url_name),
            "attempts_url": self.url_of(self.attempts_url_name),
            "analysis_url": self.url_of(self.analysis_url_name),
            "regrades_url": self.url_of(self.regrades_url_name),
            "can_publish": self.user_has_permission("publish"),
        }


def kept_to_words(category: QuestionCategory) -> str:
    return ", ".join(group.name for group in category.groups.all())


class CategoryIndexView(generic.IndexView):
    list_display = [
        "name",
        Column("questions", label=gettext_lazy("Questions"), accessor="question_count"),
        Column("groups", label=gettext_lazy("Kept to"), accessor=kept_to_words),
    ]

    def get_base_queryset(self) -> QuerySet[QuestionCategory]:
        seen = open_to(self.request.user).prefetch_related("groups")
        return seen.annotate(question_count=Count("questions"))


class OneCategory:
    """A category that is not kept from the reader."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> QuestionCategory:
        category: QuestionCategory = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not open_to(self.request.user).filter(pk=category.pk).exists():
            raise PermissionDenied
        return category


class CategoryEditView(OneCategory, generic.EditView):
    pass


class CategoryHistoryView(OneCategory, HistoryView):
    pass


class CategoryUsageView(OneCategory, UsageView):
    pass


class ProtectedDeleteView(generic.DeleteView):
    """Deleting, with a word instead of an error where something still depends on it."""

    refusal = gettext_lazy("It is still used and has not been deleted.")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, self.refusal)
            return redirect(self.edit_url_name, quote(self.object.pk))
        return response


class QuestionDeleteView(OneQuestion, ProtectedDeleteView):
    refusal = gettext_lazy(
        "The question stands in a quiz and has not been deleted. Take it out of the quiz first."
    )


class QuizDeleteView(ProtectedDeleteView):
    refusal = gettext_lazy(
        "The quiz has been published or is part of a module, and has not been deleted: "
        "its versions and attempts are kept as evidence."
    )


class CategoryDeleteView(OneCategory, ProtectedDeleteView):
    refusal = gettext_lazy(
        "The category has questions and has not been deleted. Move them to another one first."
    )
