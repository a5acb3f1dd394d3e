import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from readiness.charts import BAR, HEIGHT, STEP, Week, chart, weeks

MONDAY = dt.date(2027, 3, 1)


def leaving(*days_and_ready: tuple[int, bool]) -> Any:
    people = [
        SimpleNamespace(departs_on=MONDAY + dt.timedelta(days=day), is_ready=ready)
        for day, ready in days_and_ready
    ]
    return SimpleNamespace(active=people)


def test_people_are_counted_in_the_week_they_leave_in() -> None:
    found = weeks([leaving((0, True), (6, False), (7, True)), leaving((3, True))])

    assert found == (
        Week(MONDAY, ready=2, not_ready=1),
        Week(MONDAY + dt.timedelta(days=7), ready=1, not_ready=0),
    )


def test_weeks_without_departures_are_shown_as_gaps() -> None:
    assert [week.total for week in weeks([leaving((0, True), (21, True))])] == [1, 0, 0, 1]


def test_a_span_of_years_leaves_out_the_empty_weeks() -> None:
    assert [week.total for week in weeks([leaving((0, True), (2000, True))])] == [1, 1]


def test_no_departures_make_no_picture() -> None:
    assert weeks([]) == ()
    assert chart(()).highest == 0


def test_the_highest_week_fills_the_picture_and_the_others_are_in_proportion() -> None:
    found = chart((Week(MONDAY, 3, 1), Week(MONDAY + dt.timedelta(days=7), 0, 2)))
    first, second = found.bars

    assert (first.ready_height, first.not_ready_height) == (HEIGHT * 3 // 4, HEIGHT // 4)
    assert (first.not_ready_y, first.ready_y) == (0, HEIGHT // 4)
    assert (second.ready_height, second.not_ready_height) == (0, HEIGHT // 2)
    assert second.x - first.x == STEP
    assert (found.width, found.bar_width, found.highest) == (2 * STEP, BAR, 4)
    assert found.frame_height > found.height


@pytest.mark.parametrize(("length", "named"), [(1, 1), (2, 1), (12, 6), (32, 8), (60, 8)])
def test_as_many_weeks_are_named_as_there_is_room_for(length: int, named: int) -> None:
    row = tuple(Week(MONDAY + dt.timedelta(weeks=n), 1, 0) for n in range(length))

    assert [bar.is_named for bar in chart(row).bars].count(True) == named
