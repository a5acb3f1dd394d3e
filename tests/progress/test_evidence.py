import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from people.models import User
from progress import evidence, recording
from progress.evidence import Evidence, ModuleFact, gather
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.people import ParticipantFactory
from tests.factories.progress import NOON, AttendanceFactory
from tests.factories.quizzes import PublishedQuizFactory, finish_attempt

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def test_a_person_half_way_through(participant: User) -> None:
    module = TrainingSessionPageFactory.create()
    first, _second = (
        LessonPageFactory.create(parent=module, minutes=5),
        LessonPageFactory.create(parent=module, minutes=7),
    )
    recording.complete_lesson(participant=participant, lesson=first, at=NOON)
    key = module.translation_key

    found = gather([participant.pk], module_keys=[key], quiz_ids=[], as_of=NOON + HOUR)

    assert found == {
        participant.pk: Evidence(
            modules={
                key: ModuleFact(
                    module_key=key,
                    steps_done=1,
                    steps_total=2,
                    started_at=NOON,
                    completed_at=None,
                    minutes_left=7,
                )
            },
            quizzes={},
        )
    }


def test_only_what_had_happened_by_then_counts(participant: User) -> None:
    module = TrainingSessionPageFactory.create()
    lesson = LessonPageFactory.create(parent=module)
    link = ModuleQuizFactory.create(module=module)
    recording.open_lesson(participant=participant, lesson=lesson, at=NOON)
    recording.complete_lesson(participant=participant, lesson=lesson, at=NOON + 2 * HOUR)
    finish_attempt(link.quiz, participant, {0: 0, 1: 0}, at=NOON + 4 * HOUR)
    key = module.translation_key

    def then(hours: int) -> tuple[int, dt.datetime | None, bool]:
        as_of = NOON + hours * HOUR
        found = gather([participant.pk], module_keys=[key], quiz_ids=[link.quiz_id], as_of=as_of)
        mine = found[participant.pk]
        fact = mine.modules[key]
        return fact.steps_done, fact.completed_at, mine.quizzes[link.quiz_id].passed

    assert then(-1) == (0, None, False)
    assert then(1) == (0, None, False)
    assert then(3) == (1, None, False)
    assert then(5) == (2, NOON + 4 * HOUR, True)


def test_who_began_nothing_has_everything_before_them(participant: User) -> None:
    lesson = LessonPageFactory.create(minutes=8)
    key = lesson.get_parent().translation_key

    found = gather([participant.pk], module_keys=[key], quiz_ids=[], as_of=NOON)

    assert found[participant.pk].modules[key] == ModuleFact(key, 0, 1, None, None, 8)


def test_nobody_is_stuck_on_a_lesson_unpublished_since(participant: User) -> None:
    read, unread = LessonPageFactory.create_batch(2, parent=TrainingSessionPageFactory.create())
    key = read.get_parent().translation_key
    recording.complete_lesson(participant=participant, lesson=read, at=NOON)
    unread.unpublish()

    found = gather([participant.pk], module_keys=[key], quiz_ids=[], as_of=NOON + HOUR)

    assert found[participant.pk].modules[key].completed_at == NOON


def test_a_completed_module_stays_so_when_it_is_unpublished_or_deleted(participant: User) -> None:
    lesson = LessonPageFactory.create()
    module = lesson.get_parent()
    key = module.translation_key
    recording.complete_lesson(participant=participant, lesson=lesson, at=NOON)
    module.delete()

    found = gather([participant.pk], module_keys=[key], quiz_ids=[], as_of=NOON + HOUR)

    assert found[participant.pk].modules[key] == ModuleFact(key, 0, 0, NOON, NOON, 0)


def test_a_module_that_is_not_there_is_left_out(participant: User) -> None:
    begun = LessonPageFactory.create()
    recording.open_lesson(participant=participant, lesson=begun, at=NOON)
    begun.get_parent().unpublish()
    keys = [begun.get_parent().translation_key, uuid4()]

    found = gather([participant.pk], module_keys=keys, quiz_ids=[], as_of=NOON)

    assert found == {participant.pk: Evidence()}


def test_a_quiz_is_answered_for_without_its_module(participant: User) -> None:
    quiz = PublishedQuizFactory.create()
    finish_attempt(quiz, participant, {0: 0, 1: 0}, at=NOON)

    found = gather([participant.pk], module_keys=[], quiz_ids=[quiz.pk], as_of=NOON)

    assert found[participant.pk].modules == {}
    assert found[participant.pk].quizzes[quiz.pk].passed


def test_people_beyond_one_round_are_all_answered_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "CHUNK", 2)
    people = [person.pk for person in ParticipantFactory.create_batch(5)]

    assert list(gather(people, module_keys=[], quiz_ids=[], as_of=NOON)) == people


@pytest.mark.usefixtures("_roots_known")
@pytest.mark.parametrize("count", [1, 6])
def test_queries_do_not_grow(count: int, django_assert_num_queries: Callable[[int], Any]) -> None:
    people = ParticipantFactory.create_batch(count)
    keys, quiz_ids = [], []
    for _ in range(count):
        session = WorkshopSessionFactory.create()
        LessonPageFactory.create_batch(count, parent=session.workshop)
        quiz_ids.append(ModuleQuizFactory.create(module=session.workshop).quiz_id)
        keys.append(session.workshop.translation_key)
        for person in people:
            AttendanceFactory.create(participant=person, session=session)

    # Modules; their lessons, quizzes, sessions; lesson and module records, attendance;
    # the quizzes' rules and attempts.
    with django_assert_num_queries(9):
        found = gather(
            [person.pk for person in people], module_keys=keys, quiz_ids=quiz_ids, as_of=NOON
        )

    assert [len(evidence.modules) for evidence in found.values()] == [count] * count
