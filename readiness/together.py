"""What the office does for many people at once: the deeds of `readiness.errands`."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exchanges.models import Placement
from people.models import User
from readiness import extensions, overview, waivers
from readiness.errors import CancelledError, NotAllowedError, NotAskedError, PastDateError
from readiness.models import StateRow

Wishes = Mapping[str, Any]


def waive(ids: Sequence[int], *, wishes: Wishes, by: User, at: dt.datetime) -> Counter[str]:
    """Waive `requirement` with `reason`, until `until` if there is such a day."""

    def deed(placement: Placement) -> None:
        waivers.grant(
            placement=placement,
            requirement_key=wishes["requirement"],
            reason=wishes["reason"],
            until=dt.date.fromisoformat(wishes["until"]) if wishes.get("until") else None,
            by=by,
            at=at,
        )

    return _each(ids, wishes["requirement"], deed, done="waived", by=by, at=at)


def extend(ids: Sequence[int], *, wishes: Wishes, by: User, at: dt.datetime) -> Counter[str]:
    """Give more time for `requirement` until `until`, with `reason`."""
    until = dt.date.fromisoformat(wishes["until"])

    def deed(placement: Placement) -> None:
        extensions.grant(
            placement=placement,
            requirement_key=wishes["requirement"],
            until=until,
            decision=wishes["reason"],
            by=by,
            at=at,
        )

    return _each(ids, wishes["requirement"], deed, done="extended", by=by, at=at)


def _each(
    ids: Sequence[int],
    key: str,
    deed: Callable[[Placement], None],
    *,
    done: str,
    by: User,
    at: dt.datetime,
) -> Counter[str]:
    """Do it for those who lack it still and are the reader's own; count what came of it."""
    rows = StateRow.objects.filter(overview.lacking(key, at), pk__in=ids, is_cancelled=False)
    lacking = set(rows.values_list("pk", flat=True))
    own = Placement.objects.coordinated_by(by).filter(pk__in=lacking)
    found: Counter[str] = Counter(has_it=len(ids) - len(lacking))
    placements = list(own.select_related("office", "exchange").order_by("pk"))
    found["changed"] += len(lacking) - len(placements)
    for placement in placements:
        try:
            deed(placement)
        except (CancelledError, NotAllowedError, NotAskedError, PastDateError):
            found["changed"] += 1
        else:
            found[done] += 1
    return found
