"""An institution with something in every state, built once for all the tests of access.

Names and texts are short in places and far too long in others, as they come in earnest.
"""

import datetime as dt
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from exchanges.enums import Audience
from exchanges.models import Exchange, Office, OfficeMembership, Placement
from interop.models import RosterUpload
from interop.roster.applying import Outcome
from interop.roster.models import TraceKind
from interop.roster.tracing import trace
from modules.blocks import LessonBlock
from modules.models import LessonPage, MaterialChange, ModulePage, WorkshopSession
from people import invitations
from people.models import User
from progress.models import ModuleRecord
from quizzes import attempts
from quizzes.enums import Purpose
from quizzes.marking import give_mark
from quizzes.models import Attempt, MarkComment, Quiz
from readiness import states
from readiness.enums import DeclarationKind, RequirementKind, Strength
from tests.factories.exchanges import (
    ExchangeFactory,
    InstitutionFactory,
    OfficeFactory,
    PlacementFactory,
    ProgrammeFactory,
)
from tests.factories.kinds import banked, open_text
from tests.factories.library import DocumentFactory
from tests.factories.modules import (
    CataloguePageFactory,
    ImmersionPreparationPageFactory,
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    WorkshopPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.people import (
    AdministratorFactory,
    CoordinatorFactory,
    InvitedFactory,
    ParticipantFactory,
    TrainerFactory,
)
from tests.factories.progress import LessonRecordFactory, ModuleRecordFactory
from tests.factories.quizzes import (
    WEIGHTS,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    QuizPairFactory,
    finish_attempt,
)
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    RequirementSetFactory,
    WaiverFactory,
    completed_module,
    finished_attempt,
)
from tests.interop.rosters import roster

LONG = "Universität für angewandte Verwaltungswissenschaften und grenzüberschreitendes Recht"
UNBROKEN = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

# Blocks whose preview shows the last fitting file of the library.
WITH_FILES = ("audio", "download", "video")


@dataclass
class World:
    """What the addresses of the pages name, and who looks at them."""

    people: dict[str, User] = field(default_factory=dict)
    addresses: dict[str, Any] = field(default_factory=dict)

    def address(self, pattern: str) -> str:
        return pattern.format(**self.addresses)


def build() -> World:
    world = World()
    now = timezone.now()
    _people(world)
    modules = _modules(world, at=now)
    quizzes = _quizzes(world, modules[0], at=now)
    _marking(world, at=now)
    exchange = _exchange(world, at=now)
    _requirements(world, modules, quizzes)
    _placements(world, exchange, modules, quizzes, at=now)
    _sign_in_pages(world, at=now)
    _rosters(world, at=now)
    states.keep(at=now)
    return world


def _people(world: World) -> None:
    world.people = {
        "busy": ParticipantFactory.create(
            first_name="Ana", last_name="Castellanos", called="Ani", pronouns="she/her"
        ),
        "ready": ParticipantFactory.create(first_name="Ben", last_name="Okafor"),
        "back": ParticipantFactory.create(first_name="Chiara", last_name="Moretti"),
        "long": ParticipantFactory.create(first_name="Wolfgang " * 4, last_name=UNBROKEN),
        "newcomer": ParticipantFactory.create(first_name="Noor", last_name="Visser"),
        "trainer": TrainerFactory.create(),
        "coordinator": CoordinatorFactory.create(),
        "administrator": AdministratorFactory.create(),
    }


