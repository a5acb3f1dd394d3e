"""The factories make what the rooms' own checks accept."""

import json

import pytest

from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import LessonPageFactory, WorkshopPageFactory
from tests.factories.quizzes import QuizFactory, questions_of

pytestmark = pytest.mark.django_db


def test_a_placement_passes_its_own_checks() -> None:
    PlacementFactory.create().full_clean()


def test_lessons_stand_below_a_module_below_the_catalogue() -> None:
    lesson = LessonPageFactory.create()

    assert [page.specific_class.__name__ for page in lesson.get_ancestors()][1:] == [
        "HomePage",
        "CataloguePage",
        "TrainingSessionPage",
    ]
    assert json.loads(json.dumps(lesson.body.get_prep_value()))[0]["type"] == "text"


def test_a_module_knows_its_kind_without_its_specific_page() -> None:
    workshop = WorkshopPageFactory.create()

    assert workshop.modulepage_ptr.kind == "workshop"


def test_a_quiz_has_questions_with_options() -> None:
    quiz = QuizFactory.create()

    assert [question.options.count() for question in questions_of(quiz)] == [3, 3]
