"""Waiving one requirement for several people of an exchange at once."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exchanges.models import Exchange
from readiness import report, waivers
from readiness.errors import CancelledError, NotAskedError, PastDateError
from readiness.forms import WaiveTogetherForm
from readiness.lines import merge
from readiness.shapes import ExchangeReadiness, PlacementReadiness
from readiness.verdicts import SETTLED
from readiness.views.addresses import uuids
from readiness.views.coordinating import DEPARTURES, HOME, STYLES, CoordinatorOnly


class WaiveTogetherView(CoordinatorOnly, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """For the people ticked (`person`); who has the thing done already keeps it done."""

    template_name = "readiness/desk/waive_together.html"
    form_class = WaiveTogetherForm
    header_icon = "group"
    page_title = _("Waive for several people")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.exchange_uuid: uuid.UUID = kwargs["exchange_uuid"]

    @cached_property
    def report(self) -> ExchangeReadiness:
        exchange = get_object_or_404(
            Exchange.objects.coordinated_by(self.user), uuid=self.exchange_uuid
        )
        return report.build(exchange, as_of=timezone.now(), among=self.own_placements)

    @cached_property
    def people(self) -> list[PlacementReadiness]:
        ticked = set(uuids(self.request.GET.getlist("person")))
        return [one for one in self.report.active if one.omobility_id in ticked]

    @property
    def back(self) -> str:
        return reverse("departures:exchange", args=[self.exchange_uuid])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            HOME,
            DEPARTURES,
            {"url": self.back, "label": self.report.exchange.title},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        lacked = merge(
            cell.requirement
            for one in self.people
            for cell in one.cells
            if cell.status not in SETTLED
        )
        choices = [(one.key, f"{one.name} ({one.kind_label})") for one in lacked]
        found: dict[str, Any] = super().get_form_kwargs()
        return found | {"choices": choices}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(
            report=self.report, people=self.people, back=self.back, **kwargs
        )
        found["media"] = STYLES + found["form"].media
        return found

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            done = self._waive(form)
        except PastDateError:
            form.add_error("until", _("That day has passed. Choose today or a later day."))
            return self.form_invalid(form)
        except (CancelledError, NotAskedError):
            messages.error(
                self.request, _("Nothing was done: things have changed since you opened the page.")
            )
        else:
            messages.success(
                self.request,
                ngettext("Waived for %(count)s person.", "Waived for %(count)s people.", done)
                % {"count": done},
            )
        return HttpResponseRedirect(self.back)

    @transaction.atomic
    def _waive(self, form: forms.Form) -> int:
        """All or nobody; who needs no waiver gets none."""
        key = form.cleaned_data["requirement"]
        lacking = [
            one.placement_id
            for one in self.people
            if (cell := one.cell(key)) and cell.status not in SETTLED
        ]
        for placement in self.own_placements.filter(pk__in=lacking).select_related("office"):
            waivers.grant(
                placement=placement,
                requirement_key=key,
                reason=form.cleaned_data["reason"],
                until=form.cleaned_data["until"],
                does_not_apply=form.cleaned_data["does_not_apply"],
                by=self.user,
                at=timezone.now(),
            )
        return len(lacking)
