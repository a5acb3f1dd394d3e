import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from people.models import User
from quizzes import publishing
from quizzes.attempts import paper_for, paper_of, start
from quizzes.enums import Purpose
from quizzes.freezing import freeze
from quizzes.models import Quiz, QuizDraw, QuizItem, QuizSection, QuizVersion
from quizzes.models.quizzes import ImmutableError
from quizzes.publishing import (
    NotPublishable,
    has_unpublished_changes,
    problems,
    publish,
    state_of,
)
from tests.factories.quizzes import (
    NOON,
    CategoryFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    RatingFactory,
    live,
    questions_of,
)

pytestmark = pytest.mark.django_db


def test_publishing_freezes_the_quiz_into_its_first_version(trainer: User) -> None:
    quiz = QuizFactory.create(title="Safety abroad")

    version = publish(quiz, by=trainer, at=NOON)

    quiz.refresh_from_db()
    assert quiz.live_version == version
    assert (version.number, version.published_by, version.published_at) == (1, trainer, NOON)
    assert paper_of(version) == freeze(quiz)
    assert problems(quiz) == []


def test_a_later_change_reaches_nobody_until_it_is_published(trainer: User) -> None:
    quiz = PublishedQuizFactory.create()
    first = live(quiz)
    question = questions_of(quiz)[0]
    question.stem = "<p>Clearer now?</p>"
    question.save()
    quiz.refresh_from_db()

    assert paper_of(live(quiz)).items[0].stem != "<p>Clearer now?</p>"
    assert has_unpublished_changes(quiz, freeze(quiz))

    second = publish(quiz, by=trainer, at=NOON + dt.timedelta(days=1))

    assert second.number == 2
    assert paper_of(second).items[0].stem == "<p>Clearer now?</p>"
    assert QuizVersion.objects.get(pk=first.pk).paper == first.paper
    assert not has_unpublished_changes(quiz, freeze(quiz))


def test_a_running_attempt_keeps_the_version_it_started_with(
    trainer: User, participant: User
) -> None:
    quiz = PublishedQuizFactory.create()
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    QuizItem.objects.create(
        section=quiz.sections.get(), question=QuestionFactory.create(), sort_order=9
    )
    publish(quiz, by=trainer, at=NOON)

    again = start(quiz=quiz, participant=participant, at=NOON)

    assert again == attempt
    assert again.version.number == 1
    assert len(paper_of(again.version).items) == 2


def test_publishing_without_a_change_is_refused_with_a_word(trainer: User) -> None:
    quiz = PublishedQuizFactory.create()

    with pytest.raises(NotPublishable, match="Nothing has changed"):
        publish(quiz, by=trainer, at=NOON)

    assert quiz.versions.count() == 1


def test_a_version_that_is_not_live_any_more_can_come_back(trainer: User) -> None:
    quiz = PublishedQuizFactory.create()
    Quiz.objects.filter(pk=quiz.pk).update(live_version=None)

    assert publish(quiz, by=trainer, at=NOON).number == 2


@pytest.mark.parametrize(
    ("purpose", "questions", "expected"),
    [
        (Purpose.GRADED, [], "The quiz has no questions yet. Add at least one."),
        (
            Purpose.GRADED,
            [RatingFactory],
            (
                "Nothing here can be graded: all questions are ratings. "
                "Make it a self-assessment or add a question with a right answer."
            ),
        ),
        (
            Purpose.SELF_ASSESSMENT,
            [RatingFactory, QuestionFactory],
            (
                "A self-assessment asks only for ratings, because it is never scored. "
                "Take out the other questions or make it a practice quiz."
            ),
        ),
    ],
)
def test_what_keeps_a_quiz_from_its_participants(
    trainer: User, purpose: str, questions: list[Any], expected: str
) -> None:
    made = [factory.create() for factory in questions]
    quiz = QuizFactory.create(purpose=purpose, questions=made)

    assert problems(quiz) == [expected]
    with pytest.raises(NotPublishable) as caught:
        publish(quiz, by=trainer, at=NOON)
    assert caught.value.problems == [expected]
    assert quiz.versions.count() == 0


