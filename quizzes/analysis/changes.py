"""How much the same people changed from before to after. Plain Python.

Values come one pair at a time, so memory does not grow with the number of people.
"""

from dataclasses import dataclass
from math import sqrt

from quizzes.analysis.student import quantile

LEAST = 5
"""Fewer people than these say more about chance than about a course."""
LEVEL = 0.975
"""Of the two ends of an interval that holds with 95 %."""

MORE, LESS, UNCLEAR = "more", "less", "unclear"


@dataclass(frozen=True, slots=True)
class Change:
    """Means before and after, and the mean of each person's own change with its interval."""

    n: int
    before: float
    after: float
    mean: float
    sd: float
    low: float
    high: float

    @property
    def direction(self) -> str:
        """Say which way it went, where chance alone would hardly do it."""
        if self.low > 0:
            return MORE
        return LESS if self.high < 0 else UNCLEAR


@dataclass(slots=True)
class Sums:
    """What is known of the pairs so far, by Welford's method."""

    n: int = 0
    before: float = 0.0
    after: float = 0.0
    mean: float = 0.0
    squares: float = 0.0

    def add(self, before: float, after: float) -> None:
        self.n += 1
        self.before += before
        self.after += after
        away = after - before - self.mean
        self.mean += away / self.n
        self.squares += away * (after - before - self.mean)

    def change(self) -> Change | None:
        """Return the change with the interval of a paired t-test; None of fewer than LEAST."""
        if self.n < LEAST:
            return None
        sd = sqrt(self.squares / (self.n - 1))
        reach = quantile(LEVEL, self.n - 1) * sd / sqrt(self.n)
        return Change(
            n=self.n,
            before=self.before / self.n,
            after=self.after / self.n,
            mean=self.mean,
            sd=sd,
            low=self.mean - reach,
            high=self.mean + reach,
        )
