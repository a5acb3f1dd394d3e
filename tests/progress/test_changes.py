"""What changed after somebody completed it: who is asked to read it, and who is not."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from exchanges.enums import PlacementStatus
from modules.changes import people_affected
from modules.models import LessonPage, MaterialChange
from people.models import User
from progress.changes import affected, confirm_read, unread_changes
from progress.models import ChangeRead, LessonRecord
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.modules import LessonPageFactory
from tests.factories.progress import LessonRecordFactory, ModuleRecordFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def lesson() -> LessonPage:
    page: LessonPage = LessonPageFactory.create(title="Visas", slug="visas")
    return page


def changed(lesson: LessonPage, *, at: dt.datetime = AT, revision: int = 1) -> MaterialChange:
    return MaterialChange.objects.create(
        page_key=lesson.translation_key,
        revision_id=revision,
        title=lesson.title,
        note="The rules are new.",
        language="en",
        published_at=at,
    )


def leaving(participant: User, *, starts: dt.date, **fields: Any) -> None:
    exchange = ExchangeFactory.create(start_date=starts, end_date=starts + 100 * DAY)
    PlacementFactory.create(participant=participant, exchange=exchange, **fields)


def completed(participant: User, lesson: LessonPage, *, at: dt.datetime) -> LessonRecord:
    record: LessonRecord = LessonRecordFactory.create(
        participant=participant,
        lesson_key=lesson.translation_key,
        opened_at=at,
        last_opened_at=at,
        completed_at=at,
    )
    return record


@pytest.mark.parametrize(
    ("starts", "fields", "is_asked"),
    [
        (AT.date() + DAY, {}, True),
        (AT.date(), {}, False),
        (AT.date() - 9 * DAY, {}, False),
        (AT.date() - 9 * DAY, {"own_start_date": AT.date() + DAY}, True),
        (AT.date() + DAY, {"own_start_date": AT.date()}, False),
        (AT.date() + DAY, {"status": PlacementStatus.CANCELLED}, False),
    ],
)
def test_only_people_whose_exchange_has_not_begun_are_asked(
    participant: User, lesson: LessonPage, starts: dt.date, fields: Any, is_asked: bool
) -> None:
    leaving(participant, starts=starts, **fields)
    completed(participant, lesson, at=AT - DAY)
    changed(lesson)

    assert (affected(lesson.translation_key, at=AT) == {participant.pk}) is is_asked
    assert unread_changes(participant, at=AT).exists() is is_asked


def test_people_without_an_exchange_are_not_asked(participant: User, lesson: LessonPage) -> None:
    completed(participant, lesson, at=AT - DAY)
    changed(lesson)

    assert not unread_changes(participant, at=AT).exists()


def test_people_who_had_not_completed_it_read_the_new_words_anyway(
    participant: User, lesson: LessonPage
) -> None:
    leaving(participant, starts=AT.date() + 9 * DAY)
    LessonRecordFactory.create(participant=participant, lesson_key=lesson.translation_key)
    changed(lesson)

    assert affected(lesson.translation_key, at=AT) == set()
    assert not unread_changes(participant, at=AT).exists()

    completed(participant, LessonPageFactory.create(), at=AT - DAY)
    LessonRecord.objects.filter(lesson_key=lesson.translation_key).update(
        opened_at=AT, completed_at=AT + DAY
    )
    assert not unread_changes(participant, at=AT + 2 * DAY).exists()


def test_a_module_is_told_of_to_those_who_completed_the_module(
    participant: User, lesson: LessonPage
) -> None:
    module = lesson.module
    leaving(participant, starts=AT.date() + 9 * DAY)
    ModuleRecordFactory.create(
        participant=participant,
        module_key=module.translation_key,
        started_at=AT - 2 * DAY,
        completed_at=AT - DAY,
    )
    changed(module)

    assert people_affected(module.translation_key, at=AT) == 1
    assert unread_changes(participant, at=AT).exists()


def test_reading_it_is_recorded_once_and_takes_nothing_away(
    participant: User, lesson: LessonPage
) -> None:
    leaving(participant, starts=AT.date() + 9 * DAY)
    record = completed(participant, lesson, at=AT - DAY)
    change = changed(lesson)

    assert confirm_read(participant=participant, change=change, at=AT + DAY)
    assert not confirm_read(participant=participant, change=change, at=AT + 2 * DAY)

    assert ChangeRead.objects.get().read_at == AT + DAY
    assert not unread_changes(participant, at=AT + DAY).exists()
    record.refresh_from_db()
    assert record.completed_at == AT - DAY


def test_what_is_not_theirs_is_not_recorded(participant: User, lesson: LessonPage) -> None:
    assert not confirm_read(participant=participant, change=changed(lesson), at=AT)
    assert not ChangeRead.objects.exists()


def test_changes_are_found_in_one_query(
    participant: User, lesson: LessonPage, django_assert_num_queries: Any
) -> None:
    leaving(participant, starts=AT.date() + 9 * DAY)
    completed(participant, lesson, at=AT - DAY)
    changes = [changed(lesson, at=AT + number * DAY, revision=number) for number in range(3)]

    # Changes of completed pages that are not read, of people before their exchange.
    with django_assert_num_queries(1):
        assert list(unread_changes(participant, at=AT + 4 * DAY)) == changes


def test_from_the_first_page_to_i_have_read_it(
    participant: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    now = timezone.now()
    leaving(participant, starts=now.date() + 30 * DAY)
    completed(participant, lesson, at=now - 2 * DAY)
    change = changed(lesson, at=now - DAY)
    client = signed_in(participant)

    assert reverse("my_changes") in client.get("/my/").content.decode()
    page = client.get(reverse("my_changes")).content.decode()
    assert "The rules are new." in page
    assert f'href="{lesson.url}"' in page
    assert not ChangeRead.objects.exists()

    answer = client.post(reverse("my_changes"), {"change": change.uuid}, follow=True)

    assert "you have read what changed" in answer.content.decode()
    assert "The rules are new." not in answer.content.decode()
    assert ChangeRead.objects.get().participant == participant
    assert reverse("my_changes") not in client.get("/my/").content.decode()


def test_a_change_that_is_not_there(participant: User, signed_in: SignIn) -> None:
    client = signed_in(participant)

    assert client.post(reverse("my_changes"), {"change": "nonsense"}).status_code == 404
    assert client.post(reverse("my_changes")).status_code == 404


def test_the_author_sees_how_many_people_a_material_change_concerns(
    participant: User, trainer: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    now = timezone.now()
    leaving(participant, starts=now.date() + 30 * DAY)
    completed(participant, lesson, at=now - DAY)

    editor = signed_in(trainer).get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))

    assert 'data-people-affected="1"' in editor.content.decode()
    assert "1 person has completed this" in editor.content.decode()
