"""Holds rows against the fold, to find the deed that forgot to refresh them."""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from exchanges.models import Placement
from library.batches import batches
from readiness import report, states
from readiness.figures import Figures
from readiness.holding import holds
from readiness.models import StateRow
from readiness.shapes import PlacementReadiness

BATCH = 500
NIGHTLY_SAMPLE = 1000
log = logging.getLogger(__name__)
DATED = ("unready_from", "late_from", "risk_from")


@dataclass(frozen=True, slots=True)
class Drift:
    """A row that says something else than the fold, and in what."""

    placement_id: int
    fields: tuple[str, ...]


def check(*, at: dt.datetime, sample: int | None = None) -> tuple[int, list[Drift]]:
    """Compare the rows of a random sample of placements, or of all, with the fold.

    Rows that are to be made anew anyway (`states.stale`) are left out.

    Returns:
        How many were compared, and those that differ.
    """
    ids = _ids(sample, at=at)
    found: list[Drift] = []
    for some in batches(ids, BATCH):
        found += _check(some, at=at)
    return len(ids), found


def report_drift(*, at: dt.datetime) -> None:
    """The nightly job: a line in the log for each row of a sample that differs."""
    _compared, found = check(at=at, sample=NIGHTLY_SAMPLE)
    for drift in found:
        log.error("A row differs from the fold: placement %s, %s", drift.placement_id, drift.fields)


def _ids(sample: int | None, *, at: dt.datetime) -> list[int]:
    holding: QuerySet[StateRow] = StateRow.objects.filter(holds(asked=states.current(at), at=at))
    if sample is not None:
        holding = holding.order_by("?")[:sample]
    return list(holding.values_list("placement", flat=True))


def _check(ids: Sequence[int], *, at: dt.datetime) -> list[Drift]:
    rows = StateRow.objects.in_bulk(ids)
    folded = report.fold(Placement.objects.filter(pk__in=ids), as_of=at)
    compared = [(one.placement_id, differing(rows[one.placement_id], one, at)) for one in folded]
    return [Drift(pk, fields) for pk, fields in compared if fields]


def differing(row: StateRow, one: PlacementReadiness, at: dt.datetime) -> tuple[str, ...]:
    """Names what the row says otherwise than the fold at that moment."""
    said, true = states.figures_of(row), states.figures(one)
    fields = [
        name
        for name in Figures.__dataclass_fields__
        if name not in DATED and getattr(said, name) != getattr(true, name)
    ]
    fields += [name for name in DATED if (getattr(said, name) <= at) != (getattr(true, name) <= at)]
    if said.state(at, leaves_at=row.leaves_at, cancelled=row.is_cancelled) != one.state:
        fields.append("state")
    if row.departs_on != one.departs_on:
        fields.append("departs_on")
    return tuple(fields)
