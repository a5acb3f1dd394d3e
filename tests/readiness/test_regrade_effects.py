import datetime as dt
from typing import Any

import pytest

from people.models import User
from quizzes.enums import RegradeKind
from quizzes.models import Quiz, Regrade
from quizzes.regrading import plan
from readiness.regrade_effects import effects
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import (
    NOON,
    PublishedQuizFactory,
    finish_attempt,
    live,
    questions_of,
)
from tests.factories.readiness import QuizRequirementFactory

pytestmark = pytest.mark.django_db
LATER = NOON + dt.timedelta(days=1)


@pytest.fixture
def quiz() -> Quiz:
    return PublishedQuizFactory.create(pass_mark=80)


def regrade_of(quiz: Quiz, person: User, places: dict[int, int]) -> Regrade:
    finish_attempt(quiz, person, places)
    return plan(
        from_version=live(quiz),
        kind=RegradeKind.DISREGARD,
        item_id=questions_of(quiz)[0].uuid,
        reason="Flawed",
        by=TrainerFactory.create(),
        at=NOON,
    )


@pytest.mark.parametrize("min_percent", [None, 90])
def test_who_reaches_what_a_departure_requires(quiz: Quiz, min_percent: int | None) -> None:
    placement = PlacementFactory.create()
    QuizRequirementFactory.create(quiz=quiz, min_percent=min_percent)

    found = effects(regrade_of(quiz, placement.participant, {0: 1, 1: 0}), as_of=LATER)

    assert [(one.exchange, len(one.reach), len(one.miss)) for one in found] == [
        (placement.exchange, 1, 0)
    ]


def test_who_does_not_reach_it_any_more(quiz: Quiz) -> None:
    placement = PlacementFactory.create()
    QuizRequirementFactory.create(quiz=quiz, min_percent=50)

    found = effects(regrade_of(quiz, placement.participant, {0: 0, 1: 1}), as_of=LATER)

    assert [(len(one.reach), len(one.miss)) for one in found] == [(0, 1)]


def test_departures_that_are_over_or_ask_for_something_else_are_left_out(quiz: Quiz) -> None:
    placement = PlacementFactory.create()
    QuizRequirementFactory.create(quiz=PublishedQuizFactory.create())
    regrade = regrade_of(quiz, placement.participant, {0: 1, 1: 0})

    assert effects(regrade, as_of=LATER) == []
    QuizRequirementFactory.create(quiz=quiz)
    assert effects(regrade, as_of=LATER) != []
    assert effects(regrade, as_of=dt.datetime(2099, 1, 1, tzinfo=dt.UTC)) == []


@pytest.mark.parametrize("size", [1, 6])
def test_the_same_queries_whatever_the_number(
    quiz: Quiz, size: int, django_assert_num_queries: Any
) -> None:
    QuizRequirementFactory.create(quiz=quiz)
    for placement in PlacementFactory.create_batch(size):
        finish_attempt(quiz, placement.participant, {0: 1, 1: 0})
    regrade = regrade_of(quiz, ParticipantFactory.create(), {0: 1})

    # Lines / versions of requirement sets, quizzes that they name / placements.
    with django_assert_num_queries(4):
        effects(regrade, as_of=LATER)
