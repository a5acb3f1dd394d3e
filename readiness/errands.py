"""Does one thing for many people, some at a time, with progress that can be looked at.

A deed is a callable by its dotted path: it takes the ids of some placements, the wishes
of whoever asked, that person and the time, and returns how many came out in which way.
It runs in the transaction that moves the errand on, so each person has one turn.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from django.db import transaction
from django.utils.module_loading import import_string

from people.models import User
from readiness.models import Errand

logger = structlog.get_logger(__name__)

AT_ONCE = 25
"""People who have their turn in one transaction."""
STEPS = 8
"""Transactions of one run of the job, so that other jobs have their turn, too."""


def begin(
    deed: str,
    placements: Sequence[int],
    *,
    title: str,
    by: User,
    at: dt.datetime,
    wishes: Mapping[str, Any] | None = None,
    back: str = "",
) -> Errand:
    """Write down what is to be done, and do it for the first of them at once."""
    errand = Errand.objects.create(
        deed=deed,
        title=title,
        placements=list(placements),
        wishes=dict(wishes or {}),
        total=len(placements),
        back=back,
        asked_by=by,
        asked_at=at,
    )
    step(errand.pk, at=at)
    errand.refresh_from_db()
    return errand


def carry_on(*, at: dt.datetime) -> int:
    """Go on with what is not finished, first asked first; a job of `settings.PERIODIC_JOBS`.

    Returns the number of steps.
    """
    for done in range(STEPS):
        waiting = Errand.objects.filter(finished_at=None).order_by("asked_at", "pk")
        first = waiting.values_list("pk", flat=True).first()
        if first is None:
            return done
        step(first, at=at)
    return STEPS


def step(pk: int, *, at: dt.datetime) -> None:
    """Give the next people their turn. What fails ends the errand; those before stay done."""
    try:
        _step(pk, at=at)
    except Exception:
        logger.exception("errand_failed", errand=pk)
        Errand.objects.filter(pk=pk, finished_at=None).update(has_failed=True, finished_at=at)


@transaction.atomic
def _step(pk: int, *, at: dt.datetime) -> None:
    errand = Errand.objects.select_for_update().get(pk=pk)
    if errand.is_over:
        return
    ids = errand.placements[errand.taken : errand.taken + AT_ONCE]
    if ids:
        deed = import_string(errand.deed)
        found = deed(ids, wishes=errand.wishes, by=errand.asked_by, at=at)
        errand.counts = dict(Counter(errand.counts) + Counter(found))
    errand.taken += len(ids)
    if errand.taken >= errand.total:
        errand.finished_at = at
    errand.save(update_fields=["counts", "taken", "finished_at"])
