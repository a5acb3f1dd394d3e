import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from readiness.dates import (
    FutureDateError,
    day_after,
    due_on,
    end_of_day,
    end_of_past_day,
)

MADRID = ZoneInfo("Europe/Madrid")


@pytest.mark.parametrize(
    ("phase", "days_before", "expected"),
    [
        ("before", 28, dt.date(2027, 2, 1)),
        ("before", 0, dt.date(2027, 3, 1)),
        ("during", 28, dt.date(2027, 6, 30)),
        ("after", 28, dt.date(2027, 8, 25)),
    ],
)
def test_each_phase_has_its_own_last_day(phase: str, days_before: int, expected: dt.date) -> None:
    stay = {"starts_on": dt.date(2027, 3, 1), "ends_on": dt.date(2027, 6, 30)}

    assert due_on(phase=phase, days_before=days_before, **stay) == expected


def test_a_day_ends_where_the_office_is() -> None:
    end = end_of_day(dt.date(2027, 2, 1), MADRID)

    assert end.astimezone(dt.UTC) == dt.datetime(2027, 2, 1, 22, 59, 59, 999999, tzinfo=dt.UTC)
    assert day_after(dt.date(2027, 2, 1), MADRID) - end == dt.timedelta(microseconds=1)


def test_a_day_on_which_the_clocks_change_still_ends_at_midnight() -> None:
    clocks_go_forward = dt.date(2027, 3, 28)

    lasts = end_of_day(clocks_go_forward, MADRID).astimezone(dt.UTC) - end_of_day(
        dt.date(2027, 3, 27), MADRID
    ).astimezone(dt.UTC)

    assert lasts == dt.timedelta(hours=23)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (dt.date(2027, 1, 31), dt.datetime(2027, 1, 31, 22, 59, 59, 999999, tzinfo=dt.UTC)),
        (dt.date(2027, 2, 1), dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC)),
    ],
)
def test_how_it_stood_on_a_day_is_asked_at_its_end_or_now(
    day: dt.date, expected: dt.datetime
) -> None:
    now = dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC)

    assert end_of_past_day(day, now=now, time_zone=MADRID) == expected


def test_nobody_knows_tomorrow() -> None:
    late = dt.datetime(2027, 2, 1, 23, 30, tzinfo=dt.UTC)  # the 2nd in Madrid

    assert end_of_past_day(dt.date(2027, 2, 2), now=late, time_zone=MADRID) == late
    with pytest.raises(FutureDateError):
        end_of_past_day(dt.date(2027, 2, 2), now=late, time_zone=dt.UTC)
