import datetime as dt

import pytest
from taggit.models import Tag

from people.models import User
from quizzes import publishing
from quizzes.attempts import TooSoon, start, submit
from quizzes.enums import QuestionStatus
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


def test_questions_are_drawn_by_tag_and_by_both_and_none_twice(
    participant: User, trainer: User
) -> None:
    quiz = QuizFactory.create(questions=[])
    category = CategoryFactory.create()
    tagged = QuestionFactory.create_batch(3)
    both = QuestionFactory.create(category=category)
    QuestionFactory.create_batch(2, category=category)
    for question in (*tagged, both):
        question.tags.add("arrival")
    hidden = QuestionFactory.create(status=QuestionStatus.HIDDEN)
    hidden.tags.add("arrival")
    tag = Tag.objects.get(name="arrival")
    section = quiz.sections.get()
    QuizDraw.objects.create(section=section, category=category, tag=tag, count=1, sort_order=0)
    QuizDraw.objects.create(section=section, tag=tag, count=3, sort_order=1)
    publishing.publish(quiz, by=trainer, at=NOON)

    attempt = start(quiz=quiz, participant=participant, at=NOON)

    drawn = [line["item"] for line in attempt.layout]
    assert drawn[0] == str(both.uuid)
    assert sorted(drawn[1:]) == sorted(str(question.uuid) for question in tagged)


def test_questions_by_tag_come_least_used_first(participant: User, trainer: User) -> None:
    quiz = QuizFactory.create(questions=[])
    for question in QuestionFactory.create_batch(4):
        question.tags.add("arrival")
    tag = Tag.objects.get(name="arrival")
    QuizDraw.objects.create(section=quiz.sections.get(), tag=tag, count=2)
    publishing.publish(quiz, by=trainer, at=NOON)

    first, second = (
        submit(
            attempt=start(quiz=quiz, participant=participant, at=NOON), actor=participant, at=NOON
        )
        for _ in range(2)
    )

    drawn = [{line["item"] for line in attempt.layout} for attempt in (first, second)]
    assert drawn[0].isdisjoint(drawn[1])
