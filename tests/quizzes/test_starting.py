import datetime as dt

import pytest

from people.models import User
from quizzes import publishing
from quizzes.attempts import TooSoon, start, submit
from quizzes.models import QuizDraw
from tests.factories.quizzes import (
    NOON,
    CategoryFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    finish_attempt,
)

pytestmark = pytest.mark.django_db


def test_the_time_between_two_attempts_is_kept_by_the_server(participant: User) -> None:
    quiz = PublishedQuizFactory.create(wait_minutes=60)
    finish_attempt(quiz, participant, {})

    with pytest.raises(TooSoon) as caught:
        start(quiz=quiz, participant=participant, at=NOON + dt.timedelta(minutes=59))

    assert caught.value.opens == NOON + dt.timedelta(hours=1)
    assert start(quiz=quiz, participant=participant, at=caught.value.opens).number == 2


def test_the_next_attempt_draws_what_the_first_did_not(participant: User, trainer: User) -> None:
    quiz = QuizFactory.create(questions=[])
    category = CategoryFactory.create()
    QuestionFactory.create_batch(4, category=category)
    section = quiz.sections.get()
    QuizDraw.objects.create(section=section, category=category, count=2)
    publishing.publish(quiz, by=trainer, at=NOON)

    first, second = (
        submit(
            attempt=start(quiz=quiz, participant=participant, at=NOON), actor=participant, at=NOON
        )
        for _ in range(2)
    )

    drawn = [{line["item"] for line in attempt.layout} for attempt in (first, second)]
    assert drawn[0].isdisjoint(drawn[1])
    assert first.max_score == 2
