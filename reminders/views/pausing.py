"""Doors for pausing the reminders of one placement, and for letting them go on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from readiness.views.coordinating import STYLES
from readiness.views.placement import PlacementMixin
from reminders.planning import go_on, pause


class PauseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Read in the office only.")
    )


class PauseView(PlacementMixin, FormView):  # type: ignore[type-arg]
    template_name = "reminders/pause.html"
    form_class: type[forms.Form] = PauseForm
    page_title: Promise = _("Pause reminders")
    consequence: Promise = _(
        "Nothing is sent by the clock for this exchange until somebody ends the pause. You can "
        "still remind the person yourself."
    )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            consequence=self.consequence, back=self.own_url, media=STYLES, **kwargs
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        self.act(form)
        return HttpResponseRedirect(self.own_url)

    def act(self, form: forms.Form) -> None:
        reason = form.cleaned_data["reason"]
        pause(placement=self.placement, reason=reason, by=self.user, at=timezone.now())
        messages.success(self.request, _("Reminders pause."))


class GoOnView(PauseView):
    form_class = forms.Form
    page_title = _("Send reminders again")
    consequence = _("What is due by now and has not been told is told with the next letter.")

    def act(self, form: forms.Form) -> None:
        go_on(placement=self.placement, by=self.user, at=timezone.now())
        messages.success(self.request, _("Reminders go on."))
