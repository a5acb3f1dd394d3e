"""The training of the demo's people: readings, quizzes, declarations, waivers."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from exchanges.models import Placement
from home.course.ledger import Ledger
from home.demo import accounts, history_in_bulk
from home.demo.demo_people import faculty_story, student_story
from home.demo.history_by_deeds import replay
from home.demo.history_in_bulk import Story
from home.demo.syllabus import documents, steps
from home.demo.timeline import EXCUSED, Declared, Read, Sat, events, pace_of
from modules.models import ModulePage
from people.models import User
from progress.models import LessonRecord
from quizzes.models import Attempt, Quiz
from readiness import declarations, waivers
from readiness.demands import demands
from readiness.enums import DeclarationKind, RequirementKind
from readiness.models import Declaration

DAYS_BEFORE = 95
DAYS_SINCE_THE_PASSPORT = 6
CONFIRMED = {DeclarationKind.LEARNING_AGREEMENT, DeclarationKind.VISA}
REASON = (
    "Took the equivalent course “Intercultural communication” (3 ECTS) last year; "
    "certificate seen by the office."
)


def load_history(
    ledger: Ledger,
    *,
    modules: Mapping[str, ModulePage],
    quizzes: Mapping[str, Quiz],
    at: dt.datetime,
) -> bool:
    """Write it once, on a site where nobody has read or answered anything yet.

    Returns:
        Whether it has been written now.
    """
    if LessonRecord.objects.exists() or Attempt.objects.exists():
        return False
    placements = list(
        Placement.objects.active()
        .select_related("participant", "exchange__programme", "exchange__host", "office")
        .order_by("exchange__start_date", "pk")
    )
    coordinator = accounts.person(accounts.COORDINATOR)
    ours = {accounts.STUDENT.email, accounts.FACULTY.email}
    others = [each for each in placements if each.participant.email not in ours]
    stories = _stories(others, quizzes, until=at)
    history_in_bulk.write(stories, modules=modules, quizzes=quizzes, until=at)
    Declaration.objects.bulk_create(
        declared for placement in others for declared in _declared(placement, coordinator, until=at)
    )
    _waive(others, coordinator, at=at)
    for placement in placements:
        if placement.participant.email in ours:
            _replay_ours(placement, quizzes, at=at)
    ledger.made.append(f"the training of {len(stories)} people")
    return True


def _replay_ours(placement: Placement, quizzes: Mapping[str, Quiz], *, at: dt.datetime) -> None:
    person = placement.participant
    if person.email == accounts.FACULTY.email:
        replay(faculty_story(placement, at=at), quizzes=quizzes)
        return
    replay(student_story(placement, at=at), quizzes=quizzes)
    declarations.declare(
        placement=placement,
        kind=DeclarationKind.PASSPORT,
        by=person,
        at=at - dt.timedelta(days=DAYS_SINCE_THE_PASSPORT),
    )


def _stories(
    placements: Collection[Placement], quizzes: Mapping[str, Quiz], *, until: dt.datetime
) -> list[Story]:
    """One story for each person: who goes twice learned before the first stay."""
    found: dict[int, Story] = {}
    for placement in placements:
        if placement.participant_id in found:
            continue
        done = events(
            omobility_id=placement.omobility_id,
            starts_on=placement.start_date,
            steps=steps(placement.audience, quizzes=quizzes),
            documents=(),
            until=until,
        )
        found[placement.participant_id] = Story(
            placement.participant_id,
            placement.omobility_id,
            tuple(event for event in done if isinstance(event, Read)),
            tuple(event for event in done if isinstance(event, Sat)),
        )
    return [story for story in found.values() if story.readings or story.sittings]


def _declared(
    placement: Placement, coordinator: User, *, until: dt.datetime
) -> Iterator[Declaration]:
    for event in events(
        omobility_id=placement.omobility_id,
        starts_on=placement.start_date,
        steps=(),
        documents=documents(placement.audience, placement.exchange.programme.code),
        until=until,
    ):
        if isinstance(event, Declared):
            is_verified = event.verified_at is not None and event.kind in CONFIRMED
            yield Declaration(
                placement=placement,
                kind=event.kind,
                country=declarations.made_for(placement, event.kind),
                declared_by=placement.participant,
                declared_at=event.declared_at,
                verified_at=event.verified_at if is_verified else None,
                verified_by=coordinator if is_verified else None,
            )


def _waive(placements: Collection[Placement], coordinator: User, *, at: dt.datetime) -> None:
    """Let those off a module who have taken such a course elsewhere."""
    asked = demands(as_of=at)
    for placement in placements:
        if pace_of(placement.omobility_id) is not EXCUSED:
            continue
        granted_on = placement.start_date - dt.timedelta(days=DAYS_BEFORE)
        moment = dt.datetime.combine(granted_on, dt.time(10), dt.UTC)
        modules = [line.key for line in asked.of(placement) if line.kind == RequirementKind.MODULE]
        if moment <= at and modules:
            waivers.grant(
                placement=placement,
                requirement_key=modules[0],
                reason=REASON,
                by=coordinator,
                at=moment,
            )
