"""Somebody of whom a passport is asked by 1 February 2027, and who has to remind them."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from exchanges.models import OfficeMembership, Placement
from people.models import User
from readiness import states
from reminders.reminding import remind_due
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import DeclarationRequirementFactory

PASSPORT = "declaration:passport"


def on(month: int, day: int, hour: int = 12, minute: int = 0) -> dt.datetime:
    """A moment of 2027."""
    return dt.datetime(2027, month, day, hour, minute, tzinfo=dt.UTC)


def run(at: dt.datetime) -> int:
    """Bring the rows up to date, as the clock does, and remind; returns the letters."""
    states.refresh(Placement.objects.values_list("pk", flat=True), at=at)
    return remind_due(at=at)


@pytest.fixture
def placement(db: None) -> Placement:
    DeclarationRequirementFactory.create()
    return PlacementFactory.create(
        participant__first_name="Ada",
        participant__last_name="Byron",
        participant__time_zone="Europe/Madrid",
    )


@pytest.fixture
def office_coordinator(placement: Placement) -> User:
    user = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=placement.office, user=user)
    return user


@pytest.fixture
def desk(office_coordinator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(office_coordinator)
