"""One person on one exchange: every verdict with its reason, and what the office can do."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button, HeaderButton

from exchanges.models import Placement
from people import roles
from people.templatetags.invitations import invitation_standing
from readiness import report
from readiness.approvals import may_approve
from readiness.enums import Occasion, RequirementKind
from readiness.models import (
    Approval,
    Declaration,
    Extension,
    ExternalResult,
    Snapshot,
    StateChange,
    Waiver,
)
from readiness.replanning import history
from readiness.shapes import Cell, PlacementReadiness
from readiness.timeline import entries
from readiness.verdicts import VerdictStatus
from readiness.views.coordinating import (
    DEPARTURES,
    HOME,
    STYLES,
    AsOfMixin,
    CoordinatorOnly,
)
from readiness.views.files import placement_file

CHANGES_SHOWN = 50


class PlacementMixin(CoordinatorOnly, AsOfMixin, WagtailAdminTemplateMixin):
    """Finds the placement among those that the reader answers for."""

    header_icon = "user"
    kwargs: dict[str, Any]

    @cached_property
    def placement(self) -> Placement:
        found: Placement = get_object_or_404(
            self.own_placements.select_related("participant", "exchange", "office"),
            omobility_id=self.kwargs["omobility_id"],
        )
        return found

    @cached_property
    def readiness(self) -> PlacementReadiness:
        return report.for_placement(self.placement, as_of=self.as_of_form.moment)

    @property
    def own_url(self) -> str:
        return reverse("departures:placement", args=[self.placement.omobility_id])

    def trail(self) -> list[dict[str, Any]]:
        exchange = self.readiness.exchange
        return [
            HOME,
            DEPARTURES,
            {"url": reverse("departures:exchange", args=[exchange.uuid]), "label": exchange.title},
            {"url": self.own_url, "label": self.readiness.participant_name},
        ]


class PlacementView(PlacementMixin, TemplateView):
    template_name = "readiness/desk/placement.html"
    observers_may_read = True

    @cached_property
    def may_act(self) -> bool:
        """Whether the reader answers for this person, and looks at today."""
        own = Placement.objects.coordinated_by(self.user).filter(pk=self.placement.pk)
        return self.is_now and roles.is_coordinator(self.user) and own.exists()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "pdf":
            return placement_file(self, self.readiness)
        return super().get(request, *args, **kwargs)

    @property
    def header_buttons(self) -> list[Button]:
        return [
            HeaderButton(_("Download PDF"), url=self.address(export="pdf"), icon_name="download")
        ]

    def get_page_title(self) -> str:
        return self.readiness.participant_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail()[:-1], {"url": "", "label": self.readiness.participant_name}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            one=self.readiness,
            placement=self.placement,
            rows=[(cell, self.deeds(cell)) for cell in self.readiness.cells],
            is_now=self.is_now,
            may_act=self.may_act,
            form=self.as_of_form,
            waivers=Waiver.objects.filter(placement=self.placement)
            .select_related("granted_by", "withdrawn_by")
            .order_by("-granted_at", "-pk"),
            declarations=Declaration.objects.filter(placement=self.placement)
            .select_related("verified_by")
            .order_by("-declared_at", "-pk"),
            extensions=self.wishes,
            approvals=Approval.objects.filter(placement=self.placement)
            .select_related("approved_by", "withdrawn_by")
            .order_by("-approved_at", "-pk"),
            results=self.results(),
            snapshots=self.snapshots,
            is_signed_off=any(
                one.occasion == Occasion.SIGN_OFF and not one.revoked_at for one in self.snapshots
            ),
            plan_history=history.of_placement(self.placement, at=timezone.now()),
            timeline=list(entries(self.changes())),
            participant=self.placement.participant,
            invitation=invitation_standing(self.placement.participant),
            media=STYLES + self.as_of_form.media,
            **kwargs,
        )

    def results(self) -> list[tuple[ExternalResult, bool]]:
        """Each result, and whether the reader may read it."""
        found = ExternalResult.objects.filter(placement=self.placement)
        readable = set(found.readable_by(self.user).values_list("pk", flat=True))
        shown = found.select_related("recorded_by", "withdrawn_by", "named_person")
        return [(one, one.pk in readable) for one in shown.order_by("-recorded_at", "-pk")]

    def deeds(self, cell: Cell) -> list[dict[str, str]]:
        """What the coordinator can do about a cell today."""
        if not self.may_act:
            return []
        key = cell.requirement.key
        found = []
        if open_wish(cell.requirement.key, self.wishes):
            found.append({"label": _("Decide about more time"), "url": self._deed("time", key)})
        found += self._signing(cell, key)
        if can_be_verified(cell):
            found.append({"label": _("Confirm"), "url": self._deed("verify", key)})
        if cell.status in {VerdictStatus.WAIVED, VerdictStatus.NOT_APPLICABLE}:
            found.append({"label": _("Withdraw waiver"), "url": self._deed("unwaive", key)})
        elif cell.status != VerdictStatus.MET:
            found.append({"label": _("Waive"), "url": self._deed("waive", key)})
        return found

    def _signing(self, cell: Cell, key: str) -> list[dict[str, str]]:
        """Signing off, or taking it back, where that is for the reader to do."""
        asked = cell.requirement
        if asked.kind != RequirementKind.APPROVAL:
            return []
        if not may_approve(self.user, asked.role, self.placement):
            return []
        if cell.status == VerdictStatus.MET:
            return [{"label": _("Withdraw sign-off"), "url": self._deed("unsign", key)}]
        return [{"label": _("Sign off"), "url": self._deed("sign", key)}]

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        found = Snapshot.objects.filter(placement=self.placement).defer("content")
        return list(found.select_related("taken_by", "revoked_by"))

    def changes(self) -> QuerySet[StateChange]:
        """The newest changes of state, up to the day that is looked at."""
        found = StateChange.objects.filter(
            placement=self.placement, noticed_at__lte=self.as_of_form.moment
        )
        return found.order_by("-noticed_at", "-pk")[:CHANGES_SHOWN]

    @cached_property
    def wishes(self) -> list[Extension]:
        wishes = Extension.objects.filter(placement=self.placement)
        return list(wishes.select_related("decided_by").order_by("-asked_at", "-pk"))

    def _deed(self, name: str, key: str) -> str:
        return reverse(f"departures:{name}", args=[self.placement.omobility_id, key])


def can_be_verified(cell: Cell) -> bool:
    return cell.verdict.reason.code in {"declared", "declaration_unverified"}


def open_wish(key: str, wishes: Iterable[Extension]) -> Extension | None:
    """The wish for more time that waits for a decision."""
    return next((one for one in wishes if one.is_open and one.requirement_key == key), None)
