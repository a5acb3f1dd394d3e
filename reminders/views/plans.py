"""An office's rules for reminders: coordinators write those of their own offices."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic

from exchanges.filters import own_offices
from exchanges.views.records import OwnEditView, OwnIndexView, OwnObjectMixin
from reminders.models import OfficePlan


class OfficePlanForm(WagtailAdminModelForm):
    class Meta:
        model = OfficePlan
        fields = ["office", "days_before", "days_after", "wakes", "rests", "is_paused"]


class OwnOfficesMixin:
    """Only own offices can be chosen."""

    request: Any

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)  # type: ignore[misc]
        form.fields["office"].queryset = own_offices(self.request)
        return form


class OfficePlansView(OwnIndexView):
    results_template_name = "reminders/rules_results.html"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("office")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "usual": OfficePlan()}


class AddPlanView(OwnOfficesMixin, generic.CreateView):
    pass


class EditPlanView(OwnOfficesMixin, OwnEditView):
    pass


class DeletePlanView(OwnObjectMixin, generic.DeleteView):
    reached_by = ("delete",)
