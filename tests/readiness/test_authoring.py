"""What authors are told about requirements that point at their pages."""

import datetime as dt

import pytest

from modules.checking.running import check_all, check_one
from modules.models import ModulePage
from readiness.authoring import RequirementProblem
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
)
from tests.factories.quizzes import QuizFactory
from tests.factories.readiness import (
    QuizRequirementFactory,
    RequirementFactory,
    RequirementSetFactory,
)

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def told(module: ModulePage) -> list[str]:
    return [
        one.words
        for one in check_one(module, at=AT)
        if one.problem == RequirementProblem.REQUIREMENT
    ]


def test_a_module_that_is_asked_for_and_not_published() -> None:
    module = TrainingSessionPageFactory.create(live=False)
    LessonPageFactory.create(parent=module)
    asked = RequirementSetFactory.create(name="Outbound students")
    RequirementFactory.create(requirement_set=asked, module=module)

    (words,) = told(module)

    assert words.startswith("“Outbound students” asks for this")


def test_a_module_that_can_be_completed_is_not_named() -> None:
    module = TrainingSessionPageFactory.create()
    LessonPageFactory.create(parent=module)
    RequirementFactory.create(module=module)

    assert told(module) == []


def test_a_quiz_that_is_asked_for_and_not_published_is_told_on_its_module() -> None:
    quiz = QuizFactory.create()
    module = ModuleQuizFactory.create(quiz=quiz).module
    LessonPageFactory.create(parent=module)
    QuizRequirementFactory.create(quiz=quiz)

    assert len(told(module)) == 1


def test_a_set_that_is_not_in_force_asks_for_nothing() -> None:
    module = TrainingSessionPageFactory.create(live=False)
    asked = RequirementSetFactory.create(is_active=False)
    RequirementFactory.create(requirement_set=asked, module=module)

    assert told(module) == []


def test_lessons_alone_are_not_asked_about() -> None:
    page = LessonPageFactory.create()
    RequirementFactory.create(module=TrainingSessionPageFactory.create(live=False))

    assert check_all([page.pk], at=AT) == {}