def _modules(world: World, *, at: dt.datetime) -> list[ModulePage]:
    """A session with every block, a workshop with sessions, a preparation with a long title."""
    CataloguePageFactory.create()
    session = TrainingSessionPageFactory.create(title="Communication styles")
    for name in ("meeting.mp4", "meeting.mp3", "plan.pdf"):
        DocumentFactory.create(name=name)
    blocks = [
        {"type": name, "value": block.get_prep_value(block.get_preview_value())}
        for name, block in LessonBlock().child_blocks.items()
        if name in WITH_FILES or getattr(block.meta, "preview_value", None) is not None
    ]
    lesson = LessonPageFactory.create(parent=session, title="A first message", body=blocks)
    following = LessonPageFactory.create(parent=session, title=UNBROKEN, summary=LONG)
    workshop = WorkshopPageFactory.create(title="Story circle", for_faculty=True)
    LessonPageFactory.create(parent=workshop)
    coming = at + dt.timedelta(days=9)
    past = at - dt.timedelta(days=9)
    for starts_at in (coming, past):
        held = WorkshopSessionFactory.create(
            workshop=workshop,
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(minutes=90),
            link="https://meet.example/circle",
            seats=12,
        )
    long = ImmersionPreparationPageFactory.create(title=LONG, summary=f"{LONG} {UNBROKEN}")
    lesson_of_long = LessonPageFactory.create(parent=long)
    empty = TrainingSessionPageFactory.create(title="Not written yet")
    _addresses_of_modules(world, [session, workshop, long, empty], [lesson, following], held)
    LessonRecordFactory.create(
        participant=world.people["ready"], lesson=lesson_of_long, completed_at=at
    )
    return [session, workshop, long]


def _addresses_of_modules(
    world: World, modules: list[ModulePage], lessons: list[LessonPage], held: WorkshopSession
) -> None:
    session, workshop, long, empty = modules
    world.addresses |= {
        "session": session.url,
        "session_pk": session.pk,
        "workshop": workshop.url,
        "workshop_pk": workshop.pk,
        "long_module": long.url,
        "empty_module": empty.url,
        "lesson": lessons[0].url,
        "lesson_pk": lessons[0].pk,
        "long_lesson": lessons[1].url,
        "register": held.uuid,
    }


def _quizzes(world: World, module: ModulePage, *, at: dt.datetime) -> dict[str, Quiz]:
    kinds = [kind for kind in WEIGHTS if kind != "rating"]
    asked = [QuestionFactory.create(kind=kind) for kind in kinds]
    asked.append(QuestionFactory.create(stem=f"<p>{LONG} {UNBROKEN}</p>"))
    rating = [QuestionFactory.create(kind="rating") for _each in range(2)]
    quizzes = {
        "open": PublishedQuizFactory.create(title="Safety quiz", questions=asked),
        "done": PublishedQuizFactory.create(title="Contact quiz"),
        "last": PublishedQuizFactory.create(title="Last chance", max_attempts=1),
        "self": PublishedQuizFactory.create(
            title="Where I stand now", purpose=Purpose.SELF_ASSESSMENT, questions=rating
        ),
        "new": PublishedQuizFactory.create(title=LONG, introduction=f"<p>{UNBROKEN}</p>"),
        "draft": QuizFactory.create(title="Draft"),
    }
    ModuleQuizFactory.create(module=module, quiz=quizzes["open"])
    busy, ready = world.people["busy"], world.people["ready"]
    attempt = attempts.start(quiz=quizzes["open"], participant=busy, at=at)
    world.addresses |= {f"quiz_{name}": quiz.uuid for name, quiz in quizzes.items()}
    world.addresses |= {f"quiz_{name}_pk": quiz.pk for name, quiz in quizzes.items()}
    world.addresses |= {
        "attempt": attempt.uuid,
        "question_pk": asked[0].pk,
        "long_question": len(asked),
        "failed": _finished(quizzes["done"], busy, 1, at=at).uuid,
        "failed_for_good": _finished(quizzes["last"], busy, 1, at=at).uuid,
        "passed": _finished(quizzes["done"], ready, 0, at=at).uuid,
        "seen_myself": _finished(quizzes["self"], busy, 3, at=at).uuid,
    }
    _pair(world, busy, at=at)
    return quizzes


def _pair(world: World, person: User, *, at: dt.datetime) -> None:
    """A quiz that this person and four others have sat before and after."""
    quiz = PublishedQuizFactory.create(title="Before and after", purpose=Purpose.MEASURE)
    for one in (*ParticipantFactory.create_batch(4), person):
        _finished(quiz, one, 1, at=at)
        again = _finished(quiz, one, 0, at=at)
    pair = QuizPairFactory.create(before=quiz, after=quiz)
    world.addresses |= {"pair_pk": pair.pk, "sat_again": again.uuid}


