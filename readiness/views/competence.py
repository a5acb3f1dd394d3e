"""What people have shown of each dimension: of an exchange, of one person, and one's own."""

import csv
import io
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.text import get_valid_filename
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange
from library.cells import disarmed
from quizzes.competence_rows import Block, file_rows, group_blocks, own_blocks
from quizzes.competences import of_group
from readiness.competences import competences_of
from readiness.views.coordinating import DEPARTURES, HOME, STYLES, CoordinatorOnly
from readiness.views.declarations import SignedInRequest
from readiness.views.placement import PlacementMixin

TITLE = _("Competence")


class CompetenceView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "readiness/desk/competence.html"
    page_title = TITLE
    header_icon = "clipboard-list"

    if TYPE_CHECKING:

        @property
        def blocks(self) -> list[Block]: ...
        @property
        def file_about(self) -> str: ...
        @property
        def back(self) -> str: ...

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "csv":
            return self.download()
        return super().get(request, *args, **kwargs)

    def download(self) -> HttpResponse:
        out = io.StringIO(newline="")
        rows = file_rows(self.blocks)
        csv.writer(out).writerows([disarmed(cell) for cell in row] for row in rows)
        found = out.getvalue().encode("utf-8-sig")
        response = HttpResponse(found, content_type="text/csv; charset=utf-8")
        day = timezone.localdate()
        name = get_valid_filename(f"competence-{self.file_about}-{day:%Y-%m-%d}.csv")
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=name
        )
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(blocks=self.blocks, back=self.back, media=STYLES, **kwargs)


class ExchangeCompetenceView(CoordinatorOnly, CompetenceView):
    """Of everybody on the exchange that the reader may see, and who is not cancelled.

    There is no day to choose: the difference of two days would show one person's values.
    """

    observers_may_read = True

    @cached_property
    def exchange(self) -> Exchange:
        exchanges = Exchange.objects.observed_by(self.user).select_related("programme", "host")
        return get_object_or_404(exchanges, uuid=self.kwargs["exchange_uuid"])

    @cached_property
    def people(self) -> list[int]:
        here = self.own_placements.filter(exchange=self.exchange)
        here = here.exclude(status=PlacementStatus.CANCELLED)
        return list(here.order_by("participant").values_list("participant", flat=True))

    @cached_property
    def blocks(self) -> list[Block]:
        found = competences_of(self.people, as_of=timezone.now())
        return group_blocks(of_group(found), of=len(self.people))

    @property
    def file_about(self) -> str:
        return self.exchange.code

    @property
    def back(self) -> str:
        return reverse("departures:exchange", args=[self.exchange.uuid])

    def get_page_subtitle(self) -> str:
        return str(self.exchange)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        exchange = {"url": self.back, "label": str(self.exchange)}
        return [HOME, DEPARTURES, exchange, {"url": "", "label": TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(of=len(self.people), **kwargs)


class PlacementCompetenceView(PlacementMixin, CompetenceView):
    """Of one person; what that person says in self-assessments stays with the person."""

    @cached_property
    def blocks(self) -> list[Block]:
        person = self.placement.participant_id
        found = competences_of([person], as_of=timezone.now())
        return own_blocks(found.of(person), found.names, with_own_view=False)

    @property
    def file_about(self) -> str:
        return str(self.placement.omobility_id)

    @property
    def back(self) -> str:
        return self.own_url

    def get_page_subtitle(self) -> str:
        return self.readiness.participant_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": TITLE}]


@login_required
@require_safe
def my_competence(request: SignedInRequest) -> HttpResponse:
    """One's own, whole."""
    found = competences_of([request.user.pk], as_of=timezone.now())
    context = {
        "blocks": own_blocks(found.of(request.user.pk), found.names, with_own_view=True),
        "crumbs": [
            {"title": gettext("My exchange"), "url": resolve_url("home:my")},
            {"title": gettext("My competence")},
        ],
    }
    return render(request, "readiness/my_competence.html", context)
