"""Changes to many questions at once, from the ticks of the list."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.forms import TagField
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets import AdminTagWidget

from quizzes.categories import open_to
from quizzes.enums import QuestionStatus
from quizzes.models import Question, QuestionCategory
from quizzes.rights import CHANGE, POLICY, seen_by


class TagForm(forms.Form):
    tags = TagField(
        label=_("Tags to add"),
        widget=AdminTagWidget(),
        help_text=_("Tags that a question has already stay."),
    )


class CategoryChoiceForm(forms.Form):
    category = forms.ModelChoiceField(
        label=_("Category"), queryset=QuestionCategory.objects.all(), empty_label=None
    )


class StatusForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), choices=QuestionStatus.choices)


class QuestionBulkAction(BulkAction):
    models = [Question]
    template_name = "quizzes/cms/bulk_change.html"

    def check_perm(self, obj: Question) -> bool:
        return POLICY.would_let(self.request.user, [CHANGE], obj)

    def get_all_objects_in_listing_query(self, parent_id: Any) -> QuerySet[Any]:
        return seen_by(self.request.user).values_list("pk", flat=True)

    def get_actionable_objects(self) -> tuple[list[Question], dict[str, list[Question]]]:
        """Of questions that the person may not see, not even the names are told."""
        mine, others = super().get_actionable_objects()
        ticked = [*mine, *(one for found in others.values() for one in found)]
        pks = [one.pk for one in ticked]
        seen = set(seen_by(self.request.user).filter(pk__in=pks).values_list("pk", flat=True))
        told = {name: [one for one in found if one.pk in seen] for name, found in others.items()}
        return [one for one in mine if one.pk in seen], told

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"heading": self.display_name}

    def get_execution_context(self) -> dict[str, Any]:
        return {"chosen": self.cleaned_form.cleaned_data}

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        words = ngettext(
            "%(count)s question has been changed.",
            "%(count)s questions have been changed.",
            num_parent_objects,
        )
        return words % {"count": num_parent_objects}


class TagBulkAction(QuestionBulkAction):
    display_name = _("Add tags")
    aria_label = _("Add tags to the ticked questions")
    action_type = "tag"
    action_priority = 10
    form_class = TagForm

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        for question in objects:
            question.tags.add(*kwargs["chosen"]["tags"])
        return len(objects), 0


class MoveBulkAction(QuestionBulkAction):
    display_name = _("Move to a category")
    aria_label = _("Move the ticked questions to a category")
    action_type = "move"
    action_priority = 20
    form_class = CategoryChoiceForm

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(*args, **kwargs)
        form.fields["category"].queryset = open_to(self.request.user)
        return form

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        questions = Question.objects.filter(pk__in=[one.pk for one in objects])
        return questions.update(category=kwargs["chosen"]["category"]), 0


class StatusBulkAction(QuestionBulkAction):
    display_name = _("Change the status")
    aria_label = _("Change the status of the ticked questions")
    action_type = "status"
    action_priority = 30
    form_class = StatusForm

    @classmethod
    def execute_action(cls, objects: list[Question], **kwargs: Any) -> tuple[int, int]:
        questions = Question.objects.filter(pk__in=[one.pk for one in objects])
        return questions.update(status=kwargs["chosen"]["status"]), 0


BULK_ACTIONS: list[type[QuestionBulkAction]] = [TagBulkAction, MoveBulkAction, StatusBulkAction]
