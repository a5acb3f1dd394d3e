"""The lock that every change of an attempt waits for."""

import datetime as dt

from quizzes.enums import AttemptState
from quizzes.models import Attempt
from quizzes.sitting.refusing import AttemptClosed, TimeIsUp


def lock(attempt: Attempt) -> Attempt:
    """Return the attempt as it is stored now; others wait until the transaction ends."""
    return (
        Attempt.objects.select_for_update(of=("self",), no_key=True)
        .select_related("quiz", "participant", "version")
        .get(pk=attempt.pk)
    )


def lock_for_answers(attempt: Attempt, *, at: dt.datetime) -> Attempt:
    """Return the locked attempt if it takes answers.

    Raises:
        AttemptClosed: it has been handed in or given up.
        TimeIsUp: its deadline has passed, and the seconds for a slow connection, too.
    """
    locked = lock(attempt)
    if locked.state == AttemptState.OVERDUE:
        raise TimeIsUp
    if locked.state != AttemptState.IN_PROGRESS:
        raise AttemptClosed
    if locked.acts_at and locked.acts_at <= at:
        raise TimeIsUp
    return locked
