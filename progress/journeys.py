"""The dates of the exchange that somebody prepares, for quizzes that open or close by them."""

import datetime as dt
from typing import Any

from exchanges.models import Placement
from quizzes.conditions import Journey


def journey(*, participant_id: int, at: dt.datetime, **_signal: Any) -> Journey | None:
    """Receive `quizzes.journeys.journey_wanted`: the next stay that is not over.

    Of several the one that ends first; if all are over, the last one. One query.
    """
    placements = Placement.objects.active().dated().filter(participant=participant_id)
    found = list(placements.select_related("exchange", "office").order_by("back_on", "pk"))
    today = at.date()
    next_one = next((one for one in found if one.end_date >= today), found[-1] if found else None)
    if next_one is None:
        return None
    return Journey(
        departs_on=next_one.departs_on,
        starts_on=next_one.start_date,
        ends_on=next_one.end_date,
        time_zone=next_one.office.time_zone,
    )
