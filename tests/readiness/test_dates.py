import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from readiness.dates import (
    Dates,
    Due,
    FutureDateError,
    day_after,
    end_of_day,
    end_of_past_day,
)

MADRID = ZoneInfo("Europe/Madrid")


DATES = Dates(
    starts_on=dt.date(2027, 3, 1),
    ends_on=dt.date(2027, 6, 30),
    leaves_on=dt.date(2027, 2, 26),
    accepted_on=dt.date(2026, 11, 2),
)


@pytest.mark.parametrize(
    ("event", "offset", "expected"),
    [
        ("start", -28, dt.date(2027, 2, 1)),
        ("start", 0, dt.date(2027, 3, 1)),
        ("leaves_home", -1, dt.date(2027, 2, 25)),
        ("acceptance", 14, dt.date(2026, 11, 16)),
        ("end", 56, dt.date(2027, 8, 25)),
    ],
)
def test_a_deadline_is_counted_from_its_event(event: str, offset: int, expected: dt.date) -> None:
    assert Due(event, offset).on(DATES) == expected


@pytest.mark.parametrize("event", ["leaves_home", "acceptance"])
def test_the_start_of_the_stay_stands_in_for_a_day_nobody_knows(event: str) -> None:
    unknown = replace(DATES, leaves_on=None, accepted_on=None)

    assert Due(event, -7).on(unknown) == dt.date(2027, 2, 22)


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe"])
@pytest.mark.parametrize("days", range(0, 370, 7))
def test_a_day_ends_when_the_next_begins_through_every_change_of_the_clocks(
    zone: str, days: int
) -> None:
    place, day = ZoneInfo(zone), dt.date(2027, 1, 3) + dt.timedelta(days=days)
    end, begin = end_of_day(day, place), day_after(day, place)

    assert begin.astimezone(dt.UTC) - end.astimezone(dt.UTC) == dt.timedelta(microseconds=1)
    assert end.date() == day


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
