"""What the clock does to attempts: it closes those whose time is over, exactly once.

A regular job does it, and so does whoever looks at such an attempt first: both take
the same lock, and the second one finds nothing to do.
"""

import datetime as dt

import structlog
from django.db import transaction

from quizzes.conditions import Conditions
from quizzes.enums import AttemptState
from quizzes.grading_attempts import hand_in, settle
from quizzes.models import Attempt
from quizzes.signals import attempt_given_up
from quizzes.sitting.locking import lock
from quizzes.sitting.reading import paper_of
from quizzes.terms import ABANDON, GRACE

logger = structlog.get_logger(__name__)


def finish_overdue(*, at: dt.datetime) -> int:
    """Do to each attempt what its time asks for, and return to how many something was done.

    Each has a transaction of its own: one that cannot be closed holds up no other.
    """
    waiting = Attempt.objects.waiting_for_the_clock(at).order_by("acts_at").only("acts_at")
    done = 0
    for attempt in list(waiting):
        try:
            done += act_if_due(attempt, at=at).acts_at != attempt.acts_at
        except Exception:
            logger.exception("attempt_not_closed", attempt=attempt.pk)
    return done


def act_if_due(attempt: Attempt, *, at: dt.datetime) -> Attempt:
    """Return the attempt as it stands when the clock has done what is due to it."""
    if attempt.acts_at is None or attempt.acts_at > at:
        return attempt
    with transaction.atomic():
        locked = lock(attempt)
        if locked.acts_at is None or locked.acts_at > at:
            return locked
        if locked.state == AttemptState.IN_PROGRESS:
            return _close(locked, at)
        if locked.state == AttemptState.OVERDUE:
            return _give_up(locked, at)
        return settle(locked, at=at)


def _close(attempt: Attempt, at: dt.datetime) -> Attempt:
    terms = paper_of(attempt.version).terms
    deadline = attempt.deadline or at
    if terms.at_deadline == ABANDON:
        return _give_up(attempt, at)
    if terms.at_deadline != GRACE:
        return hand_in(attempt, submitted_at=deadline, actor=None, at=at)
    attempt.state = AttemptState.OVERDUE
    attempt.acts_at = Conditions(terms).abandoned_at(deadline)
    if attempt.acts_at <= at:
        return _give_up(attempt, at)
    attempt.save(update_fields=["state", "acts_at"])
    return attempt


def _give_up(attempt: Attempt, at: dt.datetime) -> Attempt:
    attempt.state = AttemptState.ABANDONED
    attempt.acts_at = None
    attempt.save(update_fields=["state", "acts_at"])
    attempt_given_up.send(sender=Attempt, attempt=attempt, at=at)
    return attempt
