"""What lower rooms tell by their own signals: rows follow in the same request."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from exchanges.models.placements import PlacementQuerySet
from readiness import states


def hear_evidence(*, participant_ids: Collection[int], at: dt.datetime, **_signal: Any) -> None:
    """Receive `progress.signals.evidence_changed`."""
    states.refresh_people(participant_ids, at=at)


def hear_placements(*, placements: PlacementQuerySet, at: dt.datetime, **_signal: Any) -> None:
    """Receive `exchanges.signals.placements_changed`."""
    states.refresh_now_or_soon(placements, at=at)
