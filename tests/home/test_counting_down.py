import pytest

from home.counting_down import count_down


def test_there_is_a_mark_for_each_week_counted_back_from_the_departure() -> None:
    assert count_down(28).marks == ("25.0%", "50.0%", "75.0%")
    assert count_down(10).marks == ("30.0%",)


def test_a_long_way_off_there_is_a_mark_for_each_month() -> None:
    assert len(count_down(182).marks) == 25
    assert len(count_down(300).marks) == 9


@pytest.mark.parametrize("days", [7, 1, 0, -5])
def test_within_the_last_week_the_line_is_plain(days: int) -> None:
    assert count_down(days).marks == ()
