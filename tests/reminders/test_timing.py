import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from reminders.timing import BadDaysError, Plan, days_in, plan_of, reach

MADRID, TOKYO = ZoneInfo("Europe/Madrid"), ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize(
    ("words", "days"),
    [("14, 3", (14, 3)), ("14 3,3", (14, 3)), ("", ()), (" 0 ", (0,)), ("365", (365,))],
)
def test_days_are_read(words: str, days: tuple[int, ...]) -> None:
    assert days_in(words) == days


@pytest.mark.parametrize("words", ["-3", "two", "3.5", "366", "²"])
def test_what_is_no_number_of_days_is_refused(words: str) -> None:
    with pytest.raises(BadDaysError):
        days_in(words)


def test_the_most_urgent_step_comes_first_and_no_day_after_is_the_day_itself() -> None:
    plan = plan_of("3, 14, 0", "8, 0", wakes=7, rests=21, is_paused=True)

    assert plan == Plan(steps=(-8, -1, 0, 3, 14), wakes=7, rests=21, is_paused=True)


@pytest.mark.parametrize(("step", "days"), [(14, 15), (0, 1), (-1, 0), (-8, -7)])
def test_a_step_begins_with_its_whole_day(step: int, days: int) -> None:
    assert reach(step) == dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("at", "zone", "leaves"),
    [
        ("2027-01-20T12:00+00:00", MADRID, "2027-01-20T12:00+00:00"),
        ("2027-01-20T07:00+00:00", MADRID, "2027-01-20T07:00+00:00"),
        ("2027-01-20T06:59+00:00", MADRID, "2027-01-20T07:00+00:00"),
        ("2027-01-20T19:00+00:00", MADRID, "2027-01-21T07:00+00:00"),
        ("2027-01-20T12:00+00:00", TOKYO, "2027-01-20T23:00+00:00"),
        # The night in which the clocks go forward.
        ("2027-03-27T23:00+00:00", MADRID, "2027-03-28T06:00+00:00"),
    ],
)
def test_at_night_it_waits_for_the_morning(at: str, zone: ZoneInfo, leaves: str) -> None:
    moment = dt.datetime.fromisoformat(at)

    assert Plan().next_waking(moment, zone) == dt.datetime.fromisoformat(leaves)
    assert Plan().is_awake(moment, zone) == (at == leaves)
