"""Writes down each change of state with its cause, by comparing with what was known before."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Max

from readiness.models import StateChange
from readiness.rules.changes import Change, Status, changes
from readiness.shapes import Cell, PlacementReadiness
from readiness.verdicts import VerdictStatus


def record(folded: Sequence[PlacementReadiness], *, at: dt.datetime) -> int:
    """Append a change for each placement that stands otherwise than was known; say how many.

    Two queries and one insert, however many placements there are. Whoever refreshes
    a row calls this in the same transaction, with the placements locked.
    """
    known = _known([one.placement_id for one in folded])
    found = []
    for one in folded:
        last = known.get(one.placement_id)
        after = {cell.requirement.key: _status(cell) for cell in one.cells}
        differences = changes(last.statuses if last else {}, after)
        if last is None or differences or last.state_after != one.state:
            found.append(
                StateChange(
                    placement_id=one.placement_id,
                    noticed_at=at,
                    state_before=last.state_after if last else "",
                    state_after=one.state.value,
                    causes=[_told(change) for change in differences] if last else [],
                    statuses={key: status.status for key, status in after.items()},
                )
            )
    StateChange.objects.bulk_create(found, batch_size=500)
    return len(found)


def _known(placement_ids: Iterable[int]) -> dict[int, StateChange]:
    """The newest change of each."""
    newest = (
        StateChange.objects.filter(placement__in=list(placement_ids))
        .order_by()
        .values("placement")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    return {one.placement_id: one for one in StateChange.objects.filter(pk__in=newest)}


def _status(cell: Cell) -> Status:
    since = cell.due_at if cell.status == VerdictStatus.OVERDUE else cell.verdict.fact_at
    return Status(cell.requirement.name, cell.status.value, since)


def _told(change: Change) -> dict[str, str | None]:
    return {
        "key": change.key,
        "name": change.name,
        "before": change.before,
        "after": change.after,
        "since": change.since.isoformat() if change.since else None,
    }
