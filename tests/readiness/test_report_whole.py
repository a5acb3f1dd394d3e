import datetime as dt
from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from readiness import report
from readiness.enums import DeclarationKind, Strength
from readiness.models import RequirementSet
from readiness.verdicts import PlacementState, VerdictStatus
from tests.factories.exchanges import ExchangeFactory, OfficeFactory, PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    RequirementFactory,
    completed_module,
)
from tests.readiness.moments import JANUARY

pytestmark = pytest.mark.django_db


def test_an_exchange_counts_who_is_ready_and_what_is_missing_most(
    placement: Placement, everybody: RequirementSet
) -> None:
    exchange = placement.exchange
    second = PlacementFactory.create(exchange=exchange, leaves_home_on=dt.date(2027, 2, 26))
    PlacementFactory.create(exchange=exchange)
    DeclarationRequirementFactory.create(requirement_set=everybody)
    DeclarationRequirementFactory.create(
        requirement_set=everybody, declaration=DeclarationKind.VISA, needs_verification=True
    )
    for kind in (DeclarationKind.PASSPORT, DeclarationKind.VISA):
        DeclarationFactory.create(placement=second, kind=kind)
    found = report.build(exchange, as_of=JANUARY)

    assert (found.total, found.ready, found.not_ready) == (3, 0, 3)
    assert [(one.requirement.name, one.count) for one in found.missing] == [
        ("Visa", 3),
        ("Passport", 2),
    ]
    assert found.missing[0].turns == (("Office", 1), ("Participant", 2))
    assert (found.departs_on, found.days_to_departure) == (dt.date(2027, 2, 26), 42)
    assert found.counts[PlacementState.NOT_READY] == 3


def test_an_exchange_without_anybody_departs_when_it_starts() -> None:
    found = report.build(ExchangeFactory.create(), as_of=JANUARY)

    assert (found.total, found.departs_on, found.days_to_departure) == (
        0,
        dt.date(2027, 3, 1),
        45,
    )


def test_only_the_placements_that_a_reader_may_see_are_folded(placement: Placement) -> None:
    mine = OfficeFactory.create()
    own = PlacementFactory.create(exchange=placement.exchange, office=mine)

    found = report.build(
        placement.exchange, as_of=JANUARY, among=Placement.objects.filter(office=mine)
    )

    assert [one.placement_id for one in found.placements] == [own.pk]


def test_people_stand_in_alphabetical_order_the_cancelled_last(placement: Placement) -> None:
    for first, last, status in (
        ("Zoe", "Babbage", PlacementStatus.LIVE),
        ("Aba", "Abel", PlacementStatus.CANCELLED),
    ):
        PlacementFactory.create(
            exchange=placement.exchange,
            participant__first_name=first,
            participant__last_name=last,
            status=status,
        )
    found = report.build(placement.exchange, as_of=JANUARY)

    assert [one.participant_name for one in found.placements] == [
        "Zoe Babbage",
        "Ada Byron",
        "Aba Abel",
    ]


def test_a_report_cannot_be_changed(placement: Placement) -> None:
    found = report.build(placement.exchange, as_of=JANUARY)

    with pytest.raises(FrozenInstanceError):
        found.placements[0].state = PlacementState.READY  # type: ignore[misc]


def test_a_person_with_two_exchanges_sees_both_with_their_own_dates(
    placement: Placement, everybody: RequirementSet
) -> None:
    person = placement.participant
    later = PlacementFactory.create(
        participant=person,
        exchange__start_date=dt.date(2027, 9, 1),
        exchange__end_date=dt.date(2027, 12, 31),
        exchange__term="2027/2028-1/2",
    )
    earlier = PlacementFactory.create(
        participant=person,
        exchange__start_date=dt.date(2026, 9, 1),
        exchange__end_date=dt.date(2026, 12, 31),
        exchange__term="2026/2027-1/2",
    )
    cancelled = PlacementFactory.create(
        participant=person, status=PlacementStatus.CANCELLED, exchange__term=""
    )
    DeclarationRequirementFactory.create(requirement_set=everybody)
    DeclarationFactory.create(placement=placement)
    found = report.for_participant(person, as_of=JANUARY)

    assert [one.placement_id for one in found] == [
        placement.pk,
        later.pk,
        earlier.pk,
        cancelled.pk,
    ]
    assert [one.state for one in found] == [
        PlacementState.READY,
        PlacementState.NOT_READY,
        PlacementState.DEPARTED_UNREADY,
        PlacementState.CANCELLED,
    ]


def test_one_module_counts_for_both_exchanges(
    placement: Placement, everybody: RequirementSet, module: Any
) -> None:
    PlacementFactory.create(participant=placement.participant)
    RequirementFactory.create(requirement_set=everybody, module=module)
    completed_module(module, placement.participant, at=JANUARY)

    found = report.for_participant(placement.participant, as_of=JANUARY)

    assert [one.is_ready for one in found] == [True, True]


def test_a_stay_that_started_in_the_past_is_overdue_and_departed(
    everybody: RequirementSet,
) -> None:
    placement = PlacementFactory.create(
        exchange__start_date=dt.date(2020, 3, 1), exchange__end_date=dt.date(2020, 6, 30)
    )
    DeclarationRequirementFactory.create(requirement_set=everybody)
    found = report.for_placement(placement, as_of=JANUARY)

    assert found.cells[0].status == VerdictStatus.OVERDUE
    assert found.state == PlacementState.DEPARTED_UNREADY


def test_what_comes_next_is_what_blocks_and_is_due_first(
    placement: Placement, everybody: RequirementSet
) -> None:
    for kind, strength, days in (
        (DeclarationKind.INSURANCE, Strength.CAN, 60),
        (DeclarationKind.PASSPORT, Strength.SHALL, 14),
        (DeclarationKind.VISA, Strength.SHALL, 28),
    ):
        DeclarationRequirementFactory.create(
            requirement_set=everybody, declaration=kind, strength=strength, offset_days=-days
        )
    names = []
    for kind in (DeclarationKind.VISA, DeclarationKind.PASSPORT, DeclarationKind.INSURANCE):
        found = report.for_placement(placement, as_of=JANUARY).next_cell
        names.append(found.requirement.name if found else None)
        DeclarationFactory.create(placement=placement, kind=kind)

    assert names == ["Visa", "Passport", "Insurance"]
    assert report.for_placement(placement, as_of=JANUARY).next_cell is None
