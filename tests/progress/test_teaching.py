import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from people.models import User
from progress.teaching import LAST_YEAR, figures_of, modules_taught_by, registers
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.people import ParticipantFactory
from tests.factories.progress import (
    NOON,
    AttendanceFactory,
    LessonRecordFactory,
    ModuleRecordFactory,
)
from tests.factories.quizzes import finish_attempt

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def test_trainers_may_edit_every_module_of_the_catalogue_their_own_first(trainer: User) -> None:
    others = TrainingSessionPageFactory.create()
    own = TrainingSessionPageFactory.create(owner=trainer)
    draft = TrainingSessionPageFactory.create(live=False)

    assert [page.pk for page in modules_taught_by(trainer)] == [own.pk, others.pk, draft.pk]


def test_participants_may_edit_none(participant: User) -> None:
    TrainingSessionPageFactory.create()

    assert modules_taught_by(participant) == []


def test_how_far_people_come_and_where_they_stop() -> None:
    session = WorkshopSessionFactory.create()
    module = session.workshop
    first, second = LessonPageFactory.create_batch(2, parent=module)
    quiz = ModuleQuizFactory.create(module=module).quiz
    people = ParticipantFactory.create_batch(3)
    for number, person in enumerate(people):
        record = ModuleRecordFactory.create(participant=person, module=module)
        LessonRecordFactory.create(participant=person, lesson=first, completed_at=NOON)
        LessonRecordFactory.create(
            participant=person, lesson=second, completed_at=None if number else NOON
        )
        if not number:
            record.completed_at = NOON + 3 * DAY
            record.save()
    AttendanceFactory.create(participant=people[0], session=session)
    finish_attempt(quiz, people[0], {0: 0, 1: 0})
    finish_attempt(quiz, people[1], {0: 0, 1: 1})

    (figures,) = figures_of([module], as_of=NOON + 10 * DAY)

    assert (figures.started, figures.completed, figures.median_days) == (3, 1, 3.0)
    assert [(step.reached, step.done) for step in figures.steps] == [
        (3, 3),
        (3, 1),
        (None, 1),
        (None, 2),
    ]
    assert [step.lost for step in figures.steps] == [0, 2, 0, -1]
    assert figures.stops_at is not None
    assert figures.stops_at.step.title == second.title
    quiz_step = figures.steps[-1]
    assert quiz_step.quiz is not None
    assert (quiz_step.quiz.mean_percent, quiz_step.pass_percent) == (Decimal(75), Decimal(50))


def test_a_module_that_nobody_began() -> None:
    lesson = LessonPageFactory.create()

    (figures,) = figures_of([lesson.get_parent()], as_of=NOON)

    assert (figures.started, figures.completed) == (0, 0)
    assert figures.median_days is None
    assert figures.stops_at is None
    assert figures.steps[0].pass_percent is None


def test_a_lesson_that_everybody_finished_stops_nobody() -> None:
    lesson = LessonPageFactory.create()
    LessonRecordFactory.create(lesson=lesson, completed_at=NOON)

    (figures,) = figures_of([lesson.get_parent()], as_of=NOON)

    assert figures.stops_at is None


def test_the_median_is_of_the_last_year_alone() -> None:
    module = TrainingSessionPageFactory.create()
    for days, ago in ((1, 0 * DAY), (3, 0 * DAY), (50, LAST_YEAR)):
        ModuleRecordFactory.create(
            module=module,
            started_at=NOON - ago - days * DAY,
            completed_at=NOON - ago,
        )

    (figures,) = figures_of([module], as_of=NOON)

    assert (figures.completed, figures.median_days) == (3, 2.0)


def test_registers_with_who_was_there_the_latest_first() -> None:
    early = WorkshopSessionFactory.create()
    late = WorkshopSessionFactory.create(
        starts_at=early.starts_at + DAY, ends_at=early.ends_at + DAY
    )
    AttendanceFactory.create_batch(2, session=early)

    assert registers() == [(late, 0), (early, 2)]
    assert registers(before=late.starts_at) == [(early, 2)]


@pytest.mark.usefixtures("_roots_known")
@pytest.mark.parametrize("count", [1, 5])
def test_queries_do_not_grow(count: int, django_assert_num_queries: Callable[[int], Any]) -> None:
    modules = []
    for _ in range(count):
        session = WorkshopSessionFactory.create()
        lesson = LessonPageFactory.create(parent=session.workshop)
        LessonRecordFactory.create_batch(2, lesson=lesson)
        ModuleQuizFactory.create(module=session.workshop)
        modules.append(session.workshop)

    # Lessons, quizzes, sessions; module records counted, and their days; lesson records;
    # attendance; three for the quizzes' figures.
    with django_assert_num_queries(10):
        figures_of(modules, as_of=NOON)
