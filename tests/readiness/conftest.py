"""A placement, a set for everybody, and what a requirement can name."""

from decimal import Decimal
from typing import Any

import pytest

from exchanges.models import Placement
from quizzes.models import Quiz
from readiness.models import RequirementSet
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import LessonPageFactory
from tests.factories.readiness import RequirementSetFactory, published_quiz


@pytest.fixture
def placement() -> Placement:
    return PlacementFactory.create(participant__first_name="Ada", participant__last_name="Byron")


@pytest.fixture
def everybody() -> RequirementSet:
    return RequirementSetFactory.create(name="Everybody")


@pytest.fixture
def module(home_page: Any) -> Any:
    return LessonPageFactory.create(parent__title="Safety").get_parent().specific


@pytest.fixture
def quiz() -> Quiz:
    return published_quiz(title="Safety quiz", pass_mark=Decimal(80), minutes=12)
