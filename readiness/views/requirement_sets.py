"""The list of requirement sets and their editor: what they ask, of how many, and what is broken."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.generic import EditView, IndexView

from readiness import gathering
from readiness.affected import affected, people_by_scope
from readiness.models import RequirementSet
from readiness.verdicts import Reason
from readiness.wording import sentence


class RequirementSetsView(IndexView):
    def get_base_queryset(self) -> Any:
        found = super().get_base_queryset()
        return found.select_related("programme").prefetch_related("requirements").order_by("name")

    def paginate_queryset(self, queryset: Any, page_size: int) -> Any:
        paginator, page, some, is_paginated = super().paginate_queryset(queryset, page_size)
        scopes = people_by_scope(timezone.localdate())
        for one in some:
            one.affected = affected(one, scopes)
            one.asks = len(one.requirements.all())
            one.holds_for = holds_for(one)
        return paginator, page, some, is_paginated


def holds_for(one: RequirementSet) -> str:
    programme = one.programme.name if one.programme else _("Every programme")
    audience = one.get_audience_display() if one.audience else _("everybody")
    return f"{programme}: {audience}"


class EditRequirementSetView(EditView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scopes = people_by_scope(timezone.localdate())
        return super().get_context_data(
            affected=affected(self.object, scopes),
            broken=[
                (one.name, sentence(Reason(one.asked.problem)))
                for one in gathering.lines_of(self.object)
                if one.asked.problem
            ],
            **kwargs,
        )
