"""One exchange: participants by requirements, who is ready, and why not."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from charts.rows import Rows
from exchanges.models import Exchange
from readiness import exports, report
from readiness.pictures import stuck
from readiness.shapes import ExchangeReadiness, PlacementReadiness
from readiness.verdicts import PlacementState
from readiness.views.coordinating import (
    DEPARTURES,
    HOME,
    STYLES,
    AsOfMixin,
    CoordinatorOnly,
)
from readiness.wording import STATE_LABELS

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


ORDERS: dict[str, Callable[[PlacementReadiness], Any]] = {
    "departure": lambda one: one.departs_on,
    "done": lambda one: one.required - one.done,
}


class ExchangeReportView(CoordinatorOnly, AsOfMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "readiness/desk/exchange.html"
    header_icon = "globe"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.exchange_uuid: uuid.UUID = kwargs["exchange_uuid"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.report = self._report()
        extension = request.GET.get("export", "")
        if extension in FORMATS:
            return download(self._shown(), extension)
        return super().get(request, *args, **kwargs)

    def _report(self) -> ExchangeReadiness:
        exchanges = Exchange.objects.coordinated_by(self.user)
        exchange = get_object_or_404(
            exchanges.select_related("programme", "host"), uuid=self.exchange_uuid
        )
        return report.build(exchange, as_of=self.as_of_form.moment, among=self.own_placements)

    def _shown(self) -> ExchangeReadiness:
        """The people that the filters leave, in order; the same for screen and files."""
        state, key = self.as_of_form.chosen_state, self.as_of_form.chosen_missing
        ticked = set(self.request.GET.getlist("person"))
        people = [
            one
            for one in self.report.placements
            if (not state or one.state == state)
            and (not key or any(cell.requirement.key == key for cell in one.missing))
            and (not ticked or str(one.omobility_id) in ticked)
        ]
        ordering = self.as_of_form.ordering_chosen
        order = ORDERS.get(ordering.lstrip("-"))
        if order:
            people.sort(key=order, reverse=ordering.startswith("-"))
        elif ordering == "-name":
            people.reverse()
        return replace(self.report, placements=tuple(people))

    def get_page_title(self) -> str:
        return self.report.exchange.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, DEPARTURES, {"url": "", "label": self.report.exchange.host}]

    @property
    def header_more_buttons(self) -> list[Button]:
        return [
            Button(
                _("Download %(format)s") % {"format": extension.upper()},
                url=self.address(export=extension),
                icon_name="download",
                priority=number,
            )
            for number, extension in enumerate(FORMATS)
        ]

    def states(self) -> list[dict[str, Any]]:
        """Everybody, and the states that occur here, with their numbers; as links."""
        chosen, counts = self.as_of_form.chosen_state, self.report.counts
        found: list[tuple[str, Any, int]] = [("", _("Everybody"), len(self.report.placements))]
        found += [
            (state.value, STATE_LABELS[state], counts[state])
            for state in PlacementState
            if counts.get(state) or state == chosen
        ]
        return [
            {
                "label": label,
                "count": count,
                "url": self.address(state=state),
                "is_on": state == chosen,
            }
            for state, label, count in found
        ]

    def orders(self) -> list[dict[str, Any]]:
        """The heads by which the list can be put in order."""
        ordering = self.as_of_form.ordering_chosen or "name"
        labels = {"name": _("Participant"), "departure": _("Departure"), "done": _("State")}
        return [
            {
                "name": name,
                "label": label,
                "url": self.address(ordering=f"-{name}" if ordering == name else name),
                "way": {name: "ascending", f"-{name}": "descending"}.get(ordering, "none"),
            }
            for name, label in labels.items()
        ]

    def picture(self) -> Rows:
        """What is missing, each leading to those who lack it and back."""
        chosen = self.as_of_form.chosen_missing
        return stuck(
            self.report.missing,
            address=lambda key: self.address(missing="" if key == chosen else key),
            chosen=chosen,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self._shown()
        return super().get_context_data(
            report=self.report,
            rows=[
                (one, [one.cell(column.key) for column in shown.requirements])
                for one in shown.placements
            ],
            form=self.as_of_form,
            stuck=self.picture(),
            states=self.states(),
            orders=self.orders(),
            is_now=self.is_now,
            as_of_query=f"?as_of={self.report.as_of:%Y-%m-%d}" if not self.is_now else "",
            media=STYLES + self.as_of_form.media,
            **kwargs,
        )


def download(shown: ExchangeReadiness, extension: str) -> HttpResponse:
    content: bytes = (
        exports.to_xlsx(shown) if extension == "xlsx" else exports.to_csv(shown).encode("utf-8-sig")
    )
    response = HttpResponse(content, content_type=FORMATS[extension])
    name = exports.file_name(shown, extension)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
