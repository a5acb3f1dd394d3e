import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from people.models import User
from quizzes.attempts import start
from quizzes.enums import AttemptState, GradingMethod, Purpose
from quizzes.models import Attempt, Quiz
from quizzes.results import standing, standings
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    NOON,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    RatingFactory,
    finish_attempt,
)

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
ALL_RIGHT, HALF_RIGHT, ALL_WRONG = {0: 0, 1: 0}, {0: 0, 1: 1}, {0: 1, 1: 1}


def take(quiz: Quiz, person: User, *tries: dict[int, int]) -> None:
    """One attempt a day, the first at noon."""
    for day, places in enumerate(tries):
        finish_attempt(quiz, person, places, at=NOON + day * DAY)


def at(person: User, quiz: Quiz, when: dt.datetime = NOON + 30 * DAY) -> Any:
    return standing(person.pk, quiz.pk, as_of=when)


def test_before_the_first_attempt_nothing_counts(participant: User) -> None:
    found = at(participant, PublishedQuizFactory.create(max_attempts=3))

    assert (found.counting_percent, found.counting_at, found.last_percent) == (None, None, None)
    assert (found.attempts_used, found.attempts_allowed, found.attempts_left) == (0, 3, 3)
    assert (found.finished, found.in_progress, found.passed) == (False, False, False)


def test_an_open_attempt_uses_one_and_counts_nothing(participant: User) -> None:
    quiz = PublishedQuizFactory.create(max_attempts=1)
    start(quiz=quiz, participant=participant, at=NOON)

    found = at(participant, quiz)

    assert (found.attempts_used, found.attempts_left, found.in_progress) == (1, 0, True)
    assert not found.finished


@pytest.mark.parametrize(
    ("method", "tries", "percent", "day", "passed"),
    [
        (GradingMethod.HIGHEST, [HALF_RIGHT, ALL_RIGHT, ALL_WRONG], "100", 1, True),
        (GradingMethod.HIGHEST, [ALL_WRONG, HALF_RIGHT, HALF_RIGHT], "50", 1, False),
        (GradingMethod.LAST, [ALL_RIGHT, HALF_RIGHT], "50", 1, False),
        (GradingMethod.LAST, [ALL_WRONG, ALL_RIGHT], "100", 1, True),
        (GradingMethod.FIRST, [HALF_RIGHT, ALL_RIGHT], "50", 0, False),
        (GradingMethod.FIRST, [ALL_RIGHT, ALL_WRONG], "100", 0, True),
        (GradingMethod.AVERAGE, [ALL_RIGHT, HALF_RIGHT], "75", 1, False),
        (GradingMethod.AVERAGE, [ALL_RIGHT, ALL_RIGHT, HALF_RIGHT], "83.3333", 2, True),
    ],
)
def test_the_quiz_says_which_attempt_counts(
    participant: User,
    method: str,
    tries: list[dict[int, int]],
    percent: str,
    day: int,
    passed: bool,
) -> None:
    quiz = PublishedQuizFactory.create(grading_method=method)
    take(quiz, participant, *tries)

    found = at(participant, quiz)

    assert found.counting_percent == Decimal(percent)
    assert found.counting_at == NOON + day * DAY
    assert found.passed is passed
    assert found.attempts_used == len(tries)


def test_a_later_better_attempt_does_not_move_the_day_of_passing(participant: User) -> None:
    quiz = PublishedQuizFactory.create(pass_mark=Decimal(50))
    take(quiz, participant, HALF_RIGHT, ALL_RIGHT, ALL_WRONG)

    found = at(participant, quiz)

    assert (found.passed_at, found.counting_at) == (NOON, NOON + DAY)
    assert found.last_percent == 0


