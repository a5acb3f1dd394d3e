"""The list of requirement sets and their editor: what they ask, of how many, and what is broken."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import CreateView, EditView, IndexView

from quizzes.views.bank import ProtectedDeleteView
from readiness import publishing
from readiness.affected import affected, people_by_scope
from readiness.demands import draft_lines
from readiness.models import RequirementSet
from readiness.verdicts import Reason
from readiness.wording import sentence


class RequirementSetsView(IndexView):
    def get_base_queryset(self) -> Any:
        found = super().get_base_queryset()
        named = found.select_related("programme", "host", "office")
        return named.prefetch_related("requirements", "versions").order_by("name")

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator, page, some, is_paginated = super().paginate_queryset(queryset, page_size)
        scopes = people_by_scope(timezone.localdate())
        for one in some:
            one.affected = affected(one, scopes)
            one.asks = len(one.requirements.all())
            one.holds_for = holds_for(one)
            one.version = max((each.number for each in one.versions.all()), default="–")
        return paginator, page, some, is_paginated


def holds_for(one: RequirementSet) -> str:
    programme = one.programme.name if one.programme else _("Every programme")
    audience = one.get_audience_display() if one.audience else _("everybody")
    narrower = [
        one.get_activity_type_display() if one.activity_type else "",
        one.country.name if one.country else "",
        one.host.name if one.host else "",
        one.office.name if one.office else "",
        one.get_stay_form_display() if one.stay_form else "",
    ]
    return ", ".join([f"{programme}: {audience}", *filter(None, narrower)])


class SavesADraft:
    """What is saved is a draft; the next page shows what publishing it would change."""

    object: RequirementSet

    def get_success_url(self) -> str:
        return reverse("requirement_sets:publish", args=[self.object.pk])

    def get_success_buttons(self) -> list[Any]:
        return []


class AddRequirementSetView(SavesADraft, CreateView):
    pass


class EditRequirementSetView(SavesADraft, EditView):
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if not publishing.has_news(self.object):
            messages.info(self.request, _("Nothing has changed: it asks what it asked before."))
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scopes = people_by_scope(timezone.localdate())
        return super().get_context_data(
            affected=affected(self.object, scopes),
            is_draft=publishing.has_news(self.object),
            broken=[
                (one.name, sentence(Reason(one.asked.problem)))
                for one in draft_lines(self.object)
                if one.asked.problem
            ],
            **kwargs,
        )


class DeleteRequirementSetView(ProtectedDeleteView):
    refusal = gettext_lazy(
        "The set has been published and has not been deleted: its versions are kept as evidence. "
        "Take it out of force instead."
    )
