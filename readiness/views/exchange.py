"""One exchange: participants by requirements, who is ready, and why not."""

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from exchanges.models import Exchange
from readiness import exports, report
from readiness.shapes import ExchangeReadiness
from readiness.views.coordinating import (
    DEPARTURES,
    HOME,
    STYLES,
    AsOfMixin,
    CoordinatorOnly,
)

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
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
        """The people that the chosen state leaves; the same for screen and files."""
        state = self.as_of_form.chosen_state
        people = (one for one in self.report.placements if not state or one.state == state)
        return replace(self.report, placements=tuple(people))

    def get_page_title(self) -> str:
        return self.report.exchange.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, DEPARTURES, {"url": "", "label": self.report.exchange.title}]

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return [
            HeaderButton(
                _("Download %(format)s") % {"format": extension.upper()},
                url=self.address(export=extension),
                icon_name="download",
                priority=number,
            )
            for number, extension in enumerate(FORMATS)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self._shown()
        return super().get_context_data(
            report=self.report,
            rows=[
                (one, [one.cell(column.key) for column in shown.requirements])
                for one in shown.placements
            ],
            form=self.as_of_form,
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