def test_only_what_had_happened_by_then_is_looked_at(participant: User) -> None:
    quiz = PublishedQuizFactory.create()
    take(quiz, participant, HALF_RIGHT)
    attempt = start(quiz=quiz, participant=participant, at=NOON + DAY)
    Attempt.objects.filter(pk=attempt.pk).update(
        state=AttemptState.FINISHED,
        submitted_at=NOON + 3 * DAY,
        graded_at=NOON + 3 * DAY,
        score=2,
        percent=100,
        passed=True,
    )

    then = at(participant, quiz, NOON + 2 * DAY)
    now = at(participant, quiz, NOON + 3 * DAY)

    assert (then.counting_percent, then.passed, then.in_progress) == (Decimal(50), False, True)
    assert (now.counting_percent, now.passed, now.in_progress) == (Decimal(100), True, False)
    assert at(participant, quiz, NOON - DAY).attempts_used == 0


def test_an_abandoned_attempt_is_used_but_neither_open_nor_counted(participant: User) -> None:
    quiz = PublishedQuizFactory.create()
    start(quiz=quiz, participant=participant, at=NOON)
    Attempt.objects.update(state=AttemptState.ABANDONED)

    found = at(participant, quiz)

    assert (found.attempts_used, found.in_progress, found.finished) == (1, False, False)


@pytest.mark.parametrize("method", GradingMethod.values)
def test_a_self_assessment_is_passed_by_finishing_it(participant: User, method: str) -> None:
    quiz = PublishedQuizFactory.create(
        purpose=Purpose.SELF_ASSESSMENT, grading_method=method, questions=[RatingFactory.create()]
    )
    take(quiz, participant, {0: 2})

    found = at(participant, quiz)

    assert (found.counting_percent, found.counting_at) == (None, NOON)
    assert (found.passed, found.passed_at, found.finished) == (True, NOON, True)


@pytest.mark.parametrize("method", GradingMethod.values)
def test_practice_is_passed_by_finishing_it_whatever_the_score(
    participant: User, method: str
) -> None:
    quiz = PublishedQuizFactory.create(purpose=Purpose.PRACTICE, grading_method=method)
    take(quiz, participant, ALL_WRONG)

    found = at(participant, quiz)

    assert (found.counting_percent, found.passed) == (Decimal(0), True)


def test_a_rule_that_is_still_a_draft_does_not_hold(participant: User) -> None:
    quiz = PublishedQuizFactory.create(grading_method=GradingMethod.HIGHEST)
    take(quiz, participant, ALL_RIGHT, ALL_WRONG)
    Quiz.objects.update(grading_method=GradingMethod.LAST, max_attempts=2, pass_mark=10)

    found = at(participant, quiz)

    assert (found.counting_percent, found.attempts_allowed) == (Decimal(100), None)


def test_there_is_a_standing_for_every_person_and_every_quiz(participant: User) -> None:
    taken, untaken, draft = (
        PublishedQuizFactory.create(),
        PublishedQuizFactory.create(),
        QuizFactory.create(),
    )
    other = ParticipantFactory.create()
    take(taken, participant, ALL_RIGHT)
    people, quizzes = [participant.pk, other.pk], [taken.pk, untaken.pk, draft.pk, 10**6]

    found = standings(people, quizzes, as_of=NOON)

    assert set(found) == {(p, q) for p in people for q in (taken.pk, untaken.pk, draft.pk)}
    assert {key for key, one in found.items() if one.finished} == {(participant.pk, taken.pk)}


@pytest.mark.parametrize("size", [1, 12])
def test_two_queries_whatever_the_cohort(size: int, django_assert_num_queries: Any) -> None:
    quizzes = [PublishedQuizFactory.create(questions=[QuestionFactory.create()]) for _ in range(3)]
    people = ParticipantFactory.create_batch(size)
    for person in people:
        take(quizzes[0], person, {0: 0}, {0: 1})
    people_ids, quiz_ids = [person.pk for person in people], [quiz.pk for quiz in quizzes]

    # The quizzes' rules / the attempts.
    with django_assert_num_queries(2):
        standings(people_ids, quiz_ids, as_of=NOON)
