import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from people.models import User
from quizzes.attempts import start
from quizzes.enums import Purpose, RegradeKind
from quizzes.figures import ItemFigures, QuizFigures, figures
from quizzes.regrading import commit, plan
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import (
    NOON,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    RatingFactory,
    finish_attempt,
    live,
    questions_of,
)

pytestmark = pytest.mark.django_db


def test_a_quiz_that_nobody_has_finished_has_empty_figures(participant: User) -> None:
    quiz = PublishedQuizFactory.create(questions=[QuestionFactory.create(stem="<p>Why?</p>")])
    start(quiz=quiz, participant=participant, at=NOON)

    assert figures([quiz.pk]) == {
        quiz.pk: QuizFigures(
            quiz_id=quiz.pk,
            items=(ItemFigures(questions_of(quiz)[0].uuid, "Why?", 0, None),),
        )
    }


def test_figures_count_people_and_attempts(participant: User) -> None:
    quiz = PublishedQuizFactory.create()
    other = ParticipantFactory.create()
    finish_attempt(quiz, participant, {0: 0, 1: 1})
    finish_attempt(quiz, participant, {0: 0, 1: 0})
    finish_attempt(quiz, other, {0: 1})
    start(quiz=quiz, participant=other, at=NOON)

    found = figures([quiz.pk])[quiz.pk]

    assert (found.participants, found.attempts) == (2, 3)
    assert found.mean_percent == Decimal(50)
    assert found.pass_rate == Decimal("0.5")
    assert [item.facility for item in found.items] == [Decimal("0.6667"), Decimal("0.3333")]
    assert [item.answers for item in found.items] == [3, 3]


def test_a_self_assessment_has_no_rates_and_no_facilities(participant: User) -> None:
    quiz = PublishedQuizFactory.create(
        purpose=Purpose.SELF_ASSESSMENT, questions=[RatingFactory.create()]
    )
    finish_attempt(quiz, participant, {0: 4})

    assert figures([quiz.pk])[quiz.pk] == QuizFigures(quiz_id=quiz.pk, participants=1, attempts=1)


def test_a_regraded_answer_counts_once_and_by_its_last_mark(participant: User) -> None:
    quiz = PublishedQuizFactory.create()
    finish_attempt(quiz, participant, {0: 1})
    regrade = plan(
        from_version=live(quiz),
        kind=RegradeKind.ACCEPT_ANY,
        item_id=questions_of(quiz)[0].uuid,
        reason="Two readings.",
        by=TrainerFactory.create(),
        at=NOON,
    )
    commit(regrade, by=regrade.planned_by, at=NOON, link_to="{uuid}")

    first = figures([quiz.pk])[quiz.pk].items[0]

    assert first.answers == first.facility == 1


def test_what_waits_for_its_result_is_told_apart(participant: User) -> None:
    closes = NOON + dt.timedelta(days=1)
    quiz = PublishedQuizFactory.create(score_shown="closed", closes_at=closes)
    finish_attempt(quiz, participant, {0: 0})

    found = figures([quiz.pk])[quiz.pk]

    assert (found.participants, found.attempts, found.waiting) == (0, 0, 1)
    assert found.mean_percent is None


def test_a_draft_has_no_figures_at_all() -> None:
    quiz = QuizFactory.create()

    assert figures([quiz.pk]) == {quiz.pk: QuizFigures(quiz_id=quiz.pk)}


@pytest.mark.parametrize("size", [1, 4])
def test_three_queries_whatever_the_number(
    size: int, participant: User, django_assert_num_queries: Any
) -> None:
    quizzes = PublishedQuizFactory.create_batch(size)
    for quiz in quizzes:
        finish_attempt(quiz, participant, {0: 0})
    ids = [quiz.pk for quiz in quizzes]

    # Shares of the questions / live versions / attempts.
    with django_assert_num_queries(3):
        figures(ids)
