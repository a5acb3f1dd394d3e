import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from exchanges.enums import PlacementStatus
from exchanges.models import OfficeMembership, Placement
from people.models import User
from readiness import waivers
from readiness.errors import (
    CancelledError,
    NoReasonError,
    NotAllowedError,
    NotAskedError,
    PastDateError,
)
from readiness.models import RequirementSet, RequirementSetVersion, Waiver
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import DeclarationRequirementFactory, WaiverFactory

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2027, 1, 10, 12, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(days=1)
KEY = "declaration:passport"


@pytest.fixture
def placement() -> Placement:
    DeclarationRequirementFactory.create()
    return PlacementFactory.create()


@pytest.fixture
def of_office(placement: Placement) -> User:
    user = CoordinatorFactory.create()
    OfficeMembership.objects.create(office=placement.office, user=user)
    return user


def grant(placement: Placement, by: User, **fields: Any) -> Waiver:
    wanted = {
        "requirement_key": KEY,
        "reason": "Travels with an identity card.",
        "at": NOON,
        **fields,
    }
    return waivers.grant(placement=placement, by=by, **wanted)


def test_a_waiver_says_what_why_who_and_until_when(placement: Placement, of_office: User) -> None:
    made = grant(placement, of_office, until=dt.date(2027, 2, 1), reason="  An identity card. ")

    assert (made.requirement_key, made.requirement_name) == (KEY, "Passport")
    assert (made.reason, made.granted_by) == ("An identity card.", of_office)
    assert (made.granted_at, made.until) == (NOON, dt.date(2027, 2, 1))


def test_the_same_waiver_twice_is_one(placement: Placement, of_office: User) -> None:
    assert grant(placement, of_office).pk == grant(placement, of_office, at=LATER).pk


def test_another_reason_replaces_the_waiver_and_keeps_the_old_one_as_history(
    placement: Placement, of_office: User
) -> None:
    grant(placement, of_office)
    grant(placement, of_office, reason="Has two passports.", at=LATER)
    old, new = placement.waivers.order_by("pk")

    assert (old.withdrawn_at, old.withdrawn_by) == (LATER, of_office)
    assert (new.withdrawn_at, new.reason) == (None, "Has two passports.")


def test_a_waiver_that_has_run_out_can_be_granted_anew(
    placement: Placement, of_office: User
) -> None:
    grant(placement, of_office, until=dt.date(2027, 1, 10))
    renewed = grant(placement, of_office, until=dt.date(2027, 3, 1), at=LATER)

    assert (placement.waivers.count(), renewed.until) == (2, dt.date(2027, 3, 1))


def test_withdrawing_says_who_and_when_and_is_done_once(
    placement: Placement, of_office: User, administrator: User
) -> None:
    made = grant(placement, of_office)
    for by, at in ((of_office, LATER), (administrator, LATER + dt.timedelta(days=1))):
        waivers.withdraw(placement=placement, requirement_key=KEY, by=by, at=at)
    made.refresh_from_db()

    assert (made.withdrawn_at, made.withdrawn_by) == (LATER, of_office)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_waiver_needs_a_reason(placement: Placement, of_office: User, reason: str) -> None:
    with pytest.raises(NoReasonError):
        grant(placement, of_office, reason=reason)


def test_a_waiver_cannot_have_ended_already(placement: Placement, of_office: User) -> None:
    with pytest.raises(PastDateError):
        grant(placement, of_office, until=dt.date(2027, 1, 9))


def test_only_what_is_asked_can_be_waived(placement: Placement, of_office: User) -> None:
    with pytest.raises(NotAskedError):
        grant(placement, of_office, requirement_key="declaration:visa")


def test_nothing_is_waived_for_a_cancelled_placement(placement: Placement, of_office: User) -> None:
    Placement.objects.update(status=PlacementStatus.CANCELLED)

    with pytest.raises(CancelledError):
        grant(placement, of_office)


def test_only_who_answers_for_the_office_waives(
    placement: Placement, of_office: User, coordinator: User, trainer: User
) -> None:
    made = grant(placement, of_office)
    for other in (placement.participant, coordinator, trainer):
        with pytest.raises(NotAllowedError):
            grant(placement, other, reason="Because I can.")
        with pytest.raises(NotAllowedError):
            waivers.withdraw(placement=placement, requirement_key=KEY, by=other, at=LATER)
    made.refresh_from_db()

    assert made.withdrawn_at is None


def test_a_waiver_outlives_the_set_that_asked(placement: Placement, of_office: User) -> None:
    grant(placement, of_office)
    RequirementSetVersion.objects.all().delete()
    RequirementSet.objects.all().delete()

    assert placement.waivers.get().requirement_name == "Passport"


def test_the_database_allows_one_standing_waiver(placement: Placement) -> None:
    WaiverFactory.create(placement=placement)

    with pytest.raises(IntegrityError), transaction.atomic():
        WaiverFactory.create(placement=placement)
