"""What the office does for many people at once: the deeds of `readiness.errands`."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from exchanges.models import Exchange, Placement
from people.models import User
from readiness import extensions, overview, waivers
from readiness.demands import demands
from readiness.errors import (
    AlreadyThereError,
    CancelledError,
    ChangedMeanwhileError,
    NotAllowedError,
    NotAskedError,
    NothingNewError,
    PastDateError,
)
from readiness.models import StateRow
from readiness.replanning.changing import change
from readiness.replanning.proposals import for_placements, moved_to

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


def move(ids: Sequence[int], *, wishes: Wishes, by: User, at: dt.datetime) -> Counter[str]:
    """Move these people to the exchange `exchange`, with `reason`; `tells` them, or does not."""
    target = Exchange.objects.get(pk=wishes["exchange"])
    asked = demands(as_of=at)
    own = Placement.objects.coordinated_by(by).active()
    found: Counter[str] = Counter()
    for pk in ids:
        try:
            change(
                proposal=for_placements(own.filter(pk=pk), moved_to(target)),
                reason=wishes["reason"],
                by=by,
                at=at,
                tells=wishes["tells"],
                asked=asked,
            )
        except AlreadyThereError:
            found["there"] += 1
        except (ChangedMeanwhileError, NothingNewError):
            found["changed"] += 1
        else:
            found["moved"] += 1
    return found


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
