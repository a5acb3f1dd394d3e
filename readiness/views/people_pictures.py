"""The people of the overview as pictures, narrowed down by the same address."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from readiness import overview
from readiness.demands import demands
from readiness.overview import Rows
from readiness.people_pictures import lead_time, stuck_at, trend, weeks_of
from readiness.pictures import by_week, stuck
from readiness.views.coordinating import DEPARTURES, HOME, STYLES, address
from readiness.views.filters import Window
from readiness.views.overview import PeopleMixin

MOST_STUCK = 10


class PeoplePicturesView(PeopleMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "readiness/desk/people/pictures.html"
    header_icon = "view"
    observers_may_read = True
    page_title = _("Pictures of these people")

    @property
    def back(self) -> str:
        return self.list_address()

    def list_address(self, **changes: str) -> str:
        return address(self.request, reverse("departures:people"), **changes)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": self.back, "label": _("People")}
        return [HOME, DEPARTURES, people, {"url": "", "label": self.page_title}]

    def of_all_times(self) -> Rows:
        """The same filters without those that leave out last term."""
        wider = self.request.GET.copy()
        wider["window"] = Window.ALL.value
        for name in ("term", "first", "last"):
            wider.pop(name, None)
        return self.matching(wider)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows, now = self.matching(), self.now
        lines = demands(as_of=now).all_lines()
        found = {
            "count": rows.count(),
            "back": self.back,
            "by_week": by_week(
                weeks_of(overview.by_day(rows, as_of=now)), address=self.week_address
            ),
            "stuck": stuck(
                stuck_at(overview.missing(rows, as_of=now), {one.key: one for one in lines}),
                address=lambda key: self.list_address(missing=key),
                most=MOST_STUCK,
            ),
            "lead": lead_time(overview.leads(rows)),
            "media": STYLES,
        }
        wider = self.of_all_times()
        terms = overview.latest_terms(wider, today=timezone.localdate())
        found["trend"] = trend(overview.leads(wider.filter(term__in=terms)), terms, now=now)
        return super().get_context_data(**found, **kwargs)

    def week_address(self, monday: str) -> str:
        first = dt.date.fromisoformat(monday)
        last = first + dt.timedelta(days=6)
        return self.list_address(window="", first=first.isoformat(), last=last.isoformat())