def _marking(world: World, *, at: dt.datetime) -> None:
    """Texts that wait for a mark, one of them short and one far too long; and one marked."""
    item = open_text("essay")
    quiz = PublishedQuizFactory.create(title="What I learned", questions=[banked(item)])
    texts = {"busy": "I listen first.", "long": f"{LONG} {UNBROKEN} " * 20, "back": "I ask."}
    waiting = {}
    for name, text in texts.items():
        who = world.people[name]
        attempt = attempts.start(quiz=quiz, participant=who, at=at)
        attempts.save_answer(attempt=attempt, item_id=item.id, response=text, actor=who, at=at)
        waiting[name] = attempts.submit(attempt=attempt, actor=who, at=at)
    give_mark(
        attempt=waiting["back"], item_id=item.id, fraction=Decimal("0.5"), comment=LONG, at=at,
        levels={str(row.id): 1 for row in item.rubric}, by=world.people["trainer"], link_to="/",
    )  # fmt: skip
    MarkComment.objects.create(owner=world.people["trainer"], text=f"{LONG} {UNBROKEN}")
    world.addresses |= {
        "essay": item.id,
        "essay_quiz_pk": quiz.pk,
        **{f"essay_{name}": attempt.uuid for name, attempt in waiting.items()},
    }


def _finished(quiz: Quiz, user: User, place: int, *, at: dt.datetime) -> Attempt:
    return finish_attempt(quiz, user, {0: place, 1: place}, at=at)


def _exchange(world: World, *, at: dt.datetime) -> Exchange:
    host = InstitutionFactory.create(name="Harbour University")
    exchange = ExchangeFactory.create(
        host=host,
        programme=ProgrammeFactory.create(name="Student exchange"),
        start_date=at.date() + dt.timedelta(days=40),
        end_date=at.date() + dt.timedelta(days=160),
    )
    world.addresses |= {
        "exchange": exchange.uuid,
        "exchange_pk": exchange.pk,
        "institution_pk": host.pk,
        "programme_pk": exchange.programme.pk,
    }
    return exchange


def _requirements(world: World, modules: list[ModulePage], quizzes: dict[str, Quiz]) -> None:
    """Something of each kind and strength, due in the past and later; one lost its module."""
    asked = RequirementSetFactory.create(name="Every student", audience=Audience.STUDENT)
    world.addresses["requirement_set_pk"] = asked.pk

    def ask(factory: Any, **fields: Any) -> None:
        factory.create(requirement_set=asked, **fields)

    ask(RequirementFactory, module=modules[0].modulepage_ptr, offset_days=-30)
    ask(RequirementFactory, module=modules[1].modulepage_ptr, strength=Strength.SHOULD)
    ask(RequirementFactory, module=modules[2].modulepage_ptr, offset_days=-60)
    ask(QuizRequirementFactory, quiz=quizzes["done"], offset_days=-60)
    ask(QuizRequirementFactory, quiz=quizzes["last"])
    ask(QuizRequirementFactory, kind=RequirementKind.SELF_ASSESSMENT, quiz=quizzes["self"],
        min_percent=None, strength=Strength.CAN)  # fmt: skip
    for kind in DeclarationKind:
        is_insurance = kind == DeclarationKind.INSURANCE
        ask(DeclarationRequirementFactory, declaration=kind, needs_verification=is_insurance)


