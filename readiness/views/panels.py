from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from exchanges.models import Exchange
from readiness import departing, exchange_rows, overview, signing_queue

NEXT = 5


class NextDeparturesPanel(Component):
    """The coordinator's next departures on the CMS's front page."""

    name = "next_departures"
    template_name = "readiness/desk/next_departures_panel.html"
    order = 110

    class Media:
        css = {"all": ["charts/charts.css", "readiness/desk.css"]}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        people = overview.rows_seen_by(user)
        today = timezone.localdate()
        exchanges = departing.by_departure(
            Exchange.objects.observed_by(user).select_related("programme", "host"),
            among=people,
            today=today,
        )
        coming = departing.leaving(exchanges, first=today)[:NEXT]
        return {"departures": exchange_rows.of(list(coming), among=people, as_of=timezone.now())}


class WaitingSignOffsPanel(Component):
    """How many people wait for a trainer's sign-off, on the CMS's front page."""

    name = "waiting_sign_offs"
    template_name = "readiness/desk/sign_offs_panel.html"
    order = 90

    class Media:
        css = {"all": ["readiness/desk.css"]}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        lines, _asked = signing_queue.lines_waiting(user, at=timezone.now())
        return {"people": lines.order_by().values("row").distinct().count()}
