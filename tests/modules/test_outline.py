from collections.abc import Callable
from typing import Any

import pytest

from modules.enums import StepKind
from modules.models import LessonPage, ModulePage
from modules.outline import outline_around, outlines
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.quizzes import QuizFactory

pytestmark = pytest.mark.django_db


def test_steps_follow_the_tree_then_the_workshop_then_the_quizzes() -> None:
    workshop = WorkshopPageFactory.create(title="Story circle", slug="story-circle")
    ModuleQuizFactory.create(module=workshop, quiz__title="Last", sort_order=2)
    ModuleQuizFactory.create(module=workshop, quiz__title="Before last", sort_order=1)
    WorkshopSessionFactory.create(workshop=workshop)
    LessonPageFactory.create(parent=workshop, title="One", slug="one", minutes=5)
    LessonPageFactory.create(parent=workshop, title="Two", slug="two", minutes=7)

    outline = outlines([workshop])[workshop.translation_key]

    assert [(step.kind, step.title, step.minutes) for step in outline.steps] == [
        (StepKind.LESSON, "One", 5),
        (StepKind.LESSON, "Two", 7),
        (StepKind.ATTENDANCE, "Take part in a session", 90),
        (StepKind.QUIZ, "Before last", 10),
        (StepKind.QUIZ, "Last", 10),
    ]
    assert outline.minutes == 122
    assert outline.url == "/learn/story-circle/"
    assert outline.steps[0].url == "/learn/story-circle/one/"
    assert outline.steps[2].url == "/learn/story-circle/#sessions"


def test_keys_are_the_same_in_every_translation() -> None:
    lesson = LessonPageFactory.create()
    module = lesson.get_parent().specific
    link = ModuleQuizFactory.create(module=module)

    outline = outlines([module])[module.translation_key]

    assert [step.key for step in outline.steps] == [
        str(lesson.translation_key),
        f"quiz:{link.quiz_id}",
    ]
    assert outline.quiz_ids == [link.quiz_id]
    assert outline.position(f"quiz:{link.quiz_id}") == 1
    assert outline.position("quiz:0") is None


def test_only_what_can_be_done_is_a_step() -> None:
    module = TrainingSessionPageFactory.create()
    LessonPageFactory.create(parent=module, live=False)
    ModuleQuizFactory.create(module=module, quiz=QuizFactory.create())

    assert outlines([module])[module.translation_key].steps == ()


def test_a_workshop_waits_for_people_even_before_it_has_a_date() -> None:
    workshop = WorkshopPageFactory.create()

    outline = outlines([workshop])[workshop.translation_key]

    assert [(step.kind, step.minutes) for step in outline.steps] == [(StepKind.ATTENDANCE, 0)]
    assert outline.needs_attendance


def test_lessons_of_another_module_stay_there() -> None:
    lesson, other = LessonPageFactory.create_batch(2)

    found = outlines(ModulePage.objects.all())

    assert {key: [step.title for step in outline.steps] for key, outline in found.items()} == {
        lesson.get_parent().translation_key: [lesson.title],
        other.get_parent().translation_key: [other.title],
    }


def test_no_modules_have_no_outlines(django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(0):
        assert outlines([]) == {}


@pytest.mark.usefixtures("_roots_known")
def test_a_lesson_knows_the_outline_around_it(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    session = WorkshopSessionFactory.create()
    ModuleQuizFactory.create(module=session.workshop)
    key = LessonPageFactory.create(parent=session.workshop).pk
    lesson = LessonPage.objects.get(pk=key)

    with django_assert_num_queries(5):  # Two for the module; lessons, quizzes, sessions.
        outline = outline_around(lesson)

    assert outline == outlines([session.workshop])[session.workshop.translation_key]


@pytest.mark.usefixtures("_roots_known")
@pytest.mark.parametrize("count", [1, 5])
def test_queries_do_not_grow_with_modules(
    count: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(count):
        workshop = WorkshopPageFactory.create()
        LessonPageFactory.create_batch(2, parent=workshop)
        ModuleQuizFactory.create(module=workshop)
        WorkshopSessionFactory.create(workshop=workshop)
    modules = list(ModulePage.objects.all())

    with django_assert_num_queries(3):  # Lessons, quizzes, sessions.
        found = outlines(modules)

    assert [len(outline.steps) for outline in found.values()] == [4] * count
