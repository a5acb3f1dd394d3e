"""What an attempt comes to: handed in, graded as far as it can be, and settled.

`settle` is the one place where a result is written. It works from what is stored
alone, so that it may be repeated at any time.
"""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from people.models import User
from quizzes.enums import AttemptState, StepKind
from quizzes.grading import PaperGrade, grade_paper
from quizzes.kinds import kind_of
from quizzes.models import AnswerStep, Attempt
from quizzes.papers import Paper
from quizzes.signals import attempt_finished
from quizzes.sitting.allowing import conditions_for
from quizzes.sitting.history import history
from quizzes.sitting.locking import lock
from quizzes.sitting.reading import StoredAnswer, paper_for, stored_answers
from quizzes.summaries import response_summary, right_answer_summary
from quizzes.terms import CLOSED

RESULT_FIELDS = ["submitted_at", "state", "acts_at", "graded_at", "score", "percent", "passed"]


def hand_in(
    attempt: Attempt, *, submitted_at: dt.datetime, actor: User | None, at: dt.datetime
) -> Attempt:
    """Close a locked, open attempt and grade what can be graded. `actor` None: the clock."""
    paper = paper_for(attempt)
    answers = stored_answers(attempt)
    grade = grade_paper(paper, {item: one.response for item, one in answers.items()})
    steps = _graded_steps(attempt, paper, grade, answers, actor, at)
    AnswerStep.objects.bulk_create(steps)
    latest = min(submitted_at, attempt.deadline or submitted_at)
    if attempt.state == AttemptState.OVERDUE:
        latest = submitted_at
    attempt.submitted_at = max(latest, attempt.started_at)
    attempt.state = AttemptState.SUBMITTED
    return _settle(attempt, paper, grade, at=at)


def settle(attempt: Attempt, *, at: dt.datetime) -> Attempt:
    """Write the result that the stored answers and the last fractions give.

    A fraction that a person gave, or a regrade, holds against the paper's own. While an
    answer waits for its marks, or the result is held back until the quiz closes, there
    is none. Announces an attempt that becomes finished, or whose result changes.
    """
    with transaction.atomic():
        locked = lock(attempt)
        if locked.submitted_at is None:
            return locked
        paper = paper_for(locked)
        told = history(locked)
        answers = {item: one.response for item, one in told.answers.items()}
        grade = grade_paper(paper, answers, marked=told.marks)
        return _settle(locked, paper, grade, at=at)


def _settle(attempt: Attempt, paper: Paper, grade: PaperGrade, *, at: dt.datetime) -> Attempt:
    before = (attempt.state, attempt.percent, attempt.passed)
    held_until = _held_until(attempt, paper, at)
    if grade.awaits_marking:
        some = any(item.fraction is not None for item in grade.items)
        attempt.state = AttemptState.PARTLY_GRADED if some else AttemptState.SUBMITTED
        _take_result_back(attempt, acts_at=None)
    elif held_until:
        attempt.state = AttemptState.SUBMITTED
        _take_result_back(attempt, acts_at=held_until)
    else:
        attempt.state = AttemptState.FINISHED
        attempt.acts_at = None
        attempt.graded_at = attempt.graded_at or max(at, attempt.started_at)
        attempt.score = grade.score
        attempt.percent = grade.percent
        attempt.passed = grade.passed
    attempt.save(update_fields=RESULT_FIELDS)
    is_news = before != (attempt.state, attempt.percent, attempt.passed)
    if attempt.state == AttemptState.FINISHED and is_news:
        attempt_finished.send(sender=Attempt, attempt=attempt)
    return attempt


def _take_result_back(attempt: Attempt, *, acts_at: dt.datetime | None) -> None:
    attempt.acts_at = acts_at
    attempt.graded_at = attempt.score = attempt.percent = attempt.passed = None


def _held_until(attempt: Attempt, paper: Paper, at: dt.datetime) -> dt.datetime | None:
    """Return until when the result is held back; None if it need not be."""
    if paper.terms.review.score != CLOSED:
        return None
    conditions = conditions_for(attempt.participant_id, attempt.quiz_id, paper, at=at)
    closes = conditions.result_counts_from()
    return closes if closes and at < closes else None


def _graded_steps(
    attempt: Attempt,
    paper: Paper,
    grade: PaperGrade,
    answers: Mapping[UUID, StoredAnswer],
    actor: User | None,
    at: dt.datetime,
) -> list[AnswerStep]:
    """One step for each question that has a fraction, answered or not; none for ratings."""
    steps = []
    for result in grade.items:
        if result.fraction is None:
            continue
        item = paper.item_by_id[result.item_id]
        stored = answers.get(item.id, StoredAnswer())
        response = stored.response if stored.sequence else kind_of(item).normalise(item, None)
        steps.append(
            AnswerStep(
                attempt=attempt,
                item_id=item.id,
                sequence=stored.sequence + 1,
                kind=StepKind.GRADED,
                response=response,
                response_summary=response_summary(item, stored.response),
                right_answer_summary=right_answer_summary(item),
                fraction=result.fraction,
                actor=actor,
                created_at=at,
            )
        )
    return steps
