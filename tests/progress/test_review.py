"""On which day which of the three sets is due. No database."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.review import (
    DAYS_IN_ALL,
    REST,
    ReviewSet,
    SetState,
    Taken,
    coming,
    due,
    mean,
    review_sets,
)

COMPLETED = dt.date(2026, 3, 2)


def on(day: int) -> dt.date:
    return COMPLETED + dt.timedelta(days=day)


def taken(day: int, percent: int | None = 80) -> Taken:
    return Taken(on(day), None if percent is None else Decimal(percent))


def sets(
    today: int, *sittings: Taken, skipped: frozenset[int] = frozenset()
) -> tuple[ReviewSet, ...]:
    return review_sets(completed_on=COMPLETED, sittings=sittings, skipped=skipped, today=on(today))


def due_number(found: tuple[ReviewSet, ...]) -> int | None:
    one = due(found)
    return one.number if one else None


@pytest.mark.parametrize(
    ("day", "number"),
    [(0, None), (2, None), (3, 1), (9, 1), (10, 2), (23, 2), (24, 3), (51, 3), (52, None)],
)
def test_the_sets_are_due_on_days_3_10_and_24(day: int, number: int | None) -> None:
    assert due_number(sets(day)) == number


def test_what_was_not_done_passes_by_and_nothing_piles_up() -> None:
    found = sets(24)

    assert [one.state for one in found] == [SetState.PASSED_BY, SetState.PASSED_BY, SetState.DUE]


def test_a_set_that_was_taken_is_not_due_again_and_the_next_keeps_its_day() -> None:
    found = sets(5, taken(4))

    assert [one.state for one in found] == [SetState.TAKEN, SetState.COMING, SetState.COMING]
    assert [one.opens_on for one in found] == [on(3), on(10), on(24)]


def test_a_late_sitting_moves_the_next_set_so_that_there_are_days_between() -> None:
    found = sets(10, taken(9))

    assert due(found) is None
    assert coming(found) == found[1]
    assert found[1].opens_on == on(9 + REST)
    assert due_number(sets(12, taken(9))) == 2


def test_the_first_sitting_in_its_time_counts_and_others_are_practice() -> None:
    before, first, again = taken(1, 20), taken(3, 60), taken(4, 100)

    [one, two, three] = sets(11, again, first, before)

    assert one.taken == first
    assert (two.state, three.state) == (SetState.DUE, SetState.COMING)


def test_skipping_leaves_out_that_set_alone_and_taking_it_all_the_same_counts() -> None:
    skipped = frozenset({1})

    assert due(sets(4, skipped=skipped)) is None
    assert due_number(sets(10, skipped=skipped)) == 2
    assert sets(5, taken(5), skipped=skipped)[0].state == SetState.TAKEN


def test_each_set_weighs_the_same_in_the_mean() -> None:
    assert mean(sets(30, taken(3, 50), taken(4, 0), taken(11, 100), taken(25, 60))) == 70
    assert mean(sets(30, taken(3, 50), taken(11, None))) == 50
    assert mean(sets(30)) is None


@given(
    today=st.integers(0, 80),
    days=st.lists(st.integers(0, 80), max_size=8),
    skipped=st.frozensets(st.integers(1, 3)),
)
def test_whatever_happened_there_are_three_in_order_and_one_is_due_at_most(
    today: int, days: list[int], skipped: frozenset[int]
) -> None:
    found = sets(today, *map(taken, days), skipped=skipped)

    assert [one.number for one in found] == [1, 2, 3]
    assert sum(one.state == SetState.DUE for one in found) <= 1
    assert found[-1].ends_on == on(DAYS_IN_ALL)
    taken_on = [one.taken.on for one in found if one.taken]
    assert all(later - earlier >= dt.timedelta(days=REST) for earlier, later in pairwise(taken_on))
    assert all(day <= on(today) for day in taken_on)
