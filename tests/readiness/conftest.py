"""A placement, a set for everybody, and what a requirement can name."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exchanges.models import OfficeMembership, Placement
from people.models import User
from quizzes.models import Quiz
from readiness import states
from readiness.models import RequirementSet
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import LessonPageFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import RequirementSetFactory, published_quiz


class FreshClient(Client):
    """A browser for tests whose factories write past the deeds: rows are made before each page.

    A test that counts queries sets `is_fresh` once the rows are there.
    """

    is_fresh = False

    def get(self, *args: Any, **kwargs: Any) -> Any:
        if not self.is_fresh:
            for _batch in states.rebuild(Placement.objects.all(), at=timezone.now()):
                pass
        return super().get(*args, **kwargs)


@pytest.fixture
def client() -> Client:
    return FreshClient()


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


@pytest.fixture
def office_coordinator(placement: Placement) -> User:
    """The coordinator who answers for the placement's office, and for no other."""
    user = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=placement.office, user=user)
    return user


@pytest.fixture
def desk(office_coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    """A browser in which that coordinator is signed in."""
    return signed_in(office_coordinator)
