"""The report asks the database the same number of times whatever the cohort's size."""

import datetime as dt
from typing import Any

import pytest

from exchanges.models import Exchange
from readiness import report
from readiness.enums import DeclarationKind
from readiness.models import RequirementSet
from tests.factories.exchanges import ExchangeFactory, OfficeFactory, PlacementFactory
from tests.factories.modules import LessonPageFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
    RequirementSetFactory,
    WaiverFactory,
    completed_module,
    finished_attempt,
    published_quiz,
)

pytestmark = pytest.mark.django_db

JANUARY = dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)


def cohort(size: int) -> Exchange:
    """An exchange, fresh from the database, with people half of whom have done everything."""
    exchange = ExchangeFactory.create()
    office = OfficeFactory.create()
    placements = PlacementFactory.create_batch(size, exchange=exchange, office=office)
    requirements = RequirementSet.objects.get().requirements.all()
    module, quiz = requirements[0].module, requirements[1].quiz
    for placement in placements[: size // 2]:
        completed_module(module, placement.participant, at=JANUARY)
        finished_attempt(quiz, placement.participant, percent="90", at=JANUARY)
        WaiverFactory.create(placement=placement, granted_by=placement.participant)
        DeclarationFactory.create(placement=placement, kind=DeclarationKind.VISA)
    return Exchange.objects.get(pk=exchange.pk)


@pytest.fixture
def requirements(home_page: Any) -> RequirementSet:
    one = RequirementSetFactory.create()
    module = LessonPageFactory.create().get_parent().specific
    RequirementFactory.create(requirement_set=one, module=module)
    QuizRequirementFactory.create(requirement_set=one, quiz=published_quiz())
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA):
        DeclarationRequirementFactory.create(requirement_set=one, declaration=kind)
    return one


QUERIES = 18
# 1-2   programmes and hosts of the exchanges
# 3     placements with participant, office and exchange
# 4-6   versions in force, their modules, their quizzes
# 7-8   the modules' outlines: lessons, quizzes
# 9-11  evidence: the published modules and their outlines (lessons, quizzes)
# 12-13 evidence: lesson records, module records
# 14-15 evidence: the rules of the quizzes, attempts
# 16    declarations
# 17    waivers
# 18    extensions


@pytest.mark.parametrize("size", [1, 10, 200])
def test_one_exchange_takes_the_same_queries_for_any_cohort(
    size: int, requirements: RequirementSet, django_assert_num_queries: Any
) -> None:
    report.build(ExchangeFactory.create(), as_of=JANUARY)  # Wagtail learns the sites' addresses
    exchange = cohort(size)

    with django_assert_num_queries(QUERIES):
        found = report.build(exchange, as_of=JANUARY)

    assert (found.total, len(found.requirements)) == (size, 4)
    assert sum(one.done for one in found.placements) == size // 2 * 4


@pytest.mark.parametrize("number", [1, 12])
def test_many_exchanges_take_no_more_queries_than_one(
    number: int, requirements: RequirementSet, django_assert_num_queries: Any
) -> None:
    report.build(ExchangeFactory.create(), as_of=JANUARY)
    exchanges = [cohort(2) for _ in range(number)]

    with django_assert_num_queries(QUERIES):
        found = report.build_many(exchanges, as_of=JANUARY)

    assert [one.exchange.id for one in found] == [one.pk for one in exchanges]


def test_a_persons_own_placements_take_no_more(
    requirements: RequirementSet, django_assert_num_queries: Any
) -> None:
    report.build(ExchangeFactory.create(), as_of=JANUARY)
    placement = PlacementFactory.create()
    PlacementFactory.create_batch(3, participant=placement.participant)

    with django_assert_num_queries(QUERIES - 2):  # programmes and hosts come with the placements
        found = report.for_participant(placement.participant, as_of=JANUARY)

    assert len(found) == 4
