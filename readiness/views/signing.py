"""Doors of the office for sign-offs, for more time, and for results of outside tests."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from readiness import approvals, extensions, results
from readiness.enums import RequirementKind
from readiness.errors import (
    AlreadyDecidedError,
    NotAskedError,
    PastDateError,
)
from readiness.forms import DecisionForm, ExternalResultForm, NoteForm
from readiness.models import Extension, ExternalResult
from readiness.views.coordinating import STYLES
from readiness.views.deeds import DeedView
from readiness.views.placement import PlacementMixin

PAST = _("That day has passed. Choose today or a later day.")


class SigningView(DeedView):
    def _named(self) -> dict[str, Any]:
        asked = self.cell.requirement
        if asked.kind != RequirementKind.APPROVAL:
            raise Http404
        return {
            "placement": self.placement,
            "role": asked.role,
            "subject": asked.name,
            "by": self.user,
            "at": timezone.now(),
        }


class SignView(SigningView):
    form_class = NoteForm
    question = _("Sign off “%(what)s” for %(name)s")
    consequence = _("Your name and the date stay in the history.")
    button = _("Sign off")
    done = _("“%(what)s” is signed off for %(name)s.")

    def act(self, form: forms.Form) -> None:
        approvals.approve(**self._named(), note=form.cleaned_data["note"])


class UnsignView(SigningView):
    question = _("Withdraw the sign-off of “%(what)s” for %(name)s")
    consequence = _(
        "%(name)s will need it again to be ready. That it was signed off stays in the history."
    )
    button = _("Withdraw sign-off")
    done = _("“%(what)s” is no longer signed off for %(name)s.")

    def act(self, form: forms.Form) -> None:
        approvals.withdraw(**self._named())


class TimeView(DeedView):
    """Decides about the participant's open wish for more time."""

    form_class = DecisionForm
    question = _("More time for “%(what)s”, asked by %(name)s")
    consequence = _("%(name)s sees what you decide and why.")
    button = _("Decide")
    done = _("Decided: more time for “%(what)s”, asked by %(name)s.")

    @cached_property
    def wish(self) -> Extension:
        return get_object_or_404(
            Extension, placement=self.placement, requirement_key=self.kwargs["key"], decided_at=None
        )

    def get_initial(self) -> dict[str, Any]:
        return {"until": self.wish.wished_for}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(wish=self.wish, **kwargs)

    def act(self, form: forms.Form) -> None:
        try:
            extensions.decide(
                extension=self.wish,
                until=form.cleaned_data["until"],
                decision=form.cleaned_data["decision"],
                by=self.user,
                at=timezone.now(),
            )
        except PastDateError:
            raise forms.ValidationError({"until": PAST}) from None
        except AlreadyDecidedError:
            raise NotAskedError from None


class ResultView(PlacementMixin, FormView):  # type: ignore[type-arg]
    """Writes down a result."""

    template_name = "readiness/desk/result.html"
    form_class = ExternalResultForm
    page_title = _("Record a result")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(
            one=self.readiness, back=self.own_url, **kwargs
        )
        found["media"] = STYLES + found["form"].media
        return found

    def get_initial(self) -> dict[str, Any]:
        """The first test that is asked for and not recorded yet."""
        lacking = [
            cell.requirement
            for cell in self.readiness.cells
            if cell.requirement.kind == RequirementKind.EXTERNAL_RESULT
            and not cell.verdict.is_settled
        ]
        return {"instrument": lacking[0].name, "phase": lacking[0].phase} if lacking else {}

    def form_valid(self, form: Any) -> HttpResponse:
        filled: ExternalResult = form.instance
        try:
            results.record(result=filled, placement=self.placement, by=self.user, at=timezone.now())
        except PastDateError:
            form.add_error("taken_on", _("That day is still to come."))
            return self.form_invalid(form)
        messages.success(self.request, _("Recorded: %(name)s.") % {"name": filled.instrument})
        return HttpResponseRedirect(self.own_url)


class WithdrawResultView(PlacementMixin, FormView):  # type: ignore[type-arg]
    template_name = "readiness/desk/withdraw_result.html"
    form_class = forms.Form
    page_title = _("Withdraw a result")

    @cached_property
    def result(self) -> ExternalResult:
        return get_object_or_404(ExternalResult, placement=self.placement, pk=self.kwargs["result"])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            result=self.result, back=self.own_url, media=STYLES, **kwargs
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        results.withdraw(result=self.result, by=self.user, at=timezone.now())
        messages.success(self.request, _("The result is withdrawn; it stays in the history."))
        return HttpResponseRedirect(self.own_url)
