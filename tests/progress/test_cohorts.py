from collections.abc import Callable

import pytest
from django.test import Client

from people.models import User
from progress.cohorts import exchanges_as_cohorts
from quizzes.cohorts import cohorts_for
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.quizzes import PublishedQuizFactory, finish_attempt
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


def test_an_exchange_is_a_cohort_of_its_people(trainer: User) -> None:
    placement, other = PlacementFactory.create_batch(2)

    cohorts = {cohort.key: cohort for cohort in cohorts_for(trainer)}

    assert set(cohorts) == {str(placement.exchange.uuid), str(other.exchange.uuid)}
    found = cohorts[str(placement.exchange.uuid)]
    assert found.name == str(placement.exchange)
    assert found.people() == [placement.participant_id]


def test_a_coordinator_has_the_own_exchanges_only() -> None:
    placement = PlacementFactory.create()
    PlacementFactory.create()
    coordinator = CoordinatorFactory.create()
    coordinator.offices.set([placement.office])

    assert [one.key for one in exchanges_as_cohorts(coordinator)] == [str(placement.exchange.uuid)]


def test_the_analysis_looks_at_one_exchange(
    signed_in: Callable[[User], Client], trainer: User
) -> None:
    quiz = PublishedQuizFactory.create()
    placement, other = PlacementFactory.create_batch(2)
    for one in (placement, other):
        finish_attempt(quiz, one.participant, {0: 0})

    page = bank_url("quizzes:analysis", quiz.pk)
    shown = text(signed_in(trainer).get(f"{page}?cohort={placement.exchange.uuid}"))

    assert "1 attempt looked at." in shown
    assert f'<option value="{placement.exchange.uuid}" selected>' in shown
