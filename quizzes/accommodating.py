"""Granting and withdrawing accommodations; an attempt under way is only ever prolonged."""

import datetime as dt

from django.db import transaction

from people.models import User
from quizzes.enums import AttemptState
from quizzes.models import Accommodation, Attempt
from quizzes.sitting.allowing import conditions_for
from quizzes.sitting.locking import lock
from quizzes.sitting.reading import paper_of


class AlreadyWithdrawn(Exception):
    """The accommodation has been withdrawn before."""


def grant(accommodation: Accommodation, *, by: User, at: dt.datetime) -> Accommodation:
    """Put a new accommodation, or a change of one, into force.

    Attempts that are under way get the time that it gives.
    """
    with transaction.atomic():
        accommodation.granted_by = by
        accommodation.granted_at = at
        accommodation.save()
        prolong(accommodation, at=at)
    return accommodation


def withdraw(accommodation: Accommodation, *, by: User, at: dt.datetime) -> Accommodation:
    """Take it back from now on. It stays on record, and an attempt under way keeps its time.

    Raises:
        AlreadyWithdrawn: that has been done before.
    """
    changed = Accommodation.objects.filter(pk=accommodation.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=at, withdrawn_by=by
    )
    if not changed:
        raise AlreadyWithdrawn
    accommodation.refresh_from_db()
    return accommodation


def prolong(accommodation: Accommodation, *, at: dt.datetime) -> None:
    """Give the person's attempts under way the deadline that holds now, if it is later."""
    attempts = Attempt.objects.filter(
        participant=accommodation.participant_id,
        state=AttemptState.IN_PROGRESS,
        deadline__isnull=False,
    )
    if accommodation.quiz_id:
        attempts = attempts.filter(quiz=accommodation.quiz_id)
    for attempt in attempts.order_by("pk"):
        locked = lock(attempt)
        paper = paper_of(locked.version)
        conditions = conditions_for(locked.participant_id, locked.quiz_id, paper, at=at)
        deadline = conditions.deadline(locked.started_at)
        if locked.state != AttemptState.IN_PROGRESS or locked.deadline is None:
            continue
        if deadline is None or deadline > locked.deadline:
            locked.deadline = deadline
            locked.acts_at = conditions.clock_acts_at(deadline)
            locked.save(update_fields=["deadline", "acts_at"])
