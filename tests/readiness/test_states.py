"""After every deed the row says what the fold says; and it stays true as time passes."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exchanges.models import Placement
from modules.models import LessonPage
from people.models import User
from progress.attendance import record_attendance
from progress.recording import complete_lesson, open_lesson
from quizzes.enums import Purpose
from quizzes.models import Quiz
from readiness import checking, declarations, report, states, waivers
from readiness.enums import DeclarationKind, RequirementKind
from readiness.figures import NEVER, Deadline, Progress
from readiness.models import OpenRequirement, RequirementSet, StateRow
from tests.factories.exchanges import PlacementFactory, ProgrammeFactory
from tests.factories.modules import LessonPageFactory, WorkshopSessionFactory
from tests.factories.people import AdministratorFactory, TrainerFactory
from tests.factories.quizzes import finish_attempt
from tests.factories.readiness import (
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    published_quiz,
)
from tests.readiness.moments import DAY_AFTER, IN_MARCH, JANUARY

pytestmark = pytest.mark.django_db

UNTIL = dt.date(2027, 1, 20)
REFRESH = 26
MOMENTS = [JANUARY, dt.datetime(2027, 1, 25, tzinfo=dt.UTC), DAY_AFTER, IN_MARCH]


@dataclass
class World:
    """One person who is asked one thing of every kind, and a neighbour."""

    placement: Placement
    neighbour: Placement
    lesson: LessonPage
    session: Any
    quiz: Quiz
    assessment: Quiz
    coordinator: User

    @property
    def person(self) -> User:
        return self.placement.participant

    def declare(self) -> None:
        declarations.declare(
            placement=self.placement, kind=DeclarationKind.PASSPORT, by=self.person, at=JANUARY
        )

    def waive(self, until: dt.date | None = None) -> None:
        waivers.grant(
            placement=self.placement,
            requirement_key="declaration:passport",
            reason="Travels with an identity card.",
            by=self.coordinator,
            at=JANUARY,
            until=until,
        )

    def attend(self, *present: User) -> None:
        record_attendance(
            session=self.session,
            present=present,
            among=[self.person, self.neighbour.participant],
            by=TrainerFactory.create(),
            at=JANUARY,
        )


@pytest.fixture
def world(
    placement: Placement,
    everybody: RequirementSet,
    quiz: Quiz,
    office_coordinator: User,
    home_page: Any,
) -> World:
    lesson = LessonPageFactory.create()
    session = WorkshopSessionFactory.create(
        starts_at=JANUARY, ends_at=JANUARY + dt.timedelta(hours=1)
    )
    assessment = published_quiz(purpose=Purpose.SELF_ASSESSMENT)
    RequirementFactory.create(requirement_set=everybody, module=lesson.get_parent().specific)
    RequirementFactory.create(requirement_set=everybody, module=session.workshop, phase="during")
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz, min_percent=None)
    RequirementFactory.create(
        requirement_set=everybody, kind=RequirementKind.SELF_ASSESSMENT, quiz=assessment
    )
    DeclarationRequirementFactory.create(requirement_set=everybody, needs_verification=True)
    neighbour = PlacementFactory.create(exchange=placement.exchange, office=placement.office)
    found = World(placement, neighbour, lesson, session, quiz, assessment, office_coordinator)
    states.refresh([placement.pk, neighbour.pk], at=JANUARY)
    return found


def passport(placement: Placement, deed: Callable[..., Any], by: User) -> None:
    deed(placement=placement, kind=DeclarationKind.PASSPORT, by=by, at=JANUARY)


def withdraw_waiver(world: World) -> None:
    world.waive()
    waivers.withdraw(
        placement=world.placement,
        requirement_key="declaration:passport",
        by=world.coordinator,
        at=JANUARY,
    )


def taken_off(world: World) -> None:
    world.attend(world.person)
    world.attend()


def declare_and(world: World, deed: Callable[..., Any], by: User) -> None:
    world.declare()
    passport(world.placement, deed, by)


DEEDS: dict[str, Callable[[World], Any]] = {
    "nothing": lambda world: None,
    "lesson opened": lambda world: open_lesson(
        participant=world.person, lesson=world.lesson, at=JANUARY
    ),
    "lesson completed": lambda world: complete_lesson(
        participant=world.person, lesson=world.lesson, at=JANUARY
    ),
    "quiz failed": lambda world: finish_attempt(world.quiz, world.person, {0: 1, 1: 1}, at=JANUARY),
    "quiz passed": lambda world: finish_attempt(world.quiz, world.person, {0: 0, 1: 0}, at=JANUARY),
    "self-assessment done": lambda world: finish_attempt(
        world.assessment, world.person, {0: 0}, at=JANUARY
    ),
    "attended": lambda world: world.attend(world.person, world.neighbour.participant),
    "taken off the register": taken_off,
    "declared": World.declare,
    "declaration withdrawn": lambda world: declare_and(world, declarations.withdraw, world.person),
    "declaration verified": lambda world: declare_and(
        world, declarations.verify, world.coordinator
    ),
    "waived": World.waive,
    "waived until a day": lambda world: world.waive(UNTIL),
    "waiver withdrawn": withdraw_waiver,
}


def agrees(at: dt.datetime) -> bool:
    compared, drifts = checking.check(at=at)
    assert drifts == []
    return compared > 0


@pytest.mark.parametrize("name", DEEDS)
def test_the_row_follows_every_deed(world: World, name: str) -> None:
    DEEDS[name](world)

    compared, drifts = checking.check(at=JANUARY)
    assert (compared, drifts) == (2, [])


@pytest.mark.parametrize("name", DEEDS)
def test_what_only_time_changes_is_right_without_a_job(world: World, name: str) -> None:
    DEEDS[name](world)

    for row in StateRow.objects.all():
        for moment in MOMENTS:
            one = report.for_placement(row.placement, as_of=moment)
            said = states.figures_of(row)
            assert said.is_ready(moment) == (one.done == one.required)
            assert said.state(moment, leaves_at=row.leaves_at, cancelled=False) == one.state
            late = any(cell.is_missing and cell.due_at < moment for cell in one.cells)
            assert (said.deadline(moment) == Deadline.LATE) is late
            missing = OpenRequirement.objects.filter(row=row, blocks=True, open_from__lte=moment)
            assert {line.key for line in missing} == {cell.requirement.key for cell in one.missing}


def test_a_waiver_that_ends_brings_the_row_up_to_date_by_the_job(world: World) -> None:
    world.waive(UNTIL)
    after = dt.datetime(2027, 1, 21, 12, tzinfo=dt.UTC)

    assert states.keep(at=JANUARY) == 0
    assert states.keep(at=after) == 1

    assert agrees(after)
    assert StateRow.objects.get(pk=world.placement.pk).waived == 0


def test_the_job_notices_that_something_is_asked_otherwise(
    world: World, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(
        requirement_set=everybody, declaration=DeclarationKind.VISA
    )

    assert states.keep(at=JANUARY) == 2
    assert StateRow.objects.get(pk=world.placement.pk).required == 5
    assert states.keep(at=JANUARY) == 0


def test_the_job_notices_a_quiz_that_is_unpublished(world: World) -> None:
    Quiz.objects.filter(pk=world.quiz.pk).update(live_version=None)

    assert states.keep(at=JANUARY) == 2
    assert StateRow.objects.get(pk=world.placement.pk).office_turn == 1


def test_the_job_makes_a_row_that_is_missing(world: World) -> None:
    PlacementFactory.create(exchange=world.placement.exchange)

    assert states.keep(at=JANUARY) == 1
    assert StateRow.objects.count() == 3


def test_progress_in_words_of_its_own(world: World) -> None:
    def progress() -> Progress:
        return states.figures_of(StateRow.objects.get(pk=world.placement.pk)).progress(JANUARY)

    assert progress() == Progress.NOT_STARTED
    world.declare()
    assert progress() == Progress.IN_PROGRESS
    complete_lesson(participant=world.person, lesson=world.lesson, at=JANUARY)
    finish_attempt(world.quiz, world.person, {0: 0, 1: 0}, at=JANUARY)
    finish_attempt(world.assessment, world.person, {0: 0}, at=JANUARY)
    passport(world.placement, declarations.verify, world.coordinator)
    assert not OpenRequirement.objects.filter(row=world.placement.pk, blocks=True)
    assert progress() == Progress.COMPLETE
    assert StateRow.objects.get(pk=world.placement.pk).ready_at == JANUARY


def test_a_change_in_the_cms_reaches_the_row(
    world: World, signed_in: Callable[[User], Client]
) -> None:
    exchange, other = world.placement.exchange, ProgrammeFactory.create()
    client = signed_in(AdministratorFactory.create())
    answer = client.post(
        reverse("exchanges:edit", args=[exchange.pk]),
        {
            "code": exchange.code,
            "programme": other.pk,
            "host": exchange.host_id,
            "academic_year": exchange.academic_year,
            "term": exchange.term,
            "time_zone": "Europe/Stockholm",
        },
    )

    assert answer.status_code == 302
    assert set(StateRow.objects.values_list("programme", flat=True)) == {other.pk}


def test_a_refresh_asks_the_same_number_of_times_for_two_and_for_twenty(
    world: World, django_assert_max_num_queries: Any
) -> None:
    PlacementFactory.create_batch(18, exchange=world.placement.exchange)
    everybody = list(Placement.objects.values_list("pk", flat=True))

    # Sets with outlines (6), placements locked and read with their assignments, evidence (8),
    # declarations, waivers, extensions, rows, open lines read and written, changes (2).
    with django_assert_max_num_queries(REFRESH):
        states.refresh(everybody[:2], at=JANUARY)
    with django_assert_max_num_queries(REFRESH):
        states.refresh(everybody, at=JANUARY)


def test_a_marked_row_is_made_anew(world: World) -> None:
    states.mark(Placement.objects.filter(pk=world.placement.pk))

    assert states.stale(at=JANUARY) == [world.placement.pk]


def test_a_row_that_a_deed_forgot_is_found(world: World) -> None:
    StateRow.objects.filter(pk=world.placement.pk).update(met=3, unready_from=NEVER)

    _compared, drifts = checking.check(at=JANUARY, sample=2)

    (drift,) = drifts
    assert drift.placement_id == world.placement.pk
    assert set(drift.fields) >= {"met", "unready_from", "state"}
