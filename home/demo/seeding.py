"""Very many plausible placements, to try and measure the desk with: deterministic, in bulk.

Stands on the loaded demo: its worldwide exchange asks twelve things of each student.
Everybody's diligence and every date come from one seed, so that the same number makes
the same people; batches keep memory bounded.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from exchanges.enums import ActivityType, Audience, PlacementStatus
from exchanges.models import Exchange, Institution, Office, Placement, Programme
from home.course.reading import ContentError
from people import roles
from people.models import User
from progress.models import ModuleRecord
from quizzes.enums import AttemptState
from quizzes.models import Attempt, Quiz
from readiness import report
from readiness.declarations import made_for
from readiness.demands import demands
from readiness.enums import RequirementKind
from readiness.lines import RequirementLine
from readiness.models import Declaration, Waiver

PROGRAMME = "worldwide-exchange"
BATCH = 2000
ON_AN_EXCHANGE = 30
LARGEST = 200
TERMS = 10
NEXT_TERM = 7
DAY = dt.timedelta(days=1)
TERM = 182 * DAY
LEAD = 45 * DAY
ONE_IN_CANCELLED = 50
WAIVED_SHARE, VERIFIED_SHARE = 0.01, 0.9
COUNTRIES = ["JP", "CL", "CA", "AU", "KR", "MX", "BR", "ZA", "NZ", "US", "IN", "SG"]
ZONES = {"JP": "Asia/Tokyo", "CL": "America/Santiago", "CA": "America/Toronto"}
GIVEN = ["Ada", "Boris", "Carla", "Dmitri", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jonas"]
FAMILY = ["Almeida", "Berg", "Costa", "Duarte", "Eriksen", "Fontaine", "Garcia", "Haas", "Ivanova"]


@dataclass
class Written:
    """What one batch writes besides people and placements."""

    modules: list[ModuleRecord] = field(default_factory=list)
    attempts: list[Attempt] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    waivers: list[Waiver] = field(default_factory=list)


@dataclass(frozen=True)
class Stage:
    """What every batch stands on."""

    programme: Programme
    offices: Sequence[Office]
    coordinator: User
    quizzes: dict[int, Quiz]
    at: dt.datetime


def seed(*, placements: int, at: dt.datetime, chance: int = 1) -> Iterator[int]:
    """Add that many placements; yields how many there are after each batch.

    Raises:
        ContentError: the demo is not loaded, or this was seeded already.
    """
    stage = _stage(at)
    exchanges = _exchanges(stage, placements)
    done = 0
    for first in range(0, placements, BATCH):
        numbers = range(first, min(first + BATCH, placements))
        _write_batch(stage, exchanges, numbers, Random(f"{chance}/{numbers[0]}"))  # noqa: S311
        done += len(numbers)
        yield done


def _stage(at: dt.datetime) -> Stage:
    programme = Programme.objects.filter(code=PROGRAMME).first()
    coordinator = User.objects.filter(groups__name=roles.COORDINATORS).order_by("pk").first()
    if programme is None or coordinator is None:
        raise ContentError("Load the demo first: manage.py load_demo.")
    if Exchange.objects.filter(code__startswith="seed-").exists():
        raise ContentError("There are seeded placements already. Start from an empty database.")
    return Stage(
        programme=programme,
        offices=list(Office.objects.order_by("path")),
        coordinator=coordinator,
        quizzes=Quiz.objects.filter(live_version__isnull=False)
        .select_related("live_version")
        .in_bulk(),
        at=at,
    )


@transaction.atomic
def _exchanges(stage: Stage, placements: int) -> list[Exchange]:
    """Ten terms, the earlier ones over; the first exchange of the next term is the largest."""
    count = max(placements // ON_AN_EXCHANGE, TERMS)
    hosts = Institution.objects.bulk_create(
        Institution(
            name=f"Seed University {number}",
            country=COUNTRIES[number % len(COUNTRIES)],
            time_zone=ZONES.get(COUNTRIES[number % len(COUNTRIES)], "UTC"),
        )
        for number in range(-(-count // TERMS))
    )
    first = stage.at.date().replace(day=1) + LEAD - TERM * NEXT_TERM
    made = []
    for number in range(count):
        term, place = number % TERMS, number // TERMS
        start = first + TERM * term + DAY * (place % 120)
        year, half = first.year + term // 2, 1 + term % 2
        made.append(
            Exchange(
                code=f"seed-{number}",
                programme=stage.programme,
                host=hosts[place],
                academic_year=f"{year}/{year + 1}",
                term=f"{year}/{year + 1}-{half}/2",
                start_date=start,
                end_date=start + 120 * DAY,
                time_zone=hosts[place].time_zone,
            )
        )
    return Exchange.objects.bulk_create(made, batch_size=BATCH)


def _write_batch(
    stage: Stage, exchanges: Sequence[Exchange], numbers: Sequence[int], chance: Random
) -> None:
    with transaction.atomic():
        people = User.objects.bulk_create(_person(number) for number in numbers)
        group = Group.objects.get(name=roles.PARTICIPANTS)
        through = User.groups.through
        through.objects.bulk_create(
            through(user_id=person.pk, group_id=group.pk) for person in people
        )
        made = Placement.objects.bulk_create(
            _placement(stage, exchanges, number, person)
            for number, person in zip(numbers, people, strict=True)
        )
        written = Written()
        lines = demands(as_of=stage.at).of(made[0])
        for placement in made:
            _live(stage, placement, lines, written, chance)
        ModuleRecord.objects.bulk_create(written.modules)
        Attempt.objects.bulk_create(written.attempts)
        Declaration.objects.bulk_create(written.declarations)
        Waiver.objects.bulk_create(written.waivers)


def _person(number: int) -> User:
    return User(
        email=f"seed-{number}@students.example",
        first_name=GIVEN[number % len(GIVEN)],
        last_name=f"{FAMILY[number // len(GIVEN) % len(FAMILY)]} {number}",
        time_zone="Europe/Madrid",
        password="!",  # noqa: S106  nobody can sign in with it.
    )


def _placement(stage: Stage, exchanges: Sequence[Exchange], number: int, person: User) -> Placement:
    largest = exchanges[NEXT_TERM]
    exchange = largest if number < LARGEST else exchanges[number % len(exchanges)]
    return Placement(
        participant=person,
        exchange=exchange,
        office=stage.offices[number % len(stage.offices)],
        audience=Audience.STUDENT,
        status=PlacementStatus.LIVE if number % ONE_IN_CANCELLED else PlacementStatus.CANCELLED,
        activity_type=ActivityType.STUDIES,
    )


def _live(
    stage: Stage,
    placement: Placement,
    lines: Sequence[RequirementLine],
    written: Written,
    chance: Random,
) -> None:
    """What one person has done by now: the diligent early, others late or never."""
    diligence = chance.betavariate(4, 1.5)
    for line in lines:
        due = line.due_on(report.dates_of(placement))
        day = due - DAY * round(chance.gauss(40 * diligence - 5, 12))
        moment = dt.datetime.combine(day, dt.time(10), tzinfo=dt.UTC)
        if moment >= stage.at or chance.random() > 0.55 + diligence / 2:
            continue
        _did(stage, placement, line, moment, written, chance)


def _did(
    stage: Stage,
    placement: Placement,
    line: RequirementLine,
    moment: dt.datetime,
    written: Written,
    chance: Random,
) -> None:
    if chance.random() < WAIVED_SHARE:
        written.waivers.append(_waiver(stage, placement, line, moment))
        return
    target: Any = line.asked.target
    if line.kind == RequirementKind.MODULE:
        written.modules.append(
            ModuleRecord(
                participant_id=placement.participant_id,
                module_key=target,
                title=line.name,
                started_at=moment - 2 * DAY,
                last_opened_at=moment,
                completed_at=moment,
            )
        )
    elif line.kind in {RequirementKind.QUIZ, RequirementKind.SELF_ASSESSMENT}:
        written.attempts.append(_attempt(stage, placement, target, moment, chance))
    elif line.kind == RequirementKind.DECLARATION:
        verified = line.asked.needs_verification and chance.random() < VERIFIED_SHARE
        written.declarations.append(
            Declaration(
                placement=placement,
                kind=target,
                country=made_for(placement, target),
                declared_at=moment,
                declared_by_id=placement.participant_id,
                verified_at=moment if verified else None,
                verified_by=stage.coordinator if verified else None,
            )
        )


def _waiver(
    stage: Stage, placement: Placement, line: RequirementLine, moment: dt.datetime
) -> Waiver:
    return Waiver(
        placement=placement,
        requirement_key=line.key,
        requirement_name=line.name,
        reason="Has lived there before.",
        granted_by=stage.coordinator,
        granted_at=moment,
    )


def _attempt(
    stage: Stage, placement: Placement, quiz_id: int, moment: dt.datetime, chance: Random
) -> Attempt:
    quiz = stage.quizzes[quiz_id]
    percent = Decimal(min(100, round(chance.gauss(90, 8))))
    return Attempt(
        quiz=quiz,
        version_id=quiz.live_version_id,
        participant_id=placement.participant_id,
        number=1,
        state=AttemptState.FINISHED,
        layout=[],
        started_at=moment - dt.timedelta(minutes=15),
        submitted_at=moment,
        graded_at=moment,
        score=percent / 10,
        max_score=Decimal(10),
        percent=percent,
        passed=percent >= quiz.pass_mark,
    )
