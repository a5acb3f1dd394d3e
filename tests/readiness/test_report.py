import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from quizzes.enums import Purpose
from quizzes.models import Quiz
from readiness import report
from readiness.enums import DeclarationKind, RequirementKind, Strength
from readiness.models import RequirementSet
from readiness.verdicts import PlacementState, VerdictStatus
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    WaiverFactory,
    completed_module,
    finished_attempt,
    published_quiz,
)
from tests.readiness.moments import DAY_AFTER, DAY_DUE, IN_MARCH, JANUARY, only_cell

pytestmark = pytest.mark.django_db


def test_a_module_is_met_when_it_is_completed(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    before = only_cell(placement)
    completed_module(module, placement.participant, at=JANUARY - dt.timedelta(days=1))
    after = only_cell(placement)

    assert (before.status, before.verdict.why) == (VerdictStatus.PENDING, "Not started yet.")
    assert (before.verdict.link, before.verdict.minutes) == ("/learn/" + module.slug + "/", 10)
    assert (after.status, after.verdict.why) == (VerdictStatus.MET, "Completed.")
    assert after.verdict.fact_at == JANUARY - dt.timedelta(days=1)


def test_what_was_not_done_yet_is_not_met_as_of_an_earlier_day(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    completed_module(module, placement.participant, at=JANUARY)

    assert only_cell(placement, JANUARY - dt.timedelta(minutes=1)).status == VerdictStatus.PENDING
    assert only_cell(placement, JANUARY).status == VerdictStatus.MET


def test_the_due_day_ends_at_midnight_at_the_office(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, module=module)
    cell = only_cell(placement)

    assert cell.due_on == dt.date(2027, 2, 1)
    assert only_cell(placement, DAY_DUE).status == VerdictStatus.PENDING
    assert only_cell(placement, DAY_AFTER).status == VerdictStatus.OVERDUE


def test_own_dates_of_a_placement_move_its_due_dates(everybody: RequirementSet) -> None:
    placement = PlacementFactory.create(own_start_date=dt.date(2027, 3, 15))
    DeclarationRequirementFactory.create(requirement_set=everybody, offset_days=-7)

    assert only_cell(placement).due_on == dt.date(2027, 3, 8)


@pytest.mark.parametrize(
    ("percent", "status"), [("70", VerdictStatus.PENDING), ("85", VerdictStatus.MET)]
)
def test_a_quiz_needs_its_percentage(
    placement: Placement, everybody: RequirementSet, quiz: Quiz, percent: str, status: VerdictStatus
) -> None:
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz, min_percent=85)
    finished_attempt(quiz, placement.participant, percent=percent, at=JANUARY)
    cell = only_cell(placement)

    assert cell.status == status
    assert cell.requirement.needed == Decimal(85)
    assert cell.verdict.link == f"/quizzes/{quiz.uuid}/"


def test_without_a_percentage_the_mark_of_the_published_version_holds(
    placement: Placement, everybody: RequirementSet, quiz: Quiz
) -> None:
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz, min_percent=None)
    Quiz.objects.update(pass_mark=Decimal(95))  # a draft that nobody has published
    finished_attempt(quiz, placement.participant, percent="82", at=JANUARY)

    assert only_cell(placement).requirement.needed == Decimal(80)
    assert only_cell(placement).status == VerdictStatus.MET


def test_no_attempts_left_is_said_and_not_called_overdue(
    placement: Placement, everybody: RequirementSet
) -> None:
    quiz = published_quiz(max_attempts=1)
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz)
    finished_attempt(quiz, placement.participant, percent="10", at=JANUARY)

    assert only_cell(placement, DAY_AFTER).status == VerdictStatus.FAILED


def test_handing_in_a_self_assessment_is_enough(
    placement: Placement, everybody: RequirementSet
) -> None:
    quiz = published_quiz(purpose=Purpose.SELF_ASSESSMENT)
    RequirementFactory.create(
        requirement_set=everybody, kind=RequirementKind.SELF_ASSESSMENT, quiz=quiz
    )
    assert only_cell(placement).status == VerdictStatus.PENDING
    finished_attempt(quiz, placement.participant, percent="0", at=JANUARY)

    assert only_cell(placement).status == VerdictStatus.MET
    assert only_cell(placement).requirement.needed is None


