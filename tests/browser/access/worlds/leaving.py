"""An exchange, what it asks, and people on it at every stage."""

import datetime as dt
from typing import Any

from exchanges.enums import Audience
from exchanges.models import Exchange, Office, OfficeMembership, Placement
from modules.models import MaterialChange, ModulePage
from progress.models import ModuleRecord
from quizzes.models import Quiz
from readiness.enums import DeclarationKind, RequirementKind, Strength
from tests.browser.access.worlds.names import LONG, World
from tests.factories.exchanges import (
    ExchangeFactory,
    InstitutionFactory,
    OfficeFactory,
    PlacementFactory,
    ProgrammeFactory,
)
from tests.factories.people import (
    CoordinatorFactory,
)
from tests.factories.progress import ModuleRecordFactory
from tests.factories.readiness import (
    ChangeOfPlanFactory,
    DeclarationFactory,
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    RequirementSetFactory,
    TravelAdviceFactory,
    WaiverFactory,
    completed_module,
    finished_attempt,
)


def plan_exchange(world: World, *, at: dt.datetime) -> Exchange:
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


def ask_for_everything(world: World, modules: list[ModulePage], quizzes: dict[str, Quiz]) -> None:
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


def place(
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
        "advice": TravelAdviceFactory.create(office=office).uuid,
        "plan_change": ChangeOfPlanFactory.create(placement=placed["long"]).uuid,
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
