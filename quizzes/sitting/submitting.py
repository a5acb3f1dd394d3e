"""Handing in, and going on to the next page where pages open one after the other."""

import datetime as dt

from django.db import transaction

from people.models import User
from quizzes.enums import OPEN_STATES
from quizzes.grading_attempts import hand_in
from quizzes.layouts import pages
from quizzes.models import Attempt
from quizzes.overdue import act_if_due
from quizzes.sitting.locking import lock, lock_for_answers
from quizzes.sitting.reading import paper_for
from quizzes.sitting.refusing import AttemptClosed


def submit(*, attempt: Attempt, actor: User, at: dt.datetime) -> Attempt:
    """Hand the attempt in and grade it from its version and its stored answers alone.

    After the deadline the clock acts first: what it hands in is handed in by then, and
    what it gives up stays given up.

    Raises:
        AttemptClosed: it has been handed in already, and the first time stands; or its
            time was over.
    """
    with transaction.atomic():
        locked = lock(attempt)
        if locked.state not in OPEN_STATES:
            raise AttemptClosed
        locked = act_if_due(locked, at=at)
        if locked.state in OPEN_STATES:
            return hand_in(locked, submitted_at=at, actor=actor, at=at)
    return locked


def turn_to(*, attempt: Attempt, page: int, at: dt.datetime) -> Attempt:
    """Go on to a page (counted from 0) where pages open one after the other; never back.

    Raises:
        AttemptClosed: the attempt takes no answers any more.
    """
    with transaction.atomic():
        locked = lock_for_answers(attempt, at=at)
        last = len(pages(locked.layout, paper_for(locked).terms.paging))
        if page == locked.page + 1 and page <= last:
            locked.page = page
            locked.save(update_fields=["page"])
    return locked
