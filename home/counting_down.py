"""The days until somebody leaves, as a line with a mark for each week or month. Plain Python."""

from dataclasses import dataclass

WEEK, MONTH = 7, 30
WEEKS_AT_MOST = 26


@dataclass(frozen=True, slots=True)
class Countdown:
    """`marks` are the places on the line from today (0 %) to the departure (100 %)."""

    days: int
    marks: tuple[str, ...]


def count_down(days: int) -> Countdown:
    """Return the line for so many days: a mark a week, or a month where weeks would crowd it.

    Marks are counted back from the departure, so that the first piece is the one that is
    not whole any more. Nothing is drawn once the day has come.
    """
    apart = WEEK if days <= WEEK * WEEKS_AT_MOST else MONTH
    left = range(apart, days, apart)
    return Countdown(days, tuple(f"{100 * (days - back) / days:.1f}%" for back in reversed(left)))
