"""What completes a module, and that nothing takes it back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from modules.models import ModulePage
from people.models import User
from progress import recording
from progress.completion import settle
from progress.models import ModuleRecord
from quizzes.attempts import start
from quizzes.enums import AttemptState, Purpose, QuestionKind
from quizzes.overdue import finish_overdue
from quizzes.results import standing
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.people import ParticipantFactory
from tests.factories.progress import NOON, AttendanceFactory, LessonRecordFactory
from tests.factories.quizzes import PublishedQuizFactory, QuestionFactory, finish_attempt

pytestmark = pytest.mark.django_db

RIGHT = {0: 0, 1: 0}
WRONG = {0: 1, 1: 1}
LATER = NOON + dt.timedelta(hours=1)
MUCH_LATER = NOON + dt.timedelta(days=3)


def completed_at(participant: User, module: ModulePage) -> dt.datetime | None:
    record = ModuleRecord.objects.filter(
        participant=participant, module_key=module.translation_key
    ).first()
    return record.completed_at if record else None


def test_every_lesson_and_the_quiz(participant: User) -> None:
    module = TrainingSessionPageFactory.create()
    first, second = LessonPageFactory.create_batch(2, parent=module)
    quiz = ModuleQuizFactory.create(module=module).quiz

    recording.complete_lesson(participant=participant, lesson=first, at=NOON)
    recording.complete_lesson(participant=participant, lesson=second, at=NOON)
    assert completed_at(participant, module) is None

    finish_attempt(quiz, participant, WRONG, at=NOON)
    assert completed_at(participant, module) is None

    finish_attempt(quiz, participant, RIGHT, at=LATER)
    assert completed_at(participant, module) == LATER


def test_a_quiz_alone_starts_and_completes_a_module(participant: User) -> None:
    link = ModuleQuizFactory.create()

    finish_attempt(link.quiz, participant, RIGHT, at=LATER)

    record = ModuleRecord.objects.get()
    assert (record.started_at, record.completed_at) == (LATER, LATER)


def test_the_last_attempt_allowed_ends_the_module_passed_or_not(participant: User) -> None:
    module = TrainingSessionPageFactory.create()
    quiz = PublishedQuizFactory.create(max_attempts=2)
    ModuleQuizFactory.create(module=module, quiz=quiz)

    finish_attempt(quiz, participant, WRONG, at=NOON)
    assert completed_at(participant, module) is None

    finish_attempt(quiz, participant, WRONG, at=LATER)
    assert completed_at(participant, module) is not None


def test_attempts_that_were_all_given_up_are_no_dead_end(participant: User) -> None:
    quiz = PublishedQuizFactory.create(max_attempts=1, time_limit=10, at_deadline="abandon")
    link = ModuleQuizFactory.create(quiz=quiz)
    begun = start(quiz=quiz, participant=participant, at=NOON)

    finish_overdue(at=LATER)

    begun.refresh_from_db()
    assert begun.state == AttemptState.ABANDONED
    assert completed_at(participant, link.module) == begun.deadline
    found = standing(participant.pk, quiz.pk, as_of=LATER)
    assert (found.given_up_at, found.passed) == (begun.deadline, False)
    assert standing(participant.pk, quiz.pk, as_of=NOON).given_up_at is None


def test_an_attempt_that_was_given_up_leaves_the_others(participant: User) -> None:
    quiz = PublishedQuizFactory.create(max_attempts=2, time_limit=10, at_deadline="abandon")
    link = ModuleQuizFactory.create(quiz=quiz)
    start(quiz=quiz, participant=participant, at=NOON)

    finish_overdue(at=LATER)

    assert completed_at(participant, link.module) is None


def test_a_self_assessment_is_done_when_it_is_sent(participant: User) -> None:
    quiz = PublishedQuizFactory.create(
        purpose=Purpose.SELF_ASSESSMENT,
        questions=[QuestionFactory.create(kind=QuestionKind.RATING, weights=("0", "0"))],
    )
    link = ModuleQuizFactory.create(quiz=quiz)

    finish_attempt(quiz, participant, {0: 1}, at=NOON)

    assert completed_at(participant, link.module) == NOON


def test_one_quiz_completes_each_module_that_ends_with_it(participant: User) -> None:
    quiz = PublishedQuizFactory.create()
    links = [ModuleQuizFactory.create(quiz=quiz) for _ in range(2)]

    finish_attempt(quiz, participant, RIGHT, at=NOON)

    assert [completed_at(participant, link.module) for link in links] == [NOON, NOON]


def test_a_workshop_needs_one_attended_session(participant: User) -> None:
    session, _other = WorkshopSessionFactory.create_batch(
        2, workshop=WorkshopSessionFactory.create().workshop
    )
    lesson = LessonPageFactory.create(parent=session.workshop)
    recording.complete_lesson(participant=participant, lesson=lesson, at=NOON)
    assert completed_at(participant, session.workshop) is None

    AttendanceFactory.create(participant=participant, session=session)
    settle([participant.pk], module_key=session.workshop.translation_key, at=LATER)

    assert completed_at(participant, session.workshop) == NOON


def test_a_lesson_added_later_takes_nothing_back(participant: User) -> None:
    lesson = LessonPageFactory.create()
    module = lesson.get_parent()
    recording.complete_lesson(participant=participant, lesson=lesson, at=NOON)
    LessonPageFactory.create(parent=module)

    done = settle([participant.pk], module_key=module.translation_key, at=MUCH_LATER)

    assert done == {participant.pk}
    assert completed_at(participant, module) == NOON


def test_nobody_is_stuck_on_a_lesson_that_was_unpublished(participant: User) -> None:
    read, unread = LessonPageFactory.create_batch(2, parent=TrainingSessionPageFactory.create())
    module = read.get_parent()
    recording.complete_lesson(participant=participant, lesson=read, at=NOON)
    unread.unpublish()

    recording.open_lesson(participant=participant, lesson=read, at=LATER)
    settle([participant.pk], module_key=module.translation_key, at=MUCH_LATER)

    assert completed_at(participant, module) == NOON


def test_an_empty_module_is_never_complete(participant: User) -> None:
    lesson = LessonPageFactory.create()
    LessonRecordFactory.create(participant=participant, lesson=lesson)
    lesson.unpublish()
    module = lesson.get_parent()

    assert settle([participant.pk], module_key=module.translation_key, at=LATER) == set()
    assert completed_at(participant, module) is None


def test_a_module_that_is_not_published_settles_nothing(participant: User) -> None:
    lesson = LessonPageFactory.create()
    module = lesson.get_parent()
    module.unpublish()

    recording.complete_lesson(participant=participant, lesson=lesson, at=NOON)

    assert completed_at(participant, module) is None


def test_who_has_done_nothing_gets_no_record(participant: User) -> None:
    module = LessonPageFactory.create().get_parent()

    settle([participant.pk], module_key=module.translation_key, at=NOON)

    assert not ModuleRecord.objects.exists()


@pytest.mark.usefixtures("_roots_known")
@pytest.mark.parametrize("people", [2, 12])
def test_reading_for_many_people_takes_constant_queries(
    people: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    session = WorkshopSessionFactory.create()
    LessonPageFactory.create(parent=session.workshop)
    ModuleQuizFactory.create(module=session.workshop)
    participants = ParticipantFactory.create_batch(people)
    for person in participants:
        AttendanceFactory.create(participant=person, session=session)

    # The module; its lessons, quizzes, sessions; lesson and module records, attendance;
    # the quiz's rules and attempts; savepoint, new records, release.
    with django_assert_num_queries(12):
        settle(
            [person.pk for person in participants],
            module_key=session.workshop.translation_key,
            at=NOON,
        )