def _placements(
    world: World,
    exchange: Exchange,
    modules: list[ModulePage],
    quizzes: dict[str, Quiz],
    *,
    at: dt.datetime,
) -> None:
    office = OfficeFactory.create(name="International office")
    OfficeMembership.objects.create(office=office, user=world.people["coordinator"])
    OfficeMembership.objects.create(office=office, user=world.people["administrator"])
    placed = {
        name: PlacementFactory.create(
            participant=world.people[name], exchange=exchange, office=office
        )
        for name in ("busy", "ready", "long")
    }
    for number in range(4):
        PlacementFactory.create(exchange=exchange, office=office, own_start_date=None)
        _leave_later(office, number, at=at)
    past = ExchangeFactory.create(
        host=InstitutionFactory.create(name=LONG, country="JP", time_zone="Asia/Tokyo"),
        start_date=at.date() - dt.timedelta(days=200),
        end_date=at.date() - dt.timedelta(days=20),
    )
    PlacementFactory.create(participant=world.people["back"], exchange=past, office=office)
    PlacementFactory.create(participant=world.people["busy"], exchange=past, office=office)
    world.addresses |= {f"placement_{name}": one.omobility_id for name, one in placed.items()}
    world.addresses |= {
        "placement_pk": placed["busy"].pk,
        "office_pk": office.pk,
        "past_exchange": past.uuid,
    }
    _busy_with(placed["busy"], modules[0], at=at)
    _make_ready(placed["ready"], modules, quizzes, at=at)


def _leave_later(office: Office, number: int, *, at: dt.datetime) -> None:
    start = at.date() + dt.timedelta(days=60 + 7 * number)
    later = ExchangeFactory.create(start_date=start, end_date=start + dt.timedelta(days=90))
    PlacementFactory.create(exchange=later, office=office)


def _busy_with(placement: Placement, module: ModulePage, *, at: dt.datetime) -> None:
    """Begun, waiting for the office, and let off once."""
    ModuleRecordFactory.create(participant=placement.participant, module=module, started_at=at)
    DeclarationFactory.create(placement=placement, kind=DeclarationKind.INSURANCE, declared_at=at)
    WaiverFactory.create(placement=placement, granted_at=at)


def _make_ready(
    placement: Placement, modules: list[ModulePage], quizzes: dict[str, Quiz], *, at: dt.datetime
) -> None:
    user = placement.participant
    for module in modules:
        if not ModuleRecord.objects.filter(
            participant=user, module_key=module.translation_key
        ).exists():
            completed_module(module, user, at=at - dt.timedelta(days=30))
    ModuleRecord.objects.filter(participant=user).update(completed_at=at)
    MaterialChange.objects.create(
        page_key=modules[0].translation_key,
        revision_id=1,
        title=modules[0].title,
        note=LONG,
        language="en",
        published_at=at,
    )
    finished_attempt(quizzes["last"], user, percent="90", at=at)
    for kind in DeclarationKind:
        DeclarationFactory.create(
            placement=placement, kind=kind, declared_at=at, verified_at=at,
            verified_by=CoordinatorFactory.create(),
        )  # fmt: skip


def _sign_in_pages(world: World, *, at: dt.datetime) -> None:
    open_letter, used = invitations.write(
        [InvitedFactory.create(first_name="Ilse"), InvitedFactory.create()], by=None, at=at
    )
    used.invitation.revoked_at = at
    used.invitation.save()
    world.addresses |= {
        "invitation": open_letter.token,
        "closed_invitation": used.token,
        "invited": open_letter.invitation.user.uuid,
    }
    office = Office.objects.get(name="International office")
    PlacementFactory.create(participant=open_letter.invitation.user, office=office)


def _rosters(world: World, *, at: dt.datetime) -> None:
    good = {"sending_ounit": Office.objects.get(name="International office").code}
    for name, content in {
        "roster": roster(good, good | {"email": "not an address", "start_date": "soon"}),
        "imported": roster(good),
    }.items():
        upload = RosterUpload.objects.create(
            filename=f"{name}.csv",
            content=content,
            uploaded_by=world.people["coordinator"],
            uploaded_at=at,
        )
        world.addresses[name] = upload.uuid
    done = RosterUpload.objects.create(
        filename="done.csv",
        content=b"",
        uploaded_by=world.people["coordinator"],
        uploaded_at=at,
        applied_at=at,
        summary=asdict(Outcome(created=2)),
    )
    placements = Placement.objects.filter(office__code=good["sending_ounit"]).order_by("pk")
    made = placements.values_list("pk", flat=True)[:2]
    trace(done, before={}, touched={TraceKind.PLACEMENT: list(made)})
    world.addresses["roster_done"] = done.uuid
