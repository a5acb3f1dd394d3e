"""Which version of a set holds, and what publishing a new one would change."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchanges.models import Placement
from people.models import User
from readiness import report
from readiness.effects import to_csv
from readiness.enums import DeclarationKind
from readiness.errors import NothingNewError, PastDateError
from readiness.impact import impact
from readiness.models import RequirementSet
from readiness.publishing import has_news, proposal, publish
from readiness.rules.versions import in_force
from readiness.verdicts import PlacementState
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import DeclarationFactory, DeclarationRequirementFactory
from tests.readiness.moments import IN_MARCH, JANUARY

START = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
FEBRUARY = dt.datetime(2027, 2, 1, tzinfo=dt.UTC)
moments = st.integers(0, 60).map(lambda day: START + dt.timedelta(days=day))


@dataclass(frozen=True)
class Version:
    number: int
    effective_at: dt.datetime
    includes_abroad: bool = False


versions = st.lists(
    st.builds(Version, st.integers(1, 9), moments, st.booleans()),
    unique_by=lambda one: one.number,
    max_size=5,
)


@given(versions, moments, moments, st.randoms(use_true_random=False))
def test_what_holds_does_not_depend_on_the_order_and_has_begun(
    some: list[Version], as_of: dt.datetime, left_at: dt.datetime, random: st.DataObject
) -> None:
    shuffled = list(some)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = in_force(some, as_of=as_of, left_at=left_at)

    assert in_force(shuffled, as_of=as_of, left_at=left_at) == found
    if found:
        assert found.effective_at <= as_of
        assert found.includes_abroad or found.effective_at <= left_at


def test_who_left_before_is_left_alone_unless_chosen() -> None:
    first, second = Version(1, START), Version(2, FEBRUARY)
    left_at = START + dt.timedelta(days=10)

    assert in_force([first, second], as_of=IN_MARCH, left_at=left_at) == first
    everybody = Version(2, FEBRUARY, includes_abroad=True)
    assert in_force([first, everybody], as_of=IN_MARCH, left_at=left_at) == everybody
    assert in_force([first, second], as_of=START, left_at=IN_MARCH) == first


def add_visa(one: RequirementSet) -> None:
    DeclarationRequirementFactory.create(
        requirement_set=one, declaration=DeclarationKind.VISA, published=False
    )


def asked_of(placement: Placement, as_of: dt.datetime) -> list[str]:
    cells = report.for_placement(placement, as_of=as_of).cells
    return sorted(cell.requirement.name for cell in cells)


@pytest.mark.django_db
def test_a_draft_asks_nothing_until_it_is_published_and_what_held_before_stays(
    placement: Placement, everybody: RequirementSet, office_coordinator: User
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    add_visa(everybody)
    drafted = asked_of(placement, IN_MARCH)
    publish(requirement_set=everybody, by=office_coordinator, at=JANUARY, effective_at=FEBRUARY)

    assert drafted == ["Passport"]
    assert not has_news(everybody)
    assert asked_of(placement, JANUARY) == ["Passport"]
    assert asked_of(placement, IN_MARCH) == ["Passport", "Visa"]


@pytest.mark.django_db
def test_a_placement_that_has_left_keeps_the_version_it_left_with(
    placement: Placement, everybody: RequirementSet
) -> None:
    abroad = PlacementFactory.create(
        exchange=placement.exchange, office=placement.office, leaves_home_on=dt.date(2027, 1, 5)
    )
    DeclarationRequirementFactory.create(requirement_set=everybody)
    add_visa(everybody)
    publish(requirement_set=everybody, by=None, at=JANUARY, effective_at=FEBRUARY)

    assert asked_of(abroad, IN_MARCH) == ["Passport"]
    assert asked_of(placement, IN_MARCH) == ["Passport", "Visa"]


@pytest.mark.django_db
def test_the_same_again_is_no_version_and_the_past_stays_as_it_was(
    everybody: RequirementSet,
) -> None:
    with pytest.raises(NothingNewError):
        publish(requirement_set=everybody, by=None, at=JANUARY, effective_at=JANUARY)
    add_visa(everybody)
    with pytest.raises(PastDateError):
        publish(
            requirement_set=everybody,
            by=None,
            at=JANUARY,
            effective_at=JANUARY - dt.timedelta(days=3),
        )

    assert everybody.versions.count() == 1


@pytest.mark.django_db
def test_the_preview_says_for_whom_what_changes(
    placement: Placement, everybody: RequirementSet
) -> None:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    DeclarationFactory.create(placement=placement)
    unready = PlacementFactory.create(exchange=placement.exchange, office=placement.office)
    hidden = PlacementFactory.create(exchange=placement.exchange)
    own = Placement.objects.filter(office=placement.office)
    add_visa(everybody)
    proposed = proposal(everybody, effective_at=JANUARY, includes_abroad=False, by=None, at=JANUARY)
    found = impact(proposed, at=JANUARY, among=own)
    effects = {one.omobility_id: one for one in found.effects}

    assert found.looked_at == 2
    assert hidden.omobility_id not in effects
    ready = effects[placement.omobility_id]
    assert (ready.before, ready.after) == (PlacementState.READY, PlacementState.NOT_READY)
    assert ready.added == ("Visa",)
    assert effects[unready.omobility_id].before == effects[unready.omobility_id].after
    assert found.transitions[0][2] == 1
    assert "asked in addition: Visa" in to_csv(found)
    assert everybody.versions.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 8])
def test_the_preview_takes_the_same_queries_for_any_cohort(
    size: int, placement: Placement, everybody: RequirementSet, django_assert_num_queries: object
) -> None:
    PlacementFactory.create_batch(size, exchange=placement.exchange, office=placement.office)
    add_visa(everybody)
    proposed = proposal(everybody, effective_at=JANUARY, includes_abroad=False, by=None, at=JANUARY)
    # 1-2 versions now and proposed; 3-4 people in the draft's and the present scope (the
    # same here, so one); then twice placements, declarations, waivers, extensions
    with django_assert_num_queries(11):  # type: ignore[operator]
        impact(proposed, at=JANUARY, among=Placement.objects.all())
