"""One exchange: participants by requirements, who is ready, and why not."""

import uuid
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from charts.rows import Rows
from exchanges.enums import StayForm
from exchanges.models import Exchange, Placement
from people import roles
from readiness import exchange_people, exports, report
from readiness.exchange_people import Choice, People
from readiness.pictures import stuck
from readiness.replanning import history
from readiness.replanning.changing import may_change_exchange
from readiness.shapes import Cell, ExchangeFigures, ExchangeReadiness, PlacementReadiness
from readiness.verdicts import PlacementState
from readiness.views.addresses import uuids
from readiness.views.coordinating import (
    DEPARTURES,
    HOME,
    STYLES,
    AsOfMixin,
    CoordinatorOnly,
)
from readiness.views.files import PDF, exchange_file
from readiness.wording import STATE_LABELS

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": PDF,
}


ON_A_PAGE = 50
"""People on one page of the matrix."""


class ExchangeReportView(CoordinatorOnly, AsOfMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "readiness/desk/exchange.html"
    header_icon = "globe"
    observers_may_read = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.exchange_uuid: uuid.UUID = kwargs["exchange_uuid"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        extension = request.GET.get("export", "")
        if extension == "pdf":
            return exchange_file(
                request,
                self.people,
                self.chosen,
                chosen_by=self.chosen_by(),
                back=self.address(export=""),
            )
        if extension in FORMATS:
            return download(self.people.shown(self.chosen), extension)
        return super().get(request, *args, **kwargs)

    @cached_property
    def exchange(self) -> Exchange:
        exchanges = Exchange.objects.observed_by(self.user)
        return get_object_or_404(
            exchanges.select_related("programme", "host"), uuid=self.exchange_uuid
        )

    @cached_property
    def may_act(self) -> bool:
        """Whether the reader answers for anybody here."""
        own = Placement.objects.coordinated_by(self.user)
        return roles.is_coordinator(self.user) and own.filter(exchange=self.exchange).exists()

    @cached_property
    def people(self) -> People:
        moment, among = self.as_of_form.moment, self.own_placements
        if self.is_now:
            return exchange_people.of(self.exchange, among=among, rows=self.own_rows, as_of=moment)
        return exchange_people.Folded(report.build(self.exchange, as_of=moment, among=among))

    @cached_property
    def whole(self) -> ExchangeFigures[Any]:
        """What everybody here adds up to."""
        return self.people.whole

    @cached_property
    def chosen(self) -> list[int]:
        """The people that the filters leave, in order; the same for screen and files."""
        return self.people.chosen(
            Choice(
                state=self.as_of_form.chosen_state,
                missing=self.as_of_form.chosen_missing,
                ordering=self.as_of_form.ordering_chosen,
                ticked=tuple(uuids(self.request.GET.getlist("person"))),
            )
        )

    @cached_property
    def page(self) -> Page[int]:
        """Whom this page shows; `all` puts everybody on it, to be printed."""
        is_whole = bool(self.request.GET.get("all"))
        size = max(len(self.chosen), 1) if is_whole else ON_A_PAGE
        return Paginator(self.chosen, size).get_page(self.request.GET.get("p"))

    def chosen_by(self) -> list[str]:
        """In words by what the people are chosen; nothing where it is everybody."""
        form = self.as_of_form
        found: list[Any] = []
        if form.chosen_state:
            label = STATE_LABELS[PlacementState(form.chosen_state)]
            found.append(_("state: %(state)s") % {"state": label})
        found += [
            _("missing: %(what)s") % {"what": one.requirement.name}
            for one in self.whole.missing
            if one.requirement.key == form.chosen_missing
        ]
        if self.request.GET.getlist("person"):
            found.append(_("name, one by one"))
        return [str(words) for words in found]

    def get_page_title(self) -> str:
        return self.whole.exchange.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, DEPARTURES, {"url": "", "label": self.whole.exchange.host}]

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
        chosen, counts = self.as_of_form.chosen_state, self.people.counts
        found: list[tuple[str, Any, int]] = [("", _("Everybody"), sum(counts.values()))]
        found += [
            (state.value, STATE_LABELS[state], counts.get(state, 0))
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
            self.whole.missing,
            address=lambda key: self.address(missing="" if key == chosen else key),
            chosen=chosen,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.people.shown(list(self.page.object_list))
        return super().get_context_data(
            report=self.whole,
            shown=shown,
            rows=[(one, in_columns(one, shown)) for one in shown.placements],
            as_of=shown.as_of,
            page=self.page,
            elided_page_range=self.page.paginator.get_elided_page_range(self.page.number),
            whole_url=self.address(all="1"),
            is_empty=not sum(self.people.counts.values()),
            states=self.states(),
            orders=self.orders(),
            stuck=self.picture(),
            form=self.as_of_form,
            may_plan=self.is_now and may_change_exchange(self.user, self.exchange),
            takes_place=takes_place(self.exchange),
            plan_history=history.of_exchange(self.exchange, at=timezone.now()),
            is_now=self.is_now,
            may_act=self.is_now and self.may_act,
            as_of_query=f"?as_of={shown.as_of:%Y-%m-%d}" if not self.is_now else "",
            media=STYLES + self.as_of_form.media,
            **kwargs,
        )


def in_columns(one: PlacementReadiness, shown: ExchangeReadiness) -> list[Cell | None]:
    """A cell for each column; None where the thing is not asked of that person."""
    cells = {cell.requirement.key: cell for cell in one.cells}
    return [cells.get(column.key) for column in shown.requirements]


def takes_place(exchange: Exchange) -> str:
    """How it takes place, where that is not the usual way."""
    return "" if exchange.stay_form == StayForm.ON_SITE else exchange.get_stay_form_display()


def download(shown: ExchangeReadiness, extension: str) -> HttpResponse:
    content: bytes = (
        exports.to_xlsx(shown) if extension == "xlsx" else exports.to_csv(shown).encode("utf-8-sig")
    )
    response = HttpResponse(content, content_type=FORMATS[extension])
    name = exports.file_name(shown, extension)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
