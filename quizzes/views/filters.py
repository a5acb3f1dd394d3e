"""Filters of the lists in the question bank."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from competence.models import Dimension
from quizzes.categories import open_to, within
from quizzes.enums import AttemptState, Purpose, QuestionKind, QuestionStatus
from quizzes.models import Attempt, Question, QuestionCategory, Quiz


def with_below(
    questions: QuerySet[Question], _name: str, categories: list[QuestionCategory]
) -> QuerySet[Question]:
    """Keep the questions of these categories and of those below them."""
    if not categories:
        return questions
    return questions.filter(within([one.name for one in categories], "category__name"))


def categories_of(request: HttpRequest) -> QuerySet[QuestionCategory]:
    return open_to(request.user)


class ChoicesField(django_filters.fields.ModelMultipleChoiceField):
    """Says of a number too large for SQLite what is said of any that stands for nothing."""

    def _check_values(self, value: Iterable[Any]) -> QuerySet[Any]:
        try:
            return super()._check_values(value)
        except OverflowError as error:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": ", ".join(map(str, value))},
            ) from error


class ChoicesFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = ChoicesField


class QuestionFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=QuestionKind)
    status = django_filters.MultipleChoiceFilter(label=_("Status"), choices=QuestionStatus)
    category = ChoicesFilter(label=_("Category"), queryset=categories_of, method=with_below)
    tag = ChoicesFilter(label=_("Tag"), field_name="tags", queryset=Tag.objects.order_by("name"))
    dimension = ChoicesFilter(
        label=_("Competence dimension"),
        field_name="dimensions__dimension",
        queryset=Dimension.objects.select_related("framework"),
    )
    used = django_filters.BooleanFilter(
        label=_("Used in a quiz"), field_name="quiz_count", lookup_expr="gt", method="filter_used"
    )
    updated_at = django_filters.DateFromToRangeFilter(
        label=_("Last changed"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Question
        fields = ["kind", "status", "category", "tag", "dimension", "used", "updated_at"]

    def filter_used(
        self, questions: QuerySet[Question], _name: str, is_used: bool
    ) -> QuerySet[Question]:
        return questions.filter(quiz_count__gt=0) if is_used else questions.filter(quiz_count=0)


class QuizFilterSet(WagtailFilterSet):
    purpose = django_filters.MultipleChoiceFilter(label=_("Purpose"), choices=Purpose)
    live_version = django_filters.BooleanFilter(
        label=_("Published"), lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Quiz
        fields = ["purpose", "live_version"]


class AttemptFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(label=_("State"), choices=AttemptState)
    passed = django_filters.BooleanFilter(label=_("Passed"))
    submitted_at = django_filters.DateFromToRangeFilter(
        label=_("Submitted"), widget=DateRangePickerWidget
    )

    number = django_filters.NumberFilter(label=_("Attempt number"))
    version = django_filters.NumberFilter(label=_("Version"), field_name="version__number")

    class Meta:
        model = Attempt
        fields = ["state", "passed", "submitted_at", "number", "version"]
