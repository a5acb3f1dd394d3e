"""The participant's page: where, when, ready or not, and the one next step."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from wagtail.models import Site

from exchanges.enums import Audience, PlacementStatus
from exchanges.models import Placement
from home import dashboards
from modules.enums import Phase
from modules.models import ModuleDestination
from people.models import User
from readiness.enums import DeclarationKind, RequirementKind, Strength
from tests.factories.exchanges import ExchangeFactory, PlacementFactory
from tests.factories.modules import LessonPageFactory, TrainingSessionPageFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    RequirementFactory,
    RequirementSetFactory,
    completed_module,
    published_quiz,
)

pytestmark = pytest.mark.django_db

# The stay of the factories starts on 1 March 2027 in Stockholm.
JANUARY = dt.datetime(2027, 1, 12, 12, tzinfo=dt.UTC)


@pytest.fixture
def placement(participant: User) -> Placement:
    return PlacementFactory.create(participant=participant)


@pytest.fixture
def wanted() -> Any:
    """A set for everybody: every requirement made with it is asked of every placement."""
    return RequirementSetFactory.create()


def the_exchange(participant: User, at: dt.datetime = JANUARY) -> dashboards.MyExchange:
    [found] = dashboards.my_exchanges(participant, as_of=at)
    return found


def module_with_lessons(*minutes: int, **fields: Any) -> Any:
    module = TrainingSessionPageFactory.create(**fields)
    for each in minutes:
        LessonPageFactory.create(parent=module, minutes=each)
    return module


def test_without_a_placement_there_is_no_exchange(participant: User) -> None:
    PlacementFactory.create()

    assert dashboards.my_exchanges(participant, as_of=JANUARY) == []


def test_the_next_departure_comes_first_and_the_past_last(participant: User) -> None:
    days = {
        "past": (dt.date(2026, 1, 10), dt.date(2026, 6, 30)),
        "later": (dt.date(2027, 9, 1), dt.date(2028, 1, 31)),
        "next": (dt.date(2027, 2, 1), dt.date(2027, 6, 30)),
    }
    for code, (start, end) in days.items():
        exchange = ExchangeFactory.create(code=code, start_date=start, end_date=end)
        PlacementFactory.create(participant=participant, exchange=exchange)

    found = dashboards.my_exchanges(participant, as_of=JANUARY)

    assert [one.placement.exchange.code for one in found] == ["next", "later", "past"]
    assert [one.is_over for one in found] == [False, False, True]


def test_the_time_there_is_told(participant: User, placement: Placement) -> None:
    assert the_exchange(participant).local_time.strftime("%H:%M") == "13:00"


def test_tasks_stand_by_phase_in_the_order_they_are_due(
    participant: User, placement: Placement, wanted: Any
) -> None:
    for kind, phase in [
        (DeclarationKind.INSURANCE, Phase.AFTER),
        (DeclarationKind.VISA, Phase.BEFORE),
        (DeclarationKind.PASSPORT, Phase.BEFORE),
    ]:
        DeclarationRequirementFactory.create(
            requirement_set=wanted, declaration=kind, phase=phase, strength=Strength.SHALL
        )

    phases = the_exchange(participant).phases

    assert [
        (phase.label, [task.cell.requirement.name for task in phase.tasks]) for phase in phases
    ] == [("Before the stay", ["Visa", "Passport"]), ("After the return", ["Insurance"])]


def test_stops_are_spread_evenly_and_marked(
    participant: User, placement: Placement, wanted: Any
) -> None:
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA, DeclarationKind.INSURANCE):
        DeclarationRequirementFactory.create(requirement_set=wanted, declaration=kind)
    DeclarationRequirementFactory.create(
        requirement_set=wanted,
        declaration=DeclarationKind.EMERGENCY_CONTACT,
        strength=Strength.SHOULD,
    )
    DeclarationFactory.create(placement=placement, kind=DeclarationKind.PASSPORT)

    exchange = the_exchange(participant)

    assert exchange.stops == (
        dashboards.Stop("25.0%", "done"),
        dashboards.Stop("50.0%", "next"),
        dashboards.Stop("75.0%", "open"),
    )
    assert exchange.waits_for_me == 2
    assert exchange.waits_for_office == 0


def test_only_an_open_declaration_can_be_ticked(
    participant: User, placement: Placement, wanted: Any
) -> None:
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA):
        DeclarationRequirementFactory.create(requirement_set=wanted, declaration=kind)
    DeclarationFactory.create(placement=placement, kind=DeclarationKind.PASSPORT)

    [phase] = the_exchange(participant).phases
    passport, visa = phase.tasks

    assert passport.declare_url == ""
    assert visa.declare_url.endswith("/visa/declare/")
    assert visa.declaration.startswith("I have the visa")


def test_what_waits_for_the_office_is_not_the_next_step(
    participant: User, placement: Placement, wanted: Any
) -> None:
    RequirementFactory.create(requirement_set=wanted, kind=RequirementKind.MODULE)

    exchange = the_exchange(participant)

    assert exchange.waits_for_office == 1
    assert dashboards.next_step(exchange, participant, as_of=JANUARY) is None


def test_the_next_step_of_a_module_is_its_next_lesson(
    participant: User, placement: Placement, wanted: Any
) -> None:
    module = module_with_lessons(10, 15)
    RequirementFactory.create(requirement_set=wanted, module=module)
    first = module.get_children().first()

    step = dashboards.next_step(the_exchange(participant), participant, as_of=JANUARY)

    assert step is not None
    assert (step.title, step.part_of, step.minutes) == (first.title, module.title, 10)
    assert step.url == f"/learn/{module.slug}/{first.slug}/"


def test_the_next_step_of_a_quiz_is_the_quiz(
    participant: User, placement: Placement, wanted: Any
) -> None:
    quiz = published_quiz(title="Safety")
    RequirementFactory.create(
        requirement_set=wanted, kind=RequirementKind.QUIZ, quiz=quiz, min_percent=Decimal(80)
    )

    step = dashboards.next_step(the_exchange(participant), participant, as_of=JANUARY)

    assert step is not None
    assert (step.title, step.part_of) == ("Safety", "")
    assert step.url == f"/quizzes/{quiz.uuid}/"


def test_a_cancelled_exchange_asks_nothing(participant: User, wanted: Any) -> None:
    PlacementFactory.create(participant=participant, status=PlacementStatus.CANCELLED)
    DeclarationRequirementFactory.create(requirement_set=wanted)

    exchange = the_exchange(participant)

    assert exchange.placement.is_cancelled
    assert exchange.phases == ()
    assert exchange.stops == ()


def test_an_exchange_is_found_by_its_id_and_only_by_its_owner(
    participant: User, placement: Placement
) -> None:
    other = PlacementFactory.create()

    found = dashboards.my_exchange(participant, placement.omobility_id, as_of=JANUARY)
    assert found is not None
    assert found.placement.placement_id == placement.pk
    assert dashboards.my_exchange(participant, other.omobility_id, as_of=JANUARY) is None


@pytest.fixture
def request_of(participant: User, home_page: Any) -> HttpRequest:
    request = RequestFactory().get("/my/", SERVER_NAME=Site.objects.get().hostname)
    request.user = participant
    return request


def offered(request: HttpRequest, participant: User) -> list[str]:
    exchange = the_exchange(participant)
    return [module.title for module in dashboards.more_to_learn(request, exchange.placement)]


def test_more_is_offered_for_the_own_audience_and_destination(
    request_of: HttpRequest, participant: User, placement: Placement, wanted: Any
) -> None:
    required = module_with_lessons(5, title="Required")
    RequirementFactory.create(requirement_set=wanted, module=required)
    catalogue = required.get_parent()
    make = TrainingSessionPageFactory.create
    make(parent=catalogue, title="For everybody")
    make(parent=catalogue, title="For faculty", for_student=False, for_faculty=True)
    make(parent=catalogue, title="Draft", live=False)
    for title, country in (("Sweden", "SE"), ("Japan", "JP")):
        module = make(parent=catalogue, title=title)
        ModuleDestination.objects.create(module=module, country=country)

    assert placement.audience == Audience.STUDENT
    assert offered(request_of, participant) == ["For everybody", "Sweden"]


def test_at_most_four_are_offered(
    request_of: HttpRequest, participant: User, placement: Placement
) -> None:
    first = TrainingSessionPageFactory.create()
    for _each in range(5):
        TrainingSessionPageFactory.create(parent=first.get_parent())

    assert len(offered(request_of, participant)) == 4


def test_extras_are_neither_minutes_left_nor_the_next_step(
    participant: User, placement: Placement, wanted: Any
) -> None:
    module = module_with_lessons(5, 7, title="Self")
    LessonPageFactory.create(parent=module, minutes=30, is_extra=True)
    RequirementFactory.create(requirement_set=wanted, module=module)
    first = module.get_children().first().specific
    first.is_extra = True
    first.save_revision().publish()

    exchange = the_exchange(participant)

    assert exchange.placement.minutes_left == 7
    step = dashboards.next_step(exchange, participant, as_of=JANUARY)
    assert step is not None
    assert step.minutes == 7


def test_a_finished_module_counts_on_the_way(
    participant: User, placement: Placement, wanted: Any
) -> None:
    module = module_with_lessons(5)
    RequirementFactory.create(requirement_set=wanted, module=module)
    completed_module(module, participant, at=JANUARY - dt.timedelta(days=2))

    exchange = the_exchange(participant)

    assert exchange.placement.is_ready
    assert exchange.next_task is None
    assert [stop.mark for stop in exchange.stops] == ["done"]
