"""Changing a plan: what is previewed, what is written, who is told, and what is taken back."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from exchanges.enums import PlacementStatus, StayForm
from exchanges.models import Exchange, Placement
from jobs.models import OutgoingMail
from people.models import User
from readiness import declarations, report
from readiness.enums import DeclarationKind
from readiness.errors import (
    AlreadyThereError,
    ChangedMeanwhileError,
    LeftError,
    MisfitError,
    NoReasonError,
    NotAllowedError,
    NothingNewError,
    WorkedOnError,
)
from readiness.models import ChangeOfPlan, RequirementSet, StateChange, StateRow
from readiness.replanning.changing import change, take_back
from readiness.replanning.previewing import preview
from readiness.replanning.proposals import for_exchange, for_placements, moved_to
from readiness.verdicts import PlacementState
from tests.factories.exchanges import ExchangeFactory, InstitutionFactory, PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    RequirementSetFactory,
)
from tests.readiness.moments import IN_MARCH, JANUARY

pytestmark = pytest.mark.django_db

LATER = dt.date(2027, 4, 1)
LATER_END = dt.date(2027, 7, 31)
MOVED = {"start_date": LATER, "end_date": LATER_END}


@pytest.fixture(autouse=True)
def passport(everybody: RequirementSet) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)


@pytest.fixture
def japan() -> RequirementSet:
    """A set that asks for a visa of everybody who goes to Japan."""
    one = RequirementSetFactory.create(name="Japan", country="JP")
    DeclarationRequirementFactory.create(requirement_set=one, declaration=DeclarationKind.VISA)
    return one


def own(placement: Placement) -> Any:
    return Placement.objects.filter(pk=placement.pk)


def changed(proposal: Any, by: User, at: dt.datetime = JANUARY, **more: Any) -> ChangeOfPlan:
    return change(proposal=proposal, reason="The host asked for it.", by=by, at=at, **more)


def test_the_preview_says_what_moves_and_writes_nothing(placement: Placement) -> None:
    found = preview(for_exchange(placement.exchange, MOVED, at=JANUARY), at=JANUARY)

    (effect,) = found.effects
    assert found.looked_at == 1
    assert [part.name for part in effect.plan] == ["leaves_on", "starts_on", "ends_on"]
    assert effect.moved == ("Passport (due by 4 March 2027 instead of 1 February 2027)",)
    assert "Stay starts: 1 April 2027 instead of 1 March 2027" in effect.in_words
    placement.exchange.refresh_from_db()
    assert placement.exchange.start_date == dt.date(2027, 3, 1)


def test_moved_dates_move_what_is_due_and_keep_what_is_done(
    placement: Placement, office_coordinator: User
) -> None:
    DeclarationFactory.create(placement=placement)
    made = changed(for_exchange(placement.exchange, MOVED, at=JANUARY), office_coordinator)

    stands = report.for_placement(placement, as_of=JANUARY)
    assert stands.starts_on == LATER
    assert stands.cells[0].due_on == dt.date(2027, 3, 4)
    assert stands.state == PlacementState.READY
    assert StateRow.objects.get(placement=placement).departs_on == LATER
    made.refresh_from_db()
    assert made.fields["start_date"] == ["2027-03-01", "2027-04-01"]
    (effect,) = made.effects.all()
    assert (effect.state_before, effect.state_after) == ("ready", "ready")
    assert effect.lines[0]["after"] == "2027-03-04"


def test_own_days_go_along_with_those_of_the_exchange(
    placement: Placement, office_coordinator: User
) -> None:
    own(placement).update(leaves_home_on="2027-02-26", own_end_date="2027-06-15")
    changed(for_exchange(placement.exchange, MOVED, at=JANUARY), office_coordinator)

    placement.refresh_from_db()
    assert placement.leaves_home_on == dt.date(2027, 3, 29)
    assert placement.own_end_date == dt.date(2027, 7, 16)


def test_own_days_that_would_not_fit_are_named(placement: Placement) -> None:
    own(placement).update(leaves_home_on="2027-02-26")
    with pytest.raises(MisfitError) as refused:
        for_exchange(
            placement.exchange,
            {"start_date": dt.date(2027, 2, 1)},
            at=JANUARY,
            moves_own=False,
        )

    assert refused.value.names == ["Ada Byron"]


def test_who_has_left_home_keeps_the_plan(placement: Placement, office_coordinator: User) -> None:
    later = PlacementFactory.create(
        exchange=placement.exchange, office=placement.office, own_start_date="2027-05-01"
    )
    proposal = for_exchange(placement.exchange, {"end_date": LATER_END}, at=IN_MARCH)
    made = changed(proposal, office_coordinator, at=IN_MARCH)

    placement.refresh_from_db()
    later.refresh_from_db()
    assert placement.end_date == dt.date(2027, 6, 30)
    assert later.end_date == LATER_END
    assert [one.to for one in OutgoingMail.objects.all()] == [later.participant.email]
    assert made.effects.get(placement=placement).plan == []


def test_who_has_left_home_gets_the_new_plan_if_that_is_wished(placement: Placement) -> None:
    proposal = for_exchange(
        placement.exchange, {"end_date": LATER_END}, at=IN_MARCH, includes_abroad=True
    )

    assert proposal.placements == {}
    assert [one.plan[0].name for one in preview(proposal, at=IN_MARCH).effects] == ["ends_on"]


def test_a_host_does_not_change_under_people_who_are_there(placement: Placement) -> None:
    with pytest.raises(LeftError):
        for_exchange(placement.exchange, {"host_id": InstitutionFactory.create().pk}, at=IN_MARCH)


def test_another_host_in_another_country_asks_for_other_things(
    placement: Placement, office_coordinator: User, japan: RequirementSet
) -> None:
    host = InstitutionFactory.create(name="Kyoto University", country="JP")
    found = for_exchange(placement.exchange, {"host_id": host.pk}, at=JANUARY)

    (effect,) = preview(found, at=JANUARY).effects
    assert effect.added == ("Visa",)
    changed(found, office_coordinator)
    letter = OutgoingMail.objects.get()
    assert "Host institution: Kyoto University instead of" in letter.text
    assert "Country: Japan instead of Sweden" in letter.text
    assert "Visa: due by 1 February 2027" in letter.text
    assert "The host asked for it." in letter.text


def test_an_exchange_that_is_there_already_cannot_be_made_twice(placement: Placement) -> None:
    other = ExchangeFactory.create(programme=placement.exchange.programme)
    with pytest.raises(ValidationError):
        for_exchange(placement.exchange, {"host_id": other.host_id}, at=JANUARY)


def test_a_cancelled_exchange_asks_nothing_and_says_so_once(
    placement: Placement, office_coordinator: User
) -> None:
    made = changed(
        for_exchange(placement.exchange, {}, cancels=True, at=JANUARY), office_coordinator
    )

    assert StateRow.objects.get(placement=placement).is_cancelled
    letter = OutgoingMail.objects.get()
    assert letter.subject.startswith("Cancelled: ")
    assert "Passport" not in letter.text
    assert made.effects.get().letter == f"{letter.subject}\n\n{letter.text}"


def test_an_exchange_that_goes_online_drops_what_only_travellers_need(
    placement: Placement, office_coordinator: User
) -> None:
    travel = RequirementSetFactory.create(name="Travel", stay_form=StayForm.ON_SITE)
    DeclarationRequirementFactory.create(
        requirement_set=travel, declaration=DeclarationKind.INSURANCE
    )
    proposal = for_exchange(placement.exchange, {"stay_form": StayForm.ONLINE}, at=JANUARY)
    (effect,) = preview(proposal, at=JANUARY).effects

    assert effect.removed == ("Insurance",)
    assert effect.plan[0].in_words == "Takes place: Online instead of At the host"
    changed(proposal, office_coordinator)
    assert "No longer asked of you:\n- Insurance" in OutgoingMail.objects.get().text


def test_people_are_told_in_their_own_language(
    placement: Placement, office_coordinator: User
) -> None:
    User.objects.filter(pk=placement.participant_id).update(language="de")
    changed(for_exchange(placement.exchange, MOVED, at=JANUARY), office_coordinator)

    assert "1. April 2027" in OutgoingMail.objects.get().text


def test_nobody_is_told_if_the_office_does_so_itself(
    placement: Placement, office_coordinator: User
) -> None:
    made = changed(
        for_exchange(placement.exchange, MOVED, at=JANUARY), office_coordinator, tells=False
    )

    assert not OutgoingMail.objects.exists()
    assert made.effects.get().letter == ""


def test_people_move_to_another_exchange_and_leave_their_own_days_behind(
    placement: Placement, office_coordinator: User, japan: RequirementSet
) -> None:
    own(placement).update(own_end_date="2027-05-31")
    other = ExchangeFactory.create(host__country="JP")
    made = changed(for_placements(own(placement), moved_to(other)), office_coordinator)

    placement.refresh_from_db()
    assert (placement.exchange, placement.own_end_date) == (other, None)
    assert made.exchange is None
    assert made.effects.get().plan[0] == [
        "exchange",
        str(Exchange.objects.exclude(pk=other.pk).get()),
        str(other),
    ]
    assert [line["name"] for line in made.effects.get().lines] == ["Visa"]


def test_nobody_is_twice_on_one_exchange(placement: Placement) -> None:
    there = PlacementFactory.create(participant=placement.participant)
    with pytest.raises(AlreadyThereError) as refused:
        for_placements(own(placement), moved_to(there.exchange))

    assert refused.value.names == ["Ada Byron"]


def test_the_guards_of_a_change(placement: Placement, office_coordinator: User) -> None:
    proposal = for_exchange(placement.exchange, MOVED, at=JANUARY)
    with pytest.raises(NothingNewError):
        for_exchange(placement.exchange, {"start_date": dt.date(2027, 3, 1)}, at=JANUARY)
    with pytest.raises(NoReasonError):
        change(proposal=proposal, reason=" ", by=office_coordinator, at=JANUARY)
    PlacementFactory.create(exchange=placement.exchange)
    with pytest.raises(NotAllowedError):
        changed(proposal, office_coordinator)

    assert not ChangeOfPlan.objects.exists()


def test_what_changed_meanwhile_is_not_overwritten(
    placement: Placement, office_coordinator: User
) -> None:
    proposal = for_exchange(placement.exchange, MOVED, at=JANUARY)
    Exchange.objects.update(start_date=dt.date(2027, 3, 2))
    with pytest.raises(ChangedMeanwhileError):
        changed(proposal, office_coordinator)

    assert not ChangeOfPlan.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_a_change_is_taken_back_by_a_new_one(
    placement: Placement, office_coordinator: User
) -> None:
    gone = PlacementFactory.create(
        exchange=placement.exchange, office=placement.office, status=PlacementStatus.CANCELLED
    )
    made = changed(
        for_exchange(placement.exchange, {}, cancels=True, at=JANUARY), office_coordinator
    )
    later = JANUARY + dt.timedelta(hours=1)
    back = take_back(made=made, reason="A mistake.", by=office_coordinator, at=later)

    placement.refresh_from_db()
    gone.refresh_from_db()
    assert placement.status == PlacementStatus.LIVE
    assert gone.status == PlacementStatus.CANCELLED
    assert back.takes_back == made
    assert ChangeOfPlan.objects.count() == 2
    with pytest.raises(WorkedOnError):
        take_back(made=made, reason="Again.", by=office_coordinator, at=later)


def test_what_people_have_worked_on_is_not_taken_back(
    placement: Placement, office_coordinator: User
) -> None:
    made = changed(for_exchange(placement.exchange, MOVED, at=JANUARY), office_coordinator)
    declarations.declare(
        placement=placement,
        kind=DeclarationKind.PASSPORT,
        by=placement.participant,
        at=JANUARY + dt.timedelta(days=1),
    )

    assert StateChange.objects.count() == 2
    with pytest.raises(WorkedOnError):
        take_back(
            made=made,
            reason="A mistake.",
            by=office_coordinator,
            at=JANUARY + dt.timedelta(days=2),
        )


@pytest.mark.parametrize("size", [1, 8])
def test_a_preview_takes_the_same_queries_for_any_cohort(
    size: int, placement: Placement, django_assert_num_queries: Any
) -> None:
    PlacementFactory.create_batch(size, exchange=placement.exchange, office=placement.office)
    proposal = for_exchange(placement.exchange, MOVED, at=JANUARY)
    # 1 people; 2 versions; then twice declarations, waivers, extensions
    with django_assert_num_queries(8):
        preview(proposal, at=JANUARY)