def test_a_problem_of_a_question_names_the_question() -> None:
    stem = "Whom do you tell first when the house where you are staying floods at night?"
    wrong = QuestionFactory.create(stem=f"<p>{stem}</p>", weights=("0", "0"))
    quiz = QuizFactory.create(questions=[QuestionFactory.create(), wrong])

    assert problems(quiz) == [
        (
            f"Question 2 (“{stem[:60].rstrip()}…”): "
            "No option is right. Give the right one the weight 1."
        )
    ]


@pytest.mark.parametrize("purpose", [Purpose.SELF_ASSESSMENT, Purpose.PRACTICE])
def test_ratings_alone_make_a_self_assessment_or_practice(purpose: str) -> None:
    assert problems(QuizFactory.create(purpose=purpose, questions=[RatingFactory.create()])) == []


def test_a_published_version_never_changes() -> None:
    version = live(PublishedQuizFactory.create())

    version.paper = {}
    with pytest.raises(ImmutableError):
        version.save()
    with pytest.raises(ImmutableError):
        QuizVersion.objects.update(number=7)


def test_a_version_number_is_given_once(trainer: User) -> None:
    quiz = PublishedQuizFactory.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        QuizVersion.objects.create(quiz=quiz, number=1, paper={}, published_at=NOON)


def test_an_unsaved_pass_mark_is_not_what_is_published(trainer: User) -> None:
    quiz = QuizFactory.create(pass_mark=Decimal(80))
    quiz.pass_mark = Decimal(10)

    version = publishing.publish(quiz, by=trainer, at=NOON)

    assert paper_of(version).pass_mark == 80


# Sections and draws.


def draw(quiz: Quiz, count: int, *, pool: int) -> None:
    """Give the quiz a section that draws from so many questions."""
    category = CategoryFactory.create()
    QuestionFactory.create_batch(pool, category=category)
    section = QuizSection.objects.create(quiz=quiz, sort_order=5)
    QuizDraw.objects.create(section=section, category=category, count=count)


def test_the_version_carries_the_whole_pool_of_a_draw(trainer: User, participant: User) -> None:
    quiz = QuizFactory.create()
    draw(quiz, 2, pool=4)

    paper = paper_of(publish(quiz, by=trainer, at=NOON))
    attempt = start(quiz=quiz, participant=participant, at=NOON)

    assert (len(paper.items), paper.length) == (6, 4)
    assert len(attempt.layout) == 4
    assert attempt.max_score == 4
    assert len(paper_for(attempt).items) == 4


def test_a_new_question_of_the_pool_waits_for_the_next_version(trainer: User) -> None:
    quiz = QuizFactory.create()
    draw(quiz, 2, pool=2)
    publish(quiz, by=trainer, at=NOON)
    quiz = Quiz.objects.get(pk=quiz.pk)

    QuestionFactory.create(category=QuizDraw.objects.get().category)

    assert len(paper_of(live(quiz)).items) == 4
    assert state_of(quiz).has_changes


def test_a_pool_that_runs_dry_is_named() -> None:
    quiz = QuizFactory.create()
    draw(quiz, 3, pool=2)

    (problem,) = problems(quiz)

    assert problem.startswith("Section 2 draws 3 of its questions at random, but has only 2")


def test_draws_of_one_pool_do_not_count_its_questions_twice() -> None:
    quiz = QuizFactory.create(questions=[])
    draw(quiz, 2, pool=3)
    section = quiz.sections.last()
    assert section
    QuizDraw.objects.create(section=section, category=CategoryFactory.create(), count=1)
    QuizDraw.objects.update(category=QuizDraw.objects.order_by("pk")[0].category)
    assert problems(quiz) == ["Section 1 is empty. Add questions or take it out."]

    QuizDraw.objects.filter(count=1).update(count=2)

    assert "Section 2 draws 2 of its questions at random, but has only 1" in " ".join(
        problems(quiz)
    )


def test_one_question_in_two_sections_is_named() -> None:
    quiz = QuizFactory.create()
    again = QuizSection.objects.create(quiz=quiz, sort_order=3)
    QuizItem.objects.create(section=again, question=questions_of(quiz)[0], sort_order=0)

    assert "The same question stands twice in the quiz. Take one out." in problems(quiz)
