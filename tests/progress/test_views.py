"""Lessons as participants meet them in the browser, without JavaScript."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from modules.models import LessonPage, ModulePage
from people.models import User
from progress.models import LessonRecord, ModuleRecord
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.progress import AttendanceFactory, LessonRecordFactory
from tests.factories.quizzes import PublishedQuizFactory, QuestionFactory, finish_attempt

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def module() -> ModulePage:
    return TrainingSessionPageFactory.create(title="Culture and self", slug="self")


@pytest.fixture
def lessons(module: ModulePage) -> list[LessonPage]:
    return [
        LessonPageFactory.create(parent=module, title="One", slug="one"),
        LessonPageFactory.create(parent=module, title="Two", slug="two"),
    ]


def test_reading_from_start_to_completion(
    participant: User, signed_in: SignIn, module: ModulePage, lessons: list[LessonPage]
) -> None:
    client = signed_in(participant)

    page = client.get(module.url).content.decode()
    assert 'href="/learn/self/one/">Start: <bdi>One</bdi></a>' in page

    first = client.get("/learn/self/one/").content.decode()
    assert "Mark as read and go on" in first
    assert "Watch first, then try." in first

    went_on = client.post("/learn/self/one/", {"deed": "done"})
    assert went_on["Location"] == "/learn/self/two/"
    assert (
        'href="/learn/self/two/">Go on: <bdi>Two</bdi></a>'
        in client.get(module.url).content.decode()
    )

    finished = client.post("/learn/self/two/", {"deed": "done"}, follow=True)
    assert finished.redirect_chain == [("/learn/self/", 302)]
    assert "You have completed “Culture and self”." in finished.content.decode()
    assert ModuleRecord.objects.get().completed_at is not None


def test_a_lesson_read_once_is_not_asked_for_again(
    participant: User, signed_in: SignIn, lessons: list[LessonPage]
) -> None:
    client = signed_in(participant)
    client.post("/learn/self/one/", {"deed": "done"})

    page = client.get("/learn/self/one/").content.decode()

    assert "You read this on" in page
    assert "Mark as read" not in page


def test_looking_at_a_lesson_records_its_opening_but_never_its_completion(
    participant: User, signed_in: SignIn, lessons: list[LessonPage]
) -> None:
    client = signed_in(participant)

    client.get("/learn/self/one/")
    client.get("/learn/self/one/?deed=done")

    record = LessonRecord.objects.get()
    assert record.lesson_key == lessons[0].translation_key
    assert record.completed_at is None


def test_a_head_request_is_nobody_reading(
    participant: User, signed_in: SignIn, lessons: list[LessonPage]
) -> None:
    assert signed_in(participant).head("/learn/self/one/").status_code == 200

    assert not LessonRecord.objects.exists()


def test_a_form_without_a_token_is_refused(participant: User, lessons: list[LessonPage]) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post("/learn/self/one/", {"deed": "done"}).status_code == 403
    assert not LessonRecord.objects.exists()


@pytest.mark.parametrize("role", ["trainer", "coordinator", "administrator"])
def test_who_does_not_travel_reads_without_a_trace(
    role: str, request: pytest.FixtureRequest, signed_in: SignIn, lessons: list[LessonPage]
) -> None:
    client = signed_in(request.getfixturevalue(role))

    page = client.get("/learn/self/one/").content.decode()
    went_on = client.post("/learn/self/one/", {"deed": "done"})
    paused = client.post("/learn/self/one/", {"deed": "pause", "position": "x"})

    assert "Your reading is not recorded" in page
    assert "Mark as read" not in page
    assert went_on["Location"] == "/learn/self/two/"
    assert paused["Location"] == "/learn/self/"
    assert not LessonRecord.objects.exists()
    assert not ModuleRecord.objects.exists()


def test_a_preview_shows_the_draft_and_records_nothing(
    administrator: User, signed_in: SignIn, lessons: list[LessonPage]
) -> None:
    lesson = lessons[0]
    lesson.body = [("text", "<p>Still a draft.</p>")]  # type: ignore[assignment]
    lesson.save_revision()

    page = signed_in(administrator).get(f"/admin/pages/{lesson.pk}/view_draft/")

    assert page.status_code == 200
    assert "Still a draft." in page.content.decode()
    assert not LessonRecord.objects.exists()


def test_stopping_and_going_on_at_the_same_paragraph(
    participant: User, signed_in: SignIn, module: ModulePage
) -> None:
    lesson = LessonPageFactory.create(
        parent=module, slug="long", body=[{"type": "text", "value": "<p>Read.</p>"}] * 5
    )
    part = lesson.body[2].id
    client = signed_in(participant)

    stopped = client.post(lesson.url, {"deed": "pause", "position": part}, follow=True)

    assert stopped.redirect_chain == [("/learn/self/", 302)]
    assert "Your place is kept." in stopped.content.decode()
    assert f'href="/learn/self/long/#part-{part}"' in stopped.content.decode()
    assert f'href="#part-{part}"' in client.get(lesson.url).content.decode()


def test_the_script_is_answered_without_a_page(
    participant: User, signed_in: SignIn, lessons: list[LessonPage]
) -> None:
    part = lessons[0].body[0].id

    kept = signed_in(participant).post(
        "/learn/self/one/",
        {"deed": "pause", "position": part},
        headers={"X-Requested-With": "fetch"},
    )

    assert kept.status_code == 204
    assert LessonRecord.objects.get().position == part


def test_the_module_page_says_what_moved_the_progress(participant: User, signed_in: SignIn) -> None:
    session = WorkshopSessionFactory.create()
    module = session.workshop
    LessonRecordFactory.create(
        participant=participant, lesson=LessonPageFactory.create(parent=module)
    )
    quiz = ModuleQuizFactory.create(module=module).quiz
    AttendanceFactory.create(participant=participant, session=session)
    finish_attempt(quiz, participant, {0: 0})

    page = " ".join(signed_in(participant).get(module.url).content.decode().split())

    assert "begun 23 Nov 2026" in page
    assert "Attended" in page
    assert "Not passed yet" in page
    assert "50 %" in page


def test_the_module_page_cuts_a_result_off_as_the_result_itself_does(
    participant: User, signed_in: SignIn
) -> None:
    quiz = PublishedQuizFactory.create(questions=QuestionFactory.create_batch(3))
    module = ModuleQuizFactory.create(quiz=quiz).module
    attempt = finish_attempt(quiz, participant, {0: 0, 1: 0})
    client = signed_in(participant)

    result = client.get(f"/quizzes/attempts/{attempt.uuid}/result/").content.decode()
    assert "66.6 %" in result
    assert "66.6 %" in client.get(module.url).content.decode()


def test_a_workshop_s_sessions_in_two_time_zones(participant: User, signed_in: SignIn) -> None:
    participant.time_zone = "Asia/Tokyo"
    participant.save()
    tomorrow = timezone.now().replace(hour=12, minute=0) + dt.timedelta(days=1)
    session = WorkshopSessionFactory.create(
        starts_at=tomorrow,
        ends_at=tomorrow + dt.timedelta(minutes=90),
        time_zone="Africa/Nairobi",
        link="https://meet.example/1",
        seats=12,
    )
    WorkshopSessionFactory.create(workshop=session.workshop, place="Old room")

    page = " ".join(signed_in(participant).get(session.workshop.url).content.decode().split())

    assert "21:00–22:30" in page
    assert "Your time (Asia/Tokyo)" in page
    assert "15:00–16:30 (Africa/Nairobi)" in page
    assert "https://meet.example/1" in page
    assert "12 seats" in page
    assert page.index("Past sessions") < page.index("Old room")


def test_one_time_is_enough_where_the_place_shares_it(participant: User, signed_in: SignIn) -> None:
    tomorrow = timezone.now() + dt.timedelta(days=1)
    session = WorkshopSessionFactory.create(
        starts_at=tomorrow, ends_at=tomorrow + dt.timedelta(minutes=90), time_zone="UTC"
    )

    page = signed_in(participant).get(session.workshop.url).content.decode()

    assert "Your time (UTC)" in page
    assert "At the place" not in page


def test_what_is_read_needs_no_place_kept(participant: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create(body=[{"type": "text", "value": "<p>Read.</p>"}] * 5)
    client = signed_in(participant)
    assert "Stop here for now" in client.get(lesson.url).content.decode()

    client.post(lesson.url, {"deed": "done"})

    assert "Stop here for now" not in client.get(lesson.url).content.decode()


def test_a_workshop_without_dates_says_so(participant: User, signed_in: SignIn) -> None:
    session = WorkshopSessionFactory.create()

    page = signed_in(participant).get(session.workshop.url).content.decode()

    assert "No session is planned at the moment" in page


def test_a_module_without_lessons_says_so(
    participant: User, signed_in: SignIn, module: ModulePage
) -> None:
    page = signed_in(participant).get(module.url).content.decode()

    assert "not published yet" in page


@pytest.mark.parametrize("blocks", [1, 30])
def test_queries_of_a_lesson_whatever_its_blocks_hold(
    blocks: int,
    participant: User,
    signed_in: SignIn,
    module: ModulePage,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    target = LessonPageFactory.create(parent=module)
    ModuleQuizFactory.create(module=module)
    link = f'<p><a linktype="page" id="{target.pk}">See there</a></p>'
    lesson = LessonPageFactory.create(
        parent=module, body=[{"type": "text", "value": link}] * blocks
    )
    client = signed_in(participant)
    client.get(lesson.url)
    client.get(lesson.url)

    # Session, person; the module with its quiz, the lessons; what was read, the quiz's
    # rules, the attempts; what the person may do.
    with django_assert_num_queries(8):
        client.get(lesson.url)


@pytest.mark.parametrize("steps", [1, 8])
def test_queries_of_a_module_whatever_its_steps(
    steps: int,
    participant: User,
    signed_in: SignIn,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    module = TrainingSessionPageFactory.create()
    LessonPageFactory.create_batch(steps, parent=module)
    client = signed_in(participant)
    client.get(module.url)

    # Session, person; site, language, home page; catalogue and module, two each;
    # restrictions; what the person may do; lessons, quizzes; lesson and module
    # records; what is needed first; competence dimensions.
    with django_assert_num_queries(17):
        client.get(module.url)
