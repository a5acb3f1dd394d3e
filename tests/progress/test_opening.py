"""Steps in order, and modules that need others first: refused by the server, in words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from modules.models import LessonPage, ModulePage
from people.models import User
from progress.models import LessonRecord, TaskSubmission
from progress.recording import complete_lesson
from quizzes import attempts
from quizzes.models import Attempt, Quiz
from tests.factories.modules import (
    ImmersionPreparationPageFactory,
    ImmersionTaskPageFactory,
    LessonPageFactory,
    ModulePrerequisiteFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
)

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def module() -> ModulePage:
    return TrainingSessionPageFactory.create(title="In order", slug="order", is_sequential=True)


@pytest.fixture
def lessons(module: ModulePage) -> list[LessonPage]:
    return [
        LessonPageFactory.create(parent=module, title=name, slug=name.lower())
        for name in ("One", "Two", "Three")
    ]


@pytest.fixture
def quiz(module: ModulePage, lessons: list[LessonPage]) -> Quiz:
    found: Quiz = ModuleQuizFactory.create(module=module).quiz
    return found


def done(person: User, *lessons: LessonPage) -> None:
    for lesson in lessons:
        complete_lesson(participant=person, lesson=lesson, at=timezone.now())


@pytest.mark.parametrize("deed", [None, "done", "pause", "tick"])
def test_a_step_that_is_closed_is_refused_with_what_comes_first(
    deed: str | None, participant: User, signed_in: SignIn, lessons: list[LessonPage]
) -> None:
    client = signed_in(participant)

    answer = (
        client.post("/learn/order/two/", {"deed": deed})
        if deed
        else client.get("/learn/order/two/")
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert 'href="/learn/order/one/">First: <bdi>One</bdi></a>' in page
    assert "Watch first, then try." not in page
    assert not LessonRecord.objects.exists()


def test_a_step_opens_when_those_before_it_are_done(
    participant: User, signed_in: SignIn, lessons: list[LessonPage]
) -> None:
    client = signed_in(participant)
    module_page = client.get("/learn/order/").content.decode()
    assert "opens after “One”" in module_page
    assert 'href="/learn/order/two/"' not in module_page

    went_on = client.post("/learn/order/one/", {"deed": "done"})

    assert went_on["Location"] == "/learn/order/two/"
    assert client.get("/learn/order/two/").status_code == 200
    assert "opens after “Two”" in client.get("/learn/order/two/").content.decode()
    assert client.get("/learn/order/three/").status_code == 403


def test_what_was_begun_stays_open_when_the_order_changes(
    participant: User, signed_in: SignIn, module: ModulePage, lessons: list[LessonPage]
) -> None:
    ModulePage.objects.update(is_sequential=False)
    client = signed_in(participant)
    client.get("/learn/order/three/")
    ModulePage.objects.update(is_sequential=True)

    assert client.get("/learn/order/three/").status_code == 200
    assert client.get("/learn/order/two/").status_code == 403


def test_a_completed_module_is_open_in_every_part(
    participant: User, signed_in: SignIn, module: ModulePage, lessons: list[LessonPage]
) -> None:
    done(participant, *lessons)
    for name in ("four", "five"):
        LessonPageFactory.create(parent=module, slug=name)

    assert signed_in(participant).get("/learn/order/five/").status_code == 200


@pytest.mark.parametrize("role", ["trainer", "coordinator"])
def test_who_does_not_travel_is_held_up_by_no_order(
    role: str, request: pytest.FixtureRequest, signed_in: SignIn, quiz: Quiz
) -> None:
    client = signed_in(request.getfixturevalue(role))

    assert client.get("/learn/order/three/").status_code == 200
    assert "opens after" not in client.get("/learn/order/").content.decode()
    assert "Do this first" not in client.get(f"/quizzes/{quiz.uuid}/").content.decode()


def test_a_quiz_waits_for_the_lessons_before_it(
    participant: User, signed_in: SignIn, quiz: Quiz, lessons: list[LessonPage]
) -> None:
    client = signed_in(participant)
    url = f"/quizzes/{quiz.uuid}/"

    page = client.get(url).content.decode()
    assert '<a class="link" href="/learn/order/one/"><bdi>One</bdi></a>' in page
    assert client.post(url).status_code == 409
    with pytest.raises(attempts.NotYet):
        attempts.start(quiz=quiz, participant=participant, at=timezone.now())
    assert not Attempt.objects.exists()

    done(participant, *lessons)
    assert client.post(url).status_code == 302


def test_a_quiz_is_open_as_soon_as_it_is_in_one_module(participant: User, quiz: Quiz) -> None:
    ModuleQuizFactory.create(quiz=quiz)

    attempt = attempts.start(quiz=quiz, participant=participant, at=timezone.now())

    assert attempt.quiz == quiz


def test_a_module_waits_for_another_one(participant: User, signed_in: SignIn) -> None:
    link = ModulePrerequisiteFactory.create(
        module__title="Second", module__slug="second", needed__title="First", needed__slug="first"
    )
    before = LessonPageFactory.create(parent=link.needed)
    after = LessonPageFactory.create(parent=link.module)
    quiz = ModuleQuizFactory.create(module=link.module).quiz
    client = signed_in(participant)

    refused = client.get(after.url)
    assert refused.status_code == 403
    assert '<a class="link" href="/learn/first/"><bdi>First</bdi></a>' in refused.content.decode()
    page = client.get("/learn/second/").content.decode()
    assert "Not completed yet" in page
    assert f'href="{after.url}"' not in page
    assert "Needed first: <bdi>First</bdi>" in client.get("/learn/").content.decode()
    assert client.post(f"/quizzes/{quiz.uuid}/").status_code == 409

    done(participant, before)
    assert client.get(after.url).status_code == 200
    assert "(completed)" in client.get("/learn/").content.decode()


def test_a_module_that_was_begun_stays_open(participant: User, signed_in: SignIn) -> None:
    lesson, other = LessonPageFactory.create_batch(2, parent=TrainingSessionPageFactory.create())
    client = signed_in(participant)
    client.get(lesson.url)

    ModulePrerequisiteFactory.create(module=lesson.module)

    assert client.get(other.url).status_code == 200


def test_modules_that_wait_for_each_other_keep_nobody_out(
    participant: User, signed_in: SignIn
) -> None:
    link = ModulePrerequisiteFactory.create()
    ModulePrerequisiteFactory.create(module=link.needed, needed=link.module)
    lesson = LessonPageFactory.create(parent=link.module)

    assert signed_in(participant).get(lesson.url).status_code == 200


def test_a_module_that_is_not_published_is_needed_by_nobody(
    participant: User, signed_in: SignIn
) -> None:
    link = ModulePrerequisiteFactory.create(needed__live=False)
    lesson = LessonPageFactory.create(parent=link.module)

    assert signed_in(participant).get(lesson.url).status_code == 200


def test_the_first_look_asks_no_more_than_once(
    participant: User, signed_in: SignIn, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    link = ModulePrerequisiteFactory.create()
    done(participant, LessonPageFactory.create(parent=link.needed))
    lesson = LessonPageFactory.create(parent=link.module)
    client = signed_in(participant)
    client.get(lesson.url)

    with django_assert_max_num_queries(8):
        client.get(lesson.url)


def test_the_module_page_says_why_it_is_so_many_percent(
    participant: User, signed_in: SignIn, lessons: list[LessonPage], quiz: Quiz
) -> None:
    done(participant, lessons[0])

    page = signed_in(participant).get("/learn/order/").content.decode()

    assert "Why 25 %?" in page
    assert "1 of 4 steps are done: that is 25 %." in page
    assert '<progress value="1" max="4"' in page
    assert "You marked it as read on" in page
    assert "Done when you pass the quiz, or have used every attempt." in page


def test_a_completed_module_is_read_again_though_no_record_of_its_lessons_is_left(
    participant: User, signed_in: SignIn, module: ModulePage, lessons: list[LessonPage]
) -> None:
    done(participant, *lessons)
    LessonRecord.objects.all().delete()

    answer = signed_in(participant).get("/learn/order/two/")

    assert answer.status_code == 200
    assert LessonRecord.objects.get().lesson_key == lessons[1].translation_key


def test_a_task_that_is_closed_takes_nothing_from_its_own_page(
    participant: User, signed_in: SignIn
) -> None:
    module = ImmersionPreparationPageFactory.create(slug="out", is_sequential=True)
    first = LessonPageFactory.create(parent=module, title="First", slug="first")
    task = ImmersionTaskPageFactory.create(parent=module, slug="task")
    client = signed_in(participant)
    url = f"/my/tasks/{task.translation_key}/"

    refused = client.post(url, {"text": "What I saw.", "link": ""})

    assert refused.status_code == 403
    assert "First: <bdi>First</bdi>" in refused.content.decode()
    assert not TaskSubmission.objects.exists()
    done(participant, first)
    client.post(url, {"text": "What I saw.", "link": ""})
    assert TaskSubmission.objects.get().text == "What I saw."
