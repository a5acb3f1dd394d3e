from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from exchanges.models import Exchange
from readiness import departing, exchange_rows, overview

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
