"""Changing a plan: a form, then what it would change for whom, then a reason and the deed."""

import datetime as dt
import hashlib
import json
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exchanges.models import Exchange
from readiness.effects import Impact, to_csv
from readiness.errands import begin
from readiness.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    MisfitError,
    NothingNewError,
    WorkedOnError,
)
from readiness.models import ChangeOfPlan
from readiness.overview import placements_of
from readiness.replanning.changing import (
    change,
    is_worked_on,
    may_change,
    may_change_exchange,
    proposal_of,
    take_back,
)
from readiness.replanning.forms import (
    ConfirmForm,
    ExchangePlanForm,
    MoveForm,
    PlacementPlanForm,
    PlanForm,
)
from readiness.replanning.previewing import preview
from readiness.replanning.proposals import Proposal
from readiness.views.coordinating import DEPARTURES, HOME, STYLES, CoordinatorOnly, address
from readiness.views.overview import PeopleMixin
from readiness.views.placement import PlacementMixin

SHOWN = 200
"""People of a preview that the page lists; the file has them all."""


class PreviewedView(CoordinatorOnly, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """A wish in the address, what it would change for whom, and a form that does it."""

    template_name = "readiness/desk/plan.html"
    form_class: type[forms.Form] = ConfirmForm
    header_icon = "calendar"
    button: Promise = gettext_lazy("Change the plan")
    explains: Promise | str = ""
    wish: Any = forms.Form({})
    proposal: Any = None
    request: Any

    @property
    def back(self) -> str:
        raise NotImplementedError

    def trail(self) -> list[dict[str, Any]]:
        raise NotImplementedError

    def look(self, proposal: Any) -> Impact:
        """What it would change, for whom."""
        raise NotImplementedError

    def said(self, proposal: Any) -> Any:
        """What makes it another proposal, as JSON can say it."""
        raise NotImplementedError

    def act(self, proposal: Any, form: Any) -> str:
        """Do it, and return where to go on.

        Raises:
            ChangedMeanwhileError: if somebody was faster.
        """
        raise NotImplementedError

    @property
    def token(self) -> str:
        """Names what was looked at, so that nothing else is done."""
        if self.proposal is None:
            return ""
        said = json.dumps(self.said(self.proposal), sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    @cached_property
    def now(self) -> dt.datetime:
        return timezone.now()

    @cached_property
    def impact(self) -> Impact | None:
        return self.look(self.proposal) if self.proposal else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "csv" and self.impact:
            return download(self.impact)
        return super().get(request, *args, **kwargs)

    @property
    def others(self) -> list[tuple[str, str]]:
        """What else stands in the address."""
        own = {"look", "export", *self.wish.fields}
        return [
            (name, value)
            for name, values in self.request.GET.lists()
            if name not in own
            for value in values
        ]

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.token}

    def get_page_title(self) -> str:
        return str(self.button)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(
            wish=self.wish,
            hidden=self.others,
            impact=self.impact,
            effects=self.impact.effects[:SHOWN] if self.impact else (),
            csv_url=address(self.request, self.request.path, export="csv"),
            button=self.button,
            explains=self.explains,
            back=self.back,
            **kwargs,
        )
        found["media"] = STYLES + self.wish.media + found["form"].media
        return found

    def form_valid(self, form: Any) -> HttpResponse:
        proposal = self.proposal
        if proposal is None:
            return self.form_invalid(form)
        if form.cleaned_data["seen"] == self.token:
            try:
                return HttpResponseRedirect(self.act(proposal, form))
            except ChangedMeanwhileError:
                pass
        messages.warning(
            self.request, _("Nothing was done: things have changed since you looked. Look again.")
        )
        return HttpResponseRedirect(self.request.get_full_path())


class PlanView(PreviewedView):
    """The wish is a plan."""

    def plan_form(self, data: Any) -> PlanForm:
        raise NotImplementedError

    @cached_property
    def wish(self) -> PlanForm:
        return self.plan_form(self.request.GET if "look" in self.request.GET else None)

    @cached_property
    def proposal(self) -> Proposal | None:
        return self.wish.proposed(at=self.now) if self.wish.is_bound else None

    def look(self, proposal: Proposal) -> Impact:
        return preview(proposal, at=self.now)

    def said(self, proposal: Proposal) -> Any:
        return [proposal.fields, list(proposal.placements.items())]

    def act(self, proposal: Proposal, form: Any) -> str:
        made = change(
            proposal=proposal,
            reason=form.cleaned_data["reason"],
            by=self.user,
            at=self.now,
            tells=form.cleaned_data["tells"],
        )
        say(self.request, made)
        return self.back


def download(impact: Impact) -> HttpResponse:
    found = to_csv(impact).encode("utf-8-sig")
    response = HttpResponse(found, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="what-changes.csv"'
    return response


def say(request: HttpRequest, made: ChangeOfPlan) -> None:
    told = made.effects.exclude(letter="").count()
    words = ngettext(
        "The plan is changed. A letter to %(count)s person is on its way.",
        "The plan is changed. Letters to %(count)s people are on their way.",
        told,
    )
    nobody = _("The plan is changed. Nobody is written to.")
    messages.success(request, words % {"count": told} if told else nobody)


class ExchangePlanView(PlanView):
    """Of an exchange of whose people somebody else answers for none."""

    explains = gettext_lazy(
        "What everybody has done already counts as before. Who has left home keeps the plan."
    )

    @cached_property
    def exchange(self) -> Exchange:
        exchanges = Exchange.objects.select_related("programme", "host")
        found: Exchange = get_object_or_404(exchanges, uuid=self.kwargs["exchange_uuid"])
        if not may_change_exchange(self.user, found):
            raise Http404
        return found

    def plan_form(self, data: Any) -> PlanForm:
        return ExchangePlanForm(data, exchange=self.exchange)

    @property
    def back(self) -> str:
        return reverse("departures:exchange", args=[self.exchange.uuid])

    def trail(self) -> list[dict[str, Any]]:
        return [HOME, DEPARTURES, {"url": self.back, "label": str(self.exchange)}]


class PlacementPlanView(PlacementMixin, PlanView):
    explains = gettext_lazy("What this person has done already counts as before.")

    def plan_form(self, data: Any) -> PlanForm:
        return PlacementPlanForm(data, placement=self.placement, today=timezone.localdate())

    @property
    def back(self) -> str:
        return self.own_url


class MovePeopleView(PeopleMixin, PlanView):
    """Ticked people, or all that match, to another exchange; done some at a time."""

    button = gettext_lazy("Move to another exchange")
    explains = gettext_lazy(
        "What they have done already counts as before. Their own dates and country, which were "
        "about the other exchange, are dropped."
    )

    @cached_property
    def placements(self) -> Any:
        return placements_of(self.ticked().filter(is_cancelled=False))

    def plan_form(self, data: Any) -> PlanForm:
        return MoveForm(data, placements=self.placements, today=timezone.localdate())

    @property
    def back(self) -> str:
        kept = self.request.GET.copy()
        for name in ("person", "all", "target", "look"):
            kept.pop(name, None)
        return f"{reverse('departures:people')}?{kept.urlencode()}"

    def trail(self) -> list[dict[str, Any]]:
        return [HOME, DEPARTURES, {"url": self.back, "label": _("People")}]

    def act(self, proposal: Proposal, form: Any) -> str:
        given = form.cleaned_data
        errand = begin(
            "readiness.together.move",
            sorted(proposal.placements),
            title=str(self.button),
            by=self.user,
            at=self.now,
            wishes={
                "exchange": self.wish.cleaned_data["target"].pk,
                "reason": given["reason"],
                "tells": given["tells"],
            },
            back=self.back,
        )
        return reverse("departures:errand", args=[errand.uuid])


class TakeBackView(PlanView):
    """Makes a change undone by a new one, while nobody has worked on it."""

    button = gettext_lazy("Take the change back")
    explains = gettext_lazy("Everything becomes as it was. Both changes stay in the history.")

    @cached_property
    def made(self) -> ChangeOfPlan:
        found: ChangeOfPlan = get_object_or_404(
            ChangeOfPlan.objects.select_related("exchange__programme", "exchange__host"),
            uuid=self.kwargs["change"],
        )
        if not may_change(self.user, proposal_of(found)):
            raise Http404
        return found

    @property
    def back(self) -> str:
        if self.made.exchange:
            return reverse("departures:exchange", args=[self.made.exchange.uuid])
        one = self.made.effects.select_related("placement").get()
        return reverse("departures:placement", args=[one.placement.omobility_id])

    @cached_property
    def wish(self) -> PlanForm:
        return PlanForm({})

    @cached_property
    def proposal(self) -> Proposal | None:
        return None if is_worked_on(self.made, at=self.now) else proposal_of(self.made).inverse

    def trail(self) -> list[dict[str, Any]]:
        return [HOME, DEPARTURES, {"url": self.back, "label": _("Back")}]

    def act(self, proposal: Proposal, form: Any) -> str:
        try:
            made = take_back(
                made=self.made,
                reason=form.cleaned_data["reason"],
                by=self.user,
                at=self.now,
                tells=form.cleaned_data["tells"],
            )
        except (
            AlreadyThereError, MisfitError, NothingNewError, ValidationError, WorkedOnError,
        ):  # fmt: skip
            raise ChangedMeanwhileError from None
        say(self.request, made)
        return self.back
