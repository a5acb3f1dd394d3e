"""What the coordinator has noted about the student and about the student's exchange."""

import datetime as dt

from exchanges.models import Placement
from home.course.ledger import Ledger
from home.demo import accounts
from readiness.models import Note

DAY = dt.timedelta(days=1)
ON_THE_PLACEMENT = "Prefers to be called before noon. Asked about a room near the campus."
ON_THE_EXCHANGE = "The host meets everybody at the station on the first day, from 10 to 16."
WITHDRAWN = "The host cannot offer rooms this term."


def load_notes(ledger: Ledger, *, at: dt.datetime) -> None:
    """Write three notes once, one of them withdrawn: a site that has notes keeps its own."""
    found = Placement.objects.filter(participant__email=accounts.STUDENT.email)
    placement = found.select_related("exchange").first()
    if placement is None or Note.objects.exists():
        return
    by = accounts.person(accounts.COORDINATOR)
    Note.objects.bulk_create(
        [
            Note(
                placement=placement, text=ON_THE_PLACEMENT, written_by=by, written_at=at - 9 * DAY
            ),
            Note(
                exchange=placement.exchange, text=WITHDRAWN, written_by=by,
                written_at=at - 20 * DAY, withdrawn_by=by, withdrawn_at=at - 12 * DAY,
            ),
            Note(
                exchange=placement.exchange, text=ON_THE_EXCHANGE, written_by=by,
                written_at=at - 12 * DAY, pinned_at=at - 12 * DAY,
            ),
        ]
    )  # fmt: skip
    ledger.made.append("notes of the office")
