"""Starting an attempt: whether it may be, and by when it has to be handed in."""

import datetime as dt
from collections.abc import Sequence
from random import Random, SystemRandom

from django.db import transaction

from people.models import User
from quizzes.conditions import Conditions
from quizzes.enums import OPEN_STATES
from quizzes.holds import hold_on
from quizzes.layouts import item_ids, lay_out
from quizzes.models import Attempt, Quiz, QuizVersion
from quizzes.overdue import act_if_due
from quizzes.papers import Paper
from quizzes.sitting.allowing import conditions_for
from quizzes.sitting.reading import paper_of
from quizzes.sitting.refusing import NoAttemptsLeft, NotOpen, NotPublished, NotYet, TooSoon
from quizzes.terms import Terms


def start(*, quiz: Quiz, participant: User, at: dt.datetime, rng: Random | None = None) -> Attempt:
    """Return the participant's open attempt, or begin the next one on the live version.

    Parallel calls return the same attempt. One whose time is over is closed first.

    Raises:
        NotPublished: there is no live version.
        NoAttemptsLeft: the live version allows this person no further attempt.
        NotOpen: the quiz is not open yet, or no longer.
        TooSoon: the time between two attempts is not over.
        NotYet: the person's module asks for something else first.
    """
    version = QuizVersion.objects.filter(pk=quiz.live_version_id).first()
    if version is None:
        raise NotPublished
    paper = paper_of(version)
    hold = hold_on(participant.pk, quiz.pk, at=at)
    with transaction.atomic():
        # Whoever starts waits here for the same person's other starts.
        User.objects.select_for_update(no_key=True).get(pk=participant.pk)
        attempts = Attempt.objects.filter(quiz=quiz, participant=participant)
        earlier = [act_if_due(one, at=at) for one in attempts.order_by("number")]
        for attempt in earlier:
            if attempt.state in OPEN_STATES:
                return attempt
        conditions = conditions_for(participant.pk, quiz.pk, paper, at=at)
        _guard(conditions, earlier, at)
        if hold and not earlier:
            raise NotYet
        return _begin(conditions, version, paper, participant, earlier, at, rng or SystemRandom())


def next_start(terms: Terms, earlier: Sequence[Attempt]) -> dt.datetime | None:
    """Return when the next attempt may start by the time between two; None: at any time."""
    ends = [attempt.submitted_at for attempt in earlier if attempt.submitted_at]
    if not ends or not terms.wait_minutes:
        return None
    return max(ends) + dt.timedelta(minutes=terms.wait_minutes)


def _guard(conditions: Conditions, earlier: Sequence[Attempt], at: dt.datetime) -> None:
    allowed = conditions.attempts_allowed
    if allowed is not None and len(earlier) >= allowed:
        raise NoAttemptsLeft
    opens, closes = conditions.opens, conditions.closes
    if (opens and at < opens) or (closes and at >= closes):
        raise NotOpen(opens, closes)
    wait = next_start(conditions.terms, earlier)
    if wait and at < wait:
        raise TooSoon(wait)


def _begin(
    conditions: Conditions,
    version: QuizVersion,
    paper: Paper,
    participant: User,
    earlier: Sequence[Attempt],
    at: dt.datetime,
    rng: Random,
) -> Attempt:
    met = [item for attempt in earlier for item in item_ids(attempt.layout)]
    layout = lay_out(paper, rng=rng, earlier=met)
    deadline = conditions.deadline(at)
    return Attempt.objects.create(
        quiz_id=version.quiz_id,
        version=version,
        participant=participant,
        number=earlier[-1].number + 1 if earlier else 1,
        layout=layout,
        started_at=at,
        deadline=deadline,
        acts_at=conditions.clock_acts_at(deadline),
        max_score=paper.only(item_ids(layout)).max_score,
    )
