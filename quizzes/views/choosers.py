"""Choosing questions and quizzes in the forms of the CMS."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic import chooser as chooser_views

from quizzes.categories import open_to
from quizzes.enums import QuestionKind, QuestionStatus
from quizzes.models import Question, QuestionCategory
from quizzes.rights import seen_by
from quizzes.views.bank import live_words
from quizzes.views.filters import with_below


class SearchForm(BaseFilterForm):
    """Looks for any part of a word in the fields that a subclass names."""

    q = forms.CharField(
        label=_("Search term"),
        widget=forms.TextInput(attrs={"placeholder": _("Search")}),
        required=False,
    )
    search_fields: tuple[str, ...] = ()

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        objects = super().filter(objects)
        query = self.cleaned_data["q"]
        if not query:
            return objects
        self.is_searching = True
        self.search_query = query
        found = Q()
        for field in self.search_fields:
            found |= Q(**{f"{field}__icontains": query})
        return objects.filter(found)


class QuestionSearchForm(SearchForm):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *QuestionKind.choices], required=False
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=QuestionCategory.objects.all(),
        empty_label=_("All"),
        required=False,
    )
    search_fields = ("name", "stem")

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        objects = super().filter(objects)
        kind, category = self.cleaned_data["kind"], self.cleaned_data["category"]
        if kind:
            objects = objects.filter(kind=kind)
        return with_below(objects, "category", [category] if category else [])


class QuizSearchForm(SearchForm):
    search_fields = ("title",)


class QuestionListing(PermissionCheckedMixin):
    """Only people who work in the question bank may look into it, and at what they may see."""

    any_permission_required = ["add", "change", "view"]
    filter_form_class = QuestionSearchForm
    request: Any
    title_column: Any

    def get_object_list(self) -> QuerySet[Any]:
        seen = seen_by(self.request.user).exclude(status=QuestionStatus.HIDDEN)
        return seen.select_related("category")

    def get_filter_form(self) -> Any:
        form = super().get_filter_form()
        form.fields["category"].queryset = open_to(self.request.user)
        return form

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("category", label=_("Category")),
            Column("status", label=_("Status"), accessor="get_status_display"),
        ]


class QuestionChooseView(QuestionListing, chooser_views.ChooseView):
    pass


class QuestionChooseResultsView(QuestionListing, chooser_views.ChooseResultsView):
    pass


class QuestionChosenView(PermissionCheckedMixin, chooser_views.ChosenView):
    any_permission_required = ["add", "change", "view"]

    def get_object(self, pk: Any) -> Question:
        return seen_by(self.request.user).get(pk=pk)


class QuestionChosenMultipleView(PermissionCheckedMixin, chooser_views.ChosenMultipleView):
    any_permission_required = ["add", "change", "view"]

    def get_objects(self, pks: Any) -> QuerySet[Question]:
        return seen_by(self.request.user).filter(pk__in=pks)


class QuizListing:
    filter_form_class = QuizSearchForm
    title_column: Any

    def get_object_list(self) -> QuerySet[Any]:
        return super().get_object_list().select_related("live_version")  # type: ignore[misc]

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("purpose", label=_("Purpose"), accessor="get_purpose_display"),
            Column("live", label=_("Published"), accessor=live_words),
        ]


class QuizChooseView(QuizListing, chooser_views.ChooseView):
    pass


class QuizChooseResultsView(QuizListing, chooser_views.ChooseResultsView):
    pass