def test_a_declaration_counts_from_the_moment_it_is_made(
    placement: Placement, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    DeclarationFactory.create(placement=placement, declared_at=JANUARY)
    before = only_cell(placement, JANUARY - dt.timedelta(seconds=1))

    assert before.status == VerdictStatus.PENDING
    assert before.verdict.link == f"/my/declarations/{placement.omobility_id}/passport/"
    assert only_cell(placement).status == VerdictStatus.MET


def test_somebody_elses_facts_are_not_mine(
    placement: Placement, everybody: RequirementSet, quiz: Quiz, module: Any
) -> None:
    other = PlacementFactory.create(exchange=placement.exchange)
    RequirementFactory.create(requirement_set=everybody, module=module)
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz)
    DeclarationRequirementFactory.create(requirement_set=everybody)
    completed_module(module, other.participant, at=JANUARY)
    finished_attempt(quiz, other.participant, percent="100", at=JANUARY)
    DeclarationFactory.create(placement=other, declared_at=JANUARY)
    WaiverFactory.create(placement=other)

    assert report.for_placement(other, as_of=JANUARY).done == 3
    assert report.for_placement(placement, as_of=JANUARY).done == 0


def test_ready_means_everything_that_blocks_is_settled(
    placement: Placement, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    DeclarationRequirementFactory.create(
        requirement_set=everybody, declaration=DeclarationKind.VISA
    )
    DeclarationRequirementFactory.create(
        requirement_set=everybody,
        declaration=DeclarationKind.INSURANCE,
        strength=Strength.SHOULD,
    )
    DeclarationRequirementFactory.create(
        requirement_set=everybody,
        declaration=DeclarationKind.LEARNING_AGREEMENT,
        phase="after",
    )
    DeclarationFactory.create(placement=placement)
    half = report.for_placement(placement, as_of=JANUARY)
    DeclarationFactory.create(placement=placement, kind=DeclarationKind.VISA)
    whole = report.for_placement(placement, as_of=JANUARY)

    assert (half.state, half.done, half.required) == (PlacementState.NOT_READY, 1, 2)
    assert [cell.requirement.name for cell in half.missing] == ["Visa"]
    assert (half.is_ready, half.minutes_left) == (False, 5)
    assert (whole.state, whole.done, whole.is_ready) == (PlacementState.READY, 2, True)
    assert len(whole.cells) == 4


def test_after_the_departure_the_state_says_so(
    placement: Placement, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    unready = report.for_placement(placement, as_of=IN_MARCH)
    DeclarationFactory.create(placement=placement)
    ready = report.for_placement(placement, as_of=IN_MARCH)

    assert (unready.state, unready.has_departed) == (PlacementState.DEPARTED_UNREADY, True)
    assert (ready.state, ready.days_to_departure) == (PlacementState.DEPARTED_READY, -9)


def test_on_the_day_itself_nobody_has_departed(placement: Placement) -> None:
    leaving = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)
    found = report.for_placement(placement, as_of=leaving)

    assert (found.state, found.days_to_departure) == (PlacementState.READY, 0)


def test_days_are_counted_to_the_day_of_leaving_home_at_the_office() -> None:
    placement = PlacementFactory.create(leaves_home_on=dt.date(2027, 2, 25))
    late_evening = dt.datetime(2027, 2, 20, 23, 30, tzinfo=dt.UTC)  # the 21st in Madrid

    found = report.for_placement(placement, as_of=late_evening)

    assert (found.departs_on, found.days_to_departure) == (dt.date(2027, 2, 25), 4)


def test_nothing_is_asked_of_a_cancelled_placement(
    placement: Placement, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    Placement.objects.update(status=PlacementStatus.CANCELLED)
    found = report.build(placement.exchange, as_of=JANUARY)

    assert found.placements[0].state == PlacementState.CANCELLED
    assert (found.placements[0].cells, found.total, found.ready) == ((), 0, 0)
    assert found.missing == ()


def test_without_requirements_everybody_is_ready(placement: Placement) -> None:
    found = report.for_placement(placement, as_of=JANUARY)

    assert (found.state, found.cells, found.next_cell) == (PlacementState.READY, (), None)
