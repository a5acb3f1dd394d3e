"""Which plan holds for which office, and whose reminders pause."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from django.db import transaction

from exchanges.models import Office, Placement
from people.models import User
from readiness.errors import NoReasonError, NotAllowedError
from reminders.models import OfficePlan, Pause
from reminders.timing import USUAL, Plan


def plans() -> dict[Plan, list[int]]:
    """The offices of each plan: their own, or that of the nearest office above. Two queries."""
    own = {one.office_id: one.plan for one in OfficePlan.objects.all()}
    paths = dict(Office.objects.values_list("path", "pk"))
    found: dict[Plan, list[int]] = defaultdict(list)
    for path, pk in paths.items():
        found[_holding([own[paths[one]] for one in upward(path) if paths[one] in own])].append(pk)
    return found


def upward(path: str) -> Iterator[str]:
    """The office's own path, then those above it."""
    for length in range(len(path), 0, -Office.steplen):
        yield path[:length]


def _holding(nearest_first: list[Plan]) -> Plan:
    """The nearest plan; it pauses where any of them does."""
    nearest = nearest_first[0] if nearest_first else USUAL
    return replace(nearest, is_paused=any(one.is_paused for one in nearest_first))


def plan_for(office: Office) -> Plan:
    paths = list(upward(office.path))
    own = {
        one.office.path: one.plan
        for one in OfficePlan.objects.filter(office__path__in=paths).select_related("office")
    }
    return _holding([own[path] for path in paths if path in own])


def pause(*, placement: Placement, reason: str, by: User, at: dt.datetime) -> Pause:
    """Send this placement nothing by the clock; while it pauses, pausing again changes nothing.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
        NoReasonError: as named.
    """
    _check(placement, by)
    if not reason.strip():
        raise NoReasonError
    with transaction.atomic():
        Placement.objects.select_for_update(no_key=True).get(pk=placement.pk)
        return Pause.objects.get_or_create(
            placement=placement,
            ended_at=None,
            defaults={"reason": reason.strip(), "paused_by": by, "paused_at": at},
        )[0]


def go_on(*, placement: Placement, by: User, at: dt.datetime) -> None:
    """End the standing pause; without one, do nothing.

    Raises:
        NotAllowedError: if `by` does not answer for the placement's office.
    """
    _check(placement, by)
    Pause.objects.filter(placement=placement, ended_at=None).update(ended_by=by, ended_at=at)


def _check(placement: Placement, by: User) -> None:
    if not Placement.objects.coordinated_by(by).filter(pk=placement.pk).exists():
        raise NotAllowedError
