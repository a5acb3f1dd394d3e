"""Real threads on real connections: the same deed from two tabs, or two trainers, at once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import GroupPagePermission, ModelLogEntry, Page, PageViewRestriction

from modules.models import LessonPage, WorkshopSession
from people.models import User
from progress.attendance import record_attendance
from progress.models import Attendance, LessonRecord, ModuleRecord
from progress.recording import complete_lesson
from tests.factories.modules import LessonPageFactory, WorkshopSessionFactory
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.progress import NOON

CROWD = 6


@pytest.fixture
def lesson(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[LessonPage]:
    """The only lesson of a workshop with a session, where other threads can see it."""
    with django_db_blocker.unblock():
        session = WorkshopSessionFactory.create()
        yield LessonPageFactory.create(parent=session.workshop)
        for record in (Attendance, LessonRecord, ModuleRecord, ModelLogEntry):
            record._default_manager.all().delete()
        PageViewRestriction.objects.all().delete()
        GroupPagePermission.objects.filter(page__depth=3).delete()
        Page.objects.get(depth=3).delete()
        User.objects.all().delete()


def at_once(deed: Callable[[], object]) -> None:
    """Do it in threads that begin together."""
    barrier = Barrier(CROWD)

    def run(_number: int) -> None:
        try:
            barrier.wait(timeout=30)
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(run, range(CROWD)))


def test_a_lesson_read_in_many_tabs_is_one_record(lesson: LessonPage) -> None:
    participant = ParticipantFactory.create()

    at_once(
        lambda: complete_lesson(
            participant=participant, lesson=LessonPage.objects.get(pk=lesson.pk), at=NOON
        )
    )

    assert LessonRecord.objects.get().completed_at == NOON
    assert ModuleRecord.objects.get().completed_at is None


def test_a_register_saved_by_many_trainers_is_saved_once(lesson: LessonPage) -> None:
    person, trainer = ParticipantFactory.create(), TrainerFactory.create()
    complete_lesson(participant=person, lesson=lesson, at=NOON)

    at_once(
        lambda: record_attendance(
            session=WorkshopSession.objects.select_related("workshop").get(),
            present=[person],
            among=[person],
            by=trainer,
            at=NOON,
        )
    )

    assert Attendance.objects.get().participant == person
    assert ModelLogEntry.objects.filter(action="progress.attendance").count() == 1
    assert ModuleRecord.objects.get().completed_at == NOON
