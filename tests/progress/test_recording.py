import datetime as dt
from typing import Any

import pytest

from people.models import User
from progress import recording
from progress.models import LessonRecord, ModuleRecord
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import LessonPageFactory
from tests.factories.people import UserFactory
from tests.factories.progress import NOON

pytestmark = pytest.mark.django_db

LATER = NOON + dt.timedelta(hours=1)


def lesson_values() -> dict[str, Any]:
    columns = ("title", "module_key", "opened_at", "last_opened_at", "completed_at", "position")
    return dict(LessonRecord.objects.values(*columns).get())


def test_opening_a_lesson_starts_its_module(participant: User) -> None:
    lesson = LessonPageFactory.create()
    module = lesson.get_parent()

    recording.open_lesson(participant=participant, lesson=lesson, at=NOON)

    assert lesson_values() == {
        "title": lesson.title,
        "module_key": module.translation_key,
        "opened_at": NOON,
        "last_opened_at": NOON,
        "completed_at": None,
        "position": "",
    }
    started = ModuleRecord.objects.get(participant=participant)
    assert (started.module_key, started.title) == (module.translation_key, module.title)
    assert (started.started_at, started.completed_at) == (NOON, None)


def test_opening_again_moves_only_the_last_time(participant: User) -> None:
    lesson = LessonPageFactory.create()
    recording.open_lesson(participant=participant, lesson=lesson, at=NOON)
    lesson.title = "A better title"

    recording.open_lesson(participant=participant, lesson=lesson, at=LATER)
    recording.open_lesson(participant=participant, lesson=lesson, at=NOON)

    values = lesson_values()
    assert (values["opened_at"], values["last_opened_at"]) == (NOON, LATER)
    assert values["title"] == "A better title"
    assert ModuleRecord.objects.get().last_opened_at == LATER


def test_reading_to_the_end_counts_once(participant: User) -> None:
    lesson = LessonPageFactory.create()

    recording.complete_lesson(participant=participant, lesson=lesson, at=NOON)
    again = recording.complete_lesson(participant=participant, lesson=lesson, at=LATER)

    assert again.completed_at == NOON
    assert ModuleRecord.objects.get().completed_at == NOON


def test_a_clock_that_runs_behind_breaks_nothing(participant: User) -> None:
    lesson = LessonPageFactory.create()
    recording.open_lesson(participant=participant, lesson=lesson, at=LATER)

    record = recording.complete_lesson(participant=participant, lesson=lesson, at=NOON)

    assert record.completed_at == LATER


def test_a_lesson_that_moved_counts_where_it_is_now(participant: User) -> None:
    lesson = LessonPageFactory.create()
    recording.complete_lesson(participant=participant, lesson=lesson, at=NOON)
    new_home = LessonPageFactory.create().get_parent()
    lesson.move(new_home, pos="last-child")
    lesson.refresh_from_db()

    recording.open_lesson(participant=participant, lesson=lesson, at=LATER)

    values = lesson_values()
    assert values["module_key"] == new_home.translation_key
    assert values["completed_at"] == NOON


def test_the_place_in_a_lesson_is_kept(participant: User) -> None:
    lesson = LessonPageFactory.create()
    block_id = lesson.body[0].id

    recording.remember_position(participant=participant, lesson=lesson, position=block_id, at=NOON)

    assert lesson_values()["position"] == block_id


def test_a_place_that_the_lesson_lacks_is_not_kept(participant: User) -> None:
    lesson = LessonPageFactory.create()

    recording.remember_position(participant=participant, lesson=lesson, position="gone", at=NOON)

    assert not LessonRecord.objects.exists()


def test_who_is_recorded(participant: User, trainer: User, administrator: User) -> None:
    travelling_trainer = PlacementFactory.create(participant=trainer).participant

    assert recording.is_recorded(participant)
    assert recording.is_recorded(travelling_trainer)
    assert not recording.is_recorded(UserFactory.create(group_names=("Trainers",)))
    assert not recording.is_recorded(administrator)
