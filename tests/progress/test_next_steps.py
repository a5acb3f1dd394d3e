import datetime as dt

import pytest

from modules.models import ModulePage
from modules.outline import outlines
from people.models import User
from progress import recording
from progress.enums import StepStatus
from progress.next_steps import next_step, way_through, ways_through
from quizzes.attempts import start
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.progress import NOON, AttendanceFactory
from tests.factories.quizzes import finish_attempt

pytestmark = pytest.mark.django_db

LATER = NOON + dt.timedelta(hours=1)


def title_of_next(participant: User, module: ModulePage) -> str | None:
    step = next_step(participant, module, as_of=LATER)
    return step.title if step else None


def test_from_the_first_lesson_to_nothing_left(participant: User) -> None:
    module = TrainingSessionPageFactory.create()
    first = LessonPageFactory.create(parent=module, title="First")
    second = LessonPageFactory.create(parent=module, title="Second")
    quiz = ModuleQuizFactory.create(module=module, quiz__title="Quiz").quiz

    assert title_of_next(participant, module) == "First"
    recording.complete_lesson(participant=participant, lesson=first, at=NOON)
    assert title_of_next(participant, module) == "Second"
    recording.complete_lesson(participant=participant, lesson=second, at=NOON)
    assert title_of_next(participant, module) == "Quiz"
    finish_attempt(quiz, participant, {0: 0, 1: 0}, at=NOON)
    assert title_of_next(participant, module) is None


def test_a_lesson_left_half_way_comes_first(participant: User) -> None:
    module = TrainingSessionPageFactory.create()
    LessonPageFactory.create(parent=module, title="First")
    second = LessonPageFactory.create(parent=module, title="Second")

    recording.open_lesson(participant=participant, lesson=second, at=NOON)

    assert title_of_next(participant, module) == "Second"


def test_what_moved_the_progress_and_when(participant: User) -> None:
    session = WorkshopSessionFactory.create()
    module = session.workshop
    read = LessonPageFactory.create(parent=module)
    opened = LessonPageFactory.create(parent=module)
    LessonPageFactory.create(parent=module)
    quiz = ModuleQuizFactory.create(module=module).quiz
    recording.complete_lesson(participant=participant, lesson=read, at=NOON)
    recording.remember_position(
        participant=participant, lesson=opened, position=opened.body[0].id, at=NOON
    )
    AttendanceFactory.create(participant=participant, session=session)
    finish_attempt(quiz, participant, {0: 1}, at=NOON)

    so_far = way_through(participant, outlines([module])[module.translation_key], as_of=LATER)

    assert [(state.status, state.at) for state in so_far.states] == [
        (StepStatus.DONE, NOON),
        (StepStatus.STARTED, NOON),
        (StepStatus.TO_DO, None),
        (StepStatus.DONE, session.starts_at),
        (StepStatus.STARTED, NOON),
    ]
    assert so_far.states[1].position == opened.body[0].id
    assert (so_far.steps_done, so_far.steps_total) == (2, 5)
    assert so_far.minutes_left == 30


def test_a_quiz_begun_is_begun(participant: User) -> None:
    link = ModuleQuizFactory.create()
    start(quiz=link.quiz, participant=participant, at=NOON)

    so_far = ways_through(participant, [link.module], as_of=LATER)[link.module.translation_key]

    assert [state.status for state in so_far.states] == [StepStatus.STARTED]
    assert so_far.started_at is None
