"""Filters of the lists in the question bank."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from quizzes.enums import AttemptState, Purpose, QuestionKind
from quizzes.models import Attempt, Question, QuestionCategory, Quiz


class QuestionFilterSet(WagtailFilterSet):
    kind = django_filters.MultipleChoiceFilter(label=_("Kind"), choices=QuestionKind)
    category = django_filters.ModelMultipleChoiceFilter(
        label=_("Category"), queryset=QuestionCategory.objects.all()
    )
    updated_at = django_filters.DateFromToRangeFilter(
        label=_("Last changed"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Question
        fields = ["kind", "category", "updated_at"]


class QuizFilterSet(WagtailFilterSet):
    purpose = django_filters.MultipleChoiceFilter(label=_("Purpose"), choices=Purpose)
    live_version = django_filters.BooleanFilter(
        label=_("Published"), lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Quiz
        fields = ["purpose", "live_version"]


class AttemptFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=[choice for choice in AttemptState.choices if choice[0] != AttemptState.ABANDONED],
    )
    passed = django_filters.BooleanFilter(label=_("Passed"))
    submitted_at = django_filters.DateFromToRangeFilter(
        label=_("Submitted"), widget=DateRangePickerWidget
    )

    class Meta:
        model = Attempt
        fields = ["state", "passed", "submitted_at"]
