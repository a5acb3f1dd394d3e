"""Doors for freezing how somebody stands, taking that back, and reading it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from readiness import snapshots
from readiness.errors import CancelledError, NoReasonError, NotAskedError
from readiness.forms import NoteForm, ReasonForm
from readiness.models import Snapshot
from readiness.verdicts import PlacementState, VerdictStatus
from readiness.views.coordinating import STYLES
from readiness.views.placement import PlacementMixin
from readiness.wording import STATE_LABELS, STATUS_LABELS


class FreezeView(PlacementMixin, FormView):  # type: ignore[type-arg]
    """Signs the person off as they stand."""

    template_name = "readiness/desk/freeze.html"
    form_class: type[forms.Form] = NoteForm
    page_title = _("Sign off this person")
    consequence = _(
        "The state and every verdict are frozen as they are now, with your name and the date."
    )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            one=self.readiness,
            consequence=self.consequence,
            back=self.own_url,
            media=STYLES,
            **kwargs,
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            self.act(form)
        except NoReasonError:
            form.add_error("reason", _("Say why."))
            return self.form_invalid(form)
        except (CancelledError, NotAskedError):
            messages.error(
                self.request, _("Nothing was done: things have changed since you opened the page.")
            )
        return HttpResponseRedirect(self.own_url)

    def act(self, form: forms.Form) -> None:
        note = form.cleaned_data["note"]
        snapshots.sign_off(placement=self.placement, by=self.user, at=timezone.now(), note=note)
        messages.success(self.request, _("Signed off."))


class RevokeView(FreezeView):
    """Takes the standing sign-off back."""

    form_class = ReasonForm
    page_title = _("Revoke the sign-off")
    consequence = _("What was signed off stays readable, with your reason.")

    def act(self, form: forms.Form) -> None:
        reason = form.cleaned_data["reason"]
        snapshots.revoke(placement=self.placement, reason=reason, by=self.user, at=timezone.now())
        messages.success(self.request, _("The sign-off is revoked."))


class SnapshotView(PlacementMixin, TemplateView):
    """What was frozen, and whether it is still that."""

    template_name = "readiness/desk/snapshot.html"
    observers_may_read = True

    @cached_property
    def snapshot(self) -> Snapshot:
        own = Snapshot.objects.filter(placement=self.placement)
        return get_object_or_404(
            own.select_related("taken_by", "revoked_by"), pk=self.kwargs["snapshot"]
        )

    def get_page_title(self) -> str:
        return str(self.snapshot.get_occasion_display())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = self.snapshot.content
        kwargs["snapshot"] = self.snapshot  # in place of its number in the address
        return super().get_context_data(
            is_intact=snapshots.is_intact(self.snapshot),
            state_label=STATE_LABELS[PlacementState(content["state"])],
            cells=[
                (cell, STATUS_LABELS[VerdictStatus(cell["status"])]) for cell in content["cells"]
            ],
            media=STYLES,
            **kwargs,
        )
