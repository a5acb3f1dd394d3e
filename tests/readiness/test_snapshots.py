"""Frozen states, and the history of every change with its cause."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from people.models import User
from readiness import declarations, history, report, snapshots
from readiness.enums import DeclarationKind, Occasion
from readiness.errors import CancelledError, NoReasonError, NotAllowedError
from readiness.models import Declaration, RequirementSet, Snapshot, StateChange
from readiness.rules.changes import Status, changes
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import CoordinatorFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    SnapshotFactory,
)
from tests.readiness.moments import IN_MARCH, JANUARY

KEY = "declaration:passport"
statuses = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["met", "pending"]))


@given(statuses, statuses)
def test_the_changes_lead_from_one_state_to_the_other(
    before: dict[str, str], after: dict[str, str]
) -> None:
    found = changes(before, {key: Status(key, status) for key, status in after.items()})
    replayed = dict(before)
    for change in found:
        assert replayed.get(change.key, "") == change.before != change.after
        replayed[change.key] = change.after

    assert {key: status for key, status in replayed.items() if status} == after
    assert (found == ()) == (before == after)


@pytest.fixture
def passport(everybody: RequirementSet) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)


@pytest.mark.django_db
@pytest.mark.usefixtures("passport")
def test_a_change_is_written_down_once_with_its_cause(placement: Placement) -> None:
    def record(at: dt.datetime) -> int:
        return history.record([report.for_placement(placement, as_of=at)], at=at)

    first, again = record(JANUARY), record(JANUARY)
    declarations.declare(
        placement=placement, kind=DeclarationKind.PASSPORT, by=placement.participant, at=JANUARY
    )
    newest = StateChange.objects.order_by("-pk")[0]

    assert (first, again) == (1, 0)
    assert (newest.state_before, newest.state_after) == ("not_ready", "ready")
    assert newest.causes == [
        {
            "key": KEY,
            "name": "Passport",
            "before": "pending",
            "after": "met",
            "since": JANUARY.isoformat(),
        }
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 6])
def test_the_history_takes_the_same_queries_for_any_cohort(
    size: int, placement: Placement, django_assert_num_queries: Any
) -> None:
    PlacementFactory.create_batch(size, exchange=placement.exchange)
    folded = report.build(placement.exchange, as_of=JANUARY).placements
    with django_assert_num_queries(2):  # the newest change of each; the new ones
        history.record(folded, at=JANUARY)


@pytest.mark.django_db
@pytest.mark.usefixtures("passport")
def test_a_sign_off_freezes_and_stays_what_it_was(
    placement: Placement, office_coordinator: User
) -> None:
    taken = snapshots.sign_off(placement=placement, by=office_coordinator, at=JANUARY)
    again = snapshots.sign_off(placement=placement, by=office_coordinator, at=IN_MARCH)
    DeclarationFactory.create(placement=placement)
    frozen = Snapshot.objects.get()

    assert taken == again == frozen
    assert frozen.content["state"] == "not_ready"
    assert snapshots.is_intact(frozen)
    frozen.content["state"] = "ready"
    assert not snapshots.is_intact(frozen)


@pytest.mark.django_db
def test_a_sign_off_is_revoked_with_a_reason_and_given_anew(
    placement: Placement, office_coordinator: User
) -> None:
    first = snapshots.sign_off(placement=placement, by=office_coordinator, at=JANUARY)
    with pytest.raises(NoReasonError):
        snapshots.revoke(placement=placement, reason=" ", by=office_coordinator, at=JANUARY)
    snapshots.revoke(placement=placement, reason="Too soon.", by=office_coordinator, at=JANUARY)
    second = snapshots.sign_off(placement=placement, by=office_coordinator, at=JANUARY)

    assert first != second
    assert Snapshot.objects.count() == 2


@pytest.mark.django_db
def test_only_the_own_office_signs_off_and_nobody_a_cancelled_placement(
    placement: Placement, office_coordinator: User
) -> None:
    with pytest.raises(NotAllowedError):
        snapshots.sign_off(placement=placement, by=CoordinatorFactory.create(), at=JANUARY)
    Placement.objects.update(status=PlacementStatus.CANCELLED)
    with pytest.raises(CancelledError):
        snapshots.sign_off(placement=placement, by=office_coordinator, at=JANUARY)


@pytest.mark.django_db
@pytest.mark.usefixtures("passport")
def test_who_has_left_is_frozen_once_as_of_the_end_of_that_day(placement: Placement) -> None:
    evening = dt.datetime(2027, 3, 1, 22, 30, tzinfo=dt.UTC)  # 23:30 in Madrid
    too_late = dt.datetime(2027, 3, 2, 9, tzinfo=dt.UTC)
    early = snapshots.take_at_departure(at=evening)
    DeclarationFactory.create(placement=placement, declared_at=too_late)
    taken = snapshots.take_at_departure(at=IN_MARCH)
    again = snapshots.take_at_departure(at=IN_MARCH)
    frozen = Snapshot.objects.get()

    assert (early, taken, again) == (0, 1, 0)
    assert frozen.occasion == Occasion.DEPARTURE
    assert frozen.content["cells"][0]["status"] == "overdue"
    assert Declaration.objects.exists()
    with pytest.raises(IntegrityError):
        SnapshotFactory.create(placement=placement)


@pytest.mark.django_db
def test_the_desk_signs_off_reads_and_revokes(desk: Client, placement: Placement) -> None:
    def url(name: str, *more: Any) -> str:
        return reverse(f"departures:{name}", args=[placement.omobility_id, *more])

    desk.post(url("freeze"), {"note": "All seen."})
    frozen = Snapshot.objects.get()
    page = desk.get(url("placement")).content.decode()
    shown = desk.get(url("snapshot", frozen.pk)).content.decode()
    silent = desk.post(url("revoke"), {"reason": ""})
    desk.post(url("revoke"), {"reason": "Too soon."})
    revoked = desk.get(url("snapshot", frozen.pk)).content.decode()

    assert "Revoke the sign-off" in page
    assert "Unchanged since it was frozen." in shown
    assert "All seen." in shown
    assert silent.status_code == 200
    assert "Too soon." in revoked
    assert "Sign off this person" in desk.get(url("placement")).content.decode()


@pytest.mark.django_db
def test_a_snapshot_of_another_office_does_not_exist(desk: Client) -> None:
    other = SnapshotFactory.create()
    args = [other.placement.omobility_id]

    assert desk.get(reverse("departures:snapshot", args=[*args, other.pk])).status_code == 404
    assert desk.post(reverse("departures:freeze", args=args), {}).status_code == 404
    assert desk.post(reverse("departures:revoke", args=args), {"reason": "x"}).status_code == 404


@pytest.mark.django_db
@pytest.mark.usefixtures("passport")
def test_the_timeline_says_what_changed_the_state(desk: Client, placement: Placement) -> None:
    history.record([report.for_placement(placement, as_of=JANUARY)], at=JANUARY)
    StateChange.objects.update(noticed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    declarations.declare(
        placement=placement,
        kind=DeclarationKind.PASSPORT,
        by=placement.participant,
        at=dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
    )
    url = reverse("departures:placement", args=[placement.omobility_id])
    page = " ".join(desk.get(url).content.decode().split())

    assert "Not ready → Ready" in page
    assert "Passport: Met" in page
