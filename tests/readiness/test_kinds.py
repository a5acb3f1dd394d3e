"""Kinds beyond modules, quizzes and declarations: each from its record to its verdict."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchanges.models import Placement
from modules.enums import Phase
from modules.models import ModuleDestination, WorkshopSession
from people.models import User
from progress.models import Attendance
from quizzes.enums import GradingMethod
from readiness import report, waivers
from readiness.enums import ApprovingRole, CountingAttempt, DueEvent, RequirementKind
from readiness.kinds import KINDS
from readiness.models import Approval, Extension, ExternalResult, Requirement, RequirementSet
from readiness.verdicts import Turn, VerdictStatus
from tests.factories.modules import (
    ImmersionPreparationPageFactory,
    LessonPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.people import TrainerFactory
from tests.factories.readiness import (
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    completed_module,
    finished_attempt,
    published_quiz,
)
from tests.readiness.moments import DAY_AFTER, JANUARY, only_cell

pytestmark = pytest.mark.django_db

EARLIER = JANUARY - dt.timedelta(days=5)


def test_every_kind_of_the_database_is_registered() -> None:
    assert set(KINDS) == {kind.value for kind in RequirementKind}


def attended(placement: Placement, session: Any) -> None:
    Attendance.objects.create(
        participant=placement.participant,
        module_key=session.workshop.translation_key,
        session_key=session.uuid,
        held_at=EARLIER,
        recorded_by=TrainerFactory.create(),
        recorded_at=JANUARY,
    )


def test_a_workshop_is_attended_by_a_trainers_word(
    placement: Placement, everybody: RequirementSet, home_page: Any
) -> None:
    session = WorkshopSessionFactory.create()
    RequirementFactory.create(
        requirement_set=everybody, kind=RequirementKind.WORKSHOP, module=session.workshop
    )
    before = only_cell(placement)
    attended(placement, session)
    after = only_cell(placement)

    assert (before.status, before.verdict.turn) == (VerdictStatus.PENDING, Turn.PARTICIPANT)
    assert before.verdict.link == session.workshop.url
    assert (after.status, after.verdict.fact_at) == (VerdictStatus.MET, EARLIER)
    assert only_cell(placement, EARLIER).status == VerdictStatus.PENDING  # not yet written down


def test_a_workshop_without_dates_is_the_offices_turn(
    placement: Placement, everybody: RequirementSet, home_page: Any
) -> None:
    session = WorkshopSessionFactory.create()
    LessonPageFactory.create(parent=session.workshop)
    RequirementFactory.create(
        requirement_set=everybody, kind=RequirementKind.WORKSHOP, module=session.workshop
    )
    WorkshopSession.objects.all().delete()

    assert only_cell(placement).verdict.reason.code == "workshop_without_sessions"


@pytest.fixture
def sweden(home_page: Any) -> Any:
    page = ImmersionPreparationPageFactory.create(title="Going to Sweden")
    ModuleDestination.objects.create(module=page, country="SE")
    LessonPageFactory.create(parent=page)
    return page


def test_the_page_of_the_own_destination_is_each_persons_own(
    placement: Placement, everybody: RequirementSet, sweden: Any
) -> None:
    RequirementFactory.create(requirement_set=everybody, kind=RequirementKind.DESTINATION)
    before = only_cell(placement)
    completed_module(sweden, placement.participant, at=EARLIER)
    after = only_cell(placement)
    placement.own_country = "JP"
    placement.save()
    elsewhere = only_cell(placement)

    assert (before.requirement.name, before.status) == ("Going to Sweden", VerdictStatus.PENDING)
    assert before.verdict.link == sweden.url
    assert (after.requirement.key, after.status) == ("destination:SE", VerdictStatus.MET)
    assert elsewhere.requirement.key == "destination:JP"
    assert elsewhere.verdict.reason.code == "destination_missing"


@pytest.mark.parametrize(
    ("counts", "expected"),
    [("", VerdictStatus.PENDING), ("best", VerdictStatus.MET), ("last", VerdictStatus.PENDING)],
)
def test_which_attempt_counts_is_the_requirements_choice(
    counts: str, expected: str, placement: Placement, everybody: RequirementSet
) -> None:
    quiz = published_quiz(grading_method=GradingMethod.LAST, pass_mark=Decimal(50))
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz, counts=counts)
    finished_attempt(quiz, placement.participant, percent="90", at=EARLIER)
    finished_attempt(quiz, placement.participant, percent="60", at=JANUARY)

    found = only_cell(placement)

    assert found.status == expected
    assert found.requirement.key.endswith(counts)


def test_best_and_last_of_one_quiz_are_two_requirements(
    placement: Placement, everybody: RequirementSet
) -> None:
    quiz = published_quiz()
    for counts in CountingAttempt.values:
        QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz, counts=counts)

    assert len(report.for_placement(placement, as_of=JANUARY).cells) == 2


def result(placement: Placement, by: User, **fields: Any) -> ExternalResult:
    return ExternalResult.objects.create(
        **{
            "placement": placement,
            "instrument": "Language test",
            "value": "B2",
            "taken_on": EARLIER.date(),
            "recorded_by": by,
            "recorded_at": EARLIER,
            **fields,
        }
    )


def test_an_outside_result_is_met_by_being_recorded_in_its_phase(
    placement: Placement, everybody: RequirementSet, office_coordinator: User
) -> None:
    RequirementFactory.create(
        requirement_set=everybody, kind=RequirementKind.EXTERNAL_RESULT, subject="language  TEST"
    )
    missing = only_cell(placement)
    result(placement, office_coordinator, phase=Phase.AFTER)
    of_another_phase = only_cell(placement)
    result(placement, office_coordinator)
    found = only_cell(placement)

    assert (missing.status, of_another_phase.status) == ("pending", "pending")
    assert (found.status, found.verdict.fact_at) == (VerdictStatus.MET, EARLIER)
    assert "B2" not in found.verdict.why
    assert only_cell(placement, EARLIER - dt.timedelta(days=1)).status == VerdictStatus.PENDING


def test_a_confidential_result_is_read_by_its_holder_and_one_named_person(
    placement: Placement, office_coordinator: User, trainer: User
) -> None:
    open_to_all = result(placement, office_coordinator)
    secret = result(placement, office_coordinator, is_confidential=True, named_person=trainer)
    readable = ExternalResult.objects.readable_by

    assert set(readable(office_coordinator)) == {open_to_all}
    assert set(readable(trainer)) == {open_to_all, secret}
    assert set(readable(placement.participant)) == {open_to_all, secret}


@pytest.mark.parametrize(
    ("role", "turn", "label"),
    [
        (ApprovingRole.COORDINATOR, Turn.OFFICE, "Waiting for the office"),
        (ApprovingRole.TRAINER, Turn.TRAINER, "Waiting for a trainer"),
        (ApprovingRole.ADMINISTRATOR, Turn.ADMINISTRATION, "Waiting for the administration"),
    ],
)
def test_a_sign_off_waits_for_its_role_and_is_never_overdue(
    role: str,
    turn: Turn,
    label: str,
    placement: Placement,
    everybody: RequirementSet,
    office_coordinator: User,
) -> None:
    RequirementFactory.create(
        requirement_set=everybody, kind=RequirementKind.APPROVAL, subject="Interview", role=role
    )
    waiting = only_cell(placement, DAY_AFTER)
    Approval.objects.create(
        placement=placement,
        role=role,
        subject="Interview",
        approved_by=office_coordinator,
        approved_at=JANUARY,
    )
    met = only_cell(placement, DAY_AFTER)

    assert (waiting.status, waiting.verdict.turn, waiting.status_label) == ("waiting", turn, label)
    assert (met.status, met.verdict.fact_at) == (VerdictStatus.MET, JANUARY)


def test_what_does_not_apply_is_settled_and_says_so(
    placement: Placement, everybody: RequirementSet, office_coordinator: User
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    waivers.grant(
        placement=placement,
        requirement_key="declaration:passport",
        reason="Travels with an identity card.",
        by=office_coordinator,
        at=EARLIER,
        does_not_apply=True,
    )
    found = only_cell(placement, DAY_AFTER)

    assert found.status == VerdictStatus.NOT_APPLICABLE
    assert found.verdict.is_settled
    assert found.verdict.why.startswith("Does not apply, says ")


def test_more_time_moves_the_deadline_from_the_day_it_was_granted(
    placement: Placement, everybody: RequirementSet, office_coordinator: User
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    late = DAY_AFTER + dt.timedelta(days=1)
    Extension.objects.create(
        placement=placement,
        requirement_key="declaration:passport",
        requirement_name="Passport",
        reason="The town hall is closed.",
        wished_for=dt.date(2027, 2, 12),
        asked_by=placement.participant,
        asked_at=JANUARY,
        until=dt.date(2027, 2, 10),
        decided_by=office_coordinator,
        decided_at=late,
    )

    assert only_cell(placement, DAY_AFTER).status == VerdictStatus.OVERDUE
    found = only_cell(placement, late)
    assert (found.status, found.due_on) == (VerdictStatus.PENDING, dt.date(2027, 2, 10))


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": RequirementKind.MODULE, "counts": "best"},
        {"kind": RequirementKind.EXTERNAL_RESULT},
        {"kind": RequirementKind.APPROVAL, "subject": "Interview"},
        {"kind": RequirementKind.MODULE, "role": ApprovingRole.TRAINER},
        {"kind": RequirementKind.MODULE, "due_event": DueEvent.END, "offset_days": 999},
    ],
)
def test_the_database_refuses_what_a_kind_has_no_use_for(
    everybody: RequirementSet, fields: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError):
        Requirement(requirement_set=everybody, **fields).validate_constraints()
