from typing import Any

import pytest

from exchanges.models import Placement
from modules.models import LessonPage
from quizzes.enums import Purpose
from quizzes.models import Quiz
from readiness import report
from readiness.models import RequirementSet
from readiness.verdicts import VerdictStatus
from tests.factories.readiness import (
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    completed_module,
)
from tests.readiness.moments import DAY_AFTER, JANUARY, only_cell

pytestmark = pytest.mark.django_db


def test_a_requirement_that_names_an_unpublished_module_is_misconfigured(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    module.unpublish()
    cell = only_cell(placement, DAY_AFTER)

    assert cell.status == VerdictStatus.MISCONFIGURED
    assert cell.verdict.why.startswith("The module is not published.")
    assert report.for_placement(placement, as_of=DAY_AFTER).next_cell is None


def test_a_module_completed_before_it_was_unpublished_stays_met(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    completed_module(module, placement.participant, at=JANUARY)
    module.unpublish()

    assert only_cell(placement).status == VerdictStatus.MET


def test_a_requirement_whose_module_was_deleted_is_misconfigured(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    module.delete()
    cell = only_cell(placement, DAY_AFTER)

    assert (cell.status, cell.requirement.name) == (
        VerdictStatus.MISCONFIGURED,
        "A deleted module",
    )


def test_two_requirements_with_deleted_modules_stay_apart(
    placement: Placement, everybody: RequirementSet
) -> None:
    RequirementFactory.create_batch(2, requirement_set=everybody)

    assert len(report.for_placement(placement, as_of=JANUARY).cells) == 2


def test_a_module_without_anything_to_do_is_misconfigured(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    module.get_children().get().unpublish()

    assert only_cell(placement).verdict.reason.code == "module_empty"


def test_a_module_of_extras_alone_is_misconfigured(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    LessonPage.objects.update(is_extra=True)

    assert only_cell(placement).verdict.reason.code == "module_empty"


def test_a_quiz_that_is_not_published_is_misconfigured(
    placement: Placement, everybody: RequirementSet, quiz: Quiz
) -> None:
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz)
    Quiz.objects.update(live_version=None)

    assert only_cell(placement).verdict.reason.code == "quiz_unpublished"


def test_a_deleted_quiz_is_misconfigured(placement: Placement, everybody: RequirementSet) -> None:
    QuizRequirementFactory.create(requirement_set=everybody)

    cell = only_cell(placement)

    assert (cell.verdict.reason.code, cell.requirement.name) == ("quiz_missing", "A deleted quiz")


def test_a_quiz_that_became_a_self_assessment_is_misconfigured(
    placement: Placement, everybody: RequirementSet, quiz: Quiz
) -> None:
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz)
    Quiz.objects.update(purpose=Purpose.SELF_ASSESSMENT)

    assert only_cell(placement).verdict.reason.code == "quiz_purpose_changed"


def test_what_cannot_be_met_keeps_nobody_from_seeing_what_can(
    placement: Placement, everybody: RequirementSet
) -> None:
    RequirementFactory.create(requirement_set=everybody)
    DeclarationRequirementFactory.create(requirement_set=everybody)
    found = report.for_placement(placement, as_of=DAY_AFTER)

    assert found.next_cell is not None
    assert found.next_cell.requirement.name == "Passport"
