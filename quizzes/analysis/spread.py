"""Means, spreads and how two values move together, over values with a count each.

Plain Python: no Django. Two passes and `fsum`, so that 100,000 values lose nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum, sqrt

SMALLEST = 1e-3
"""Scores are stored to four places: a spread below this is rounding, not difference."""

Pair = tuple[float, float, int]
"""Two values of one attempt, and how many attempts have just these."""


@dataclass(frozen=True, slots=True)
class Together:
    """How two values of the same attempts spread and go together; sample figures (n - 1)."""

    n: int
    mean_x: float
    mean_y: float
    variance_x: float
    variance_y: float
    covariance: float

    @property
    def correlation(self) -> float | None:
        """Pearson's r; None where one of the two does not vary."""
        sd_x, sd_y = sqrt(self.variance_x), sqrt(self.variance_y)
        if sd_x < SMALLEST or sd_y < SMALLEST:
            return None
        return min(max(self.covariance / (sd_x * sd_y), -1.0), 1.0)


def together(pairs: Sequence[Pair]) -> Together | None:
    """Return the figures of at least two attempts, or None."""
    n = sum(count for _x, _y, count in pairs)
    if n <= 1:
        return None
    mean_x = fsum(x * count for x, _y, count in pairs) / n
    mean_y = fsum(y * count for _x, y, count in pairs) / n
    return Together(
        n=n,
        mean_x=mean_x,
        mean_y=mean_y,
        variance_x=fsum(count * (x - mean_x) ** 2 for x, _y, count in pairs) / (n - 1),
        variance_y=fsum(count * (y - mean_y) ** 2 for _x, y, count in pairs) / (n - 1),
        covariance=fsum(count * (x - mean_x) * (y - mean_y) for x, y, count in pairs) / (n - 1),
    )


def best_matched(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """Pair the lowest x with the lowest y and so on up: no other pairing moves more together."""
    xs = _piles((x, count) for x, _y, count in pairs)
    ys = _piles((y, count) for _x, y, count in pairs)
    matched: list[Pair] = []
    place = taken = 0
    for x, count in xs:
        left = count
        while left:
            y, height = ys[place]
            part = min(left, height - taken)
            matched.append((x, y, part))
            left -= part
            taken += part
            if taken == height:
                place, taken = place + 1, 0
    return tuple(matched)


def quantile(values: Iterable[tuple[float, int]], share: float) -> float | None:
    """Return the value below or at which this share of the counted values lies."""
    piles = _piles(values)
    needed = share * sum(count for _value, count in piles)
    so_far = 0
    for value, count in piles:
        so_far += count
        if so_far >= needed:
            return value
    return None


def median(values: Iterable[tuple[float, int]]) -> float | None:
    """Return the middle value, or the mean of the two in the middle."""
    piles = _piles(values)
    n = sum(count for _value, count in piles)
    if not n:
        return None
    return (_at(piles, (n - 1) // 2) + _at(piles, n // 2)) / 2


def _at(piles: Sequence[tuple[float, int]], place: int) -> float:
    for value, count in piles:
        if place < count:
            return value
        place -= count
    raise IndexError(place)


def _piles(values: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    ordered = sorted(values)
    return [
        (value, sum(count for _value, count in group))
        for value, group in groupby(ordered, key=lambda one: one[0])
    ]
