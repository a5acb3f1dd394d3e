"""Student's t distribution: how far a mean of few values may be off. Plain Python."""

from math import exp, lgamma, log

TINY = 1e-300
PRECISE = 1e-14
MOST_STEPS = 500


def quantile(p: float, freedom: int) -> float:
    """Return the value below which t lies with the probability `p`, 0.5 < p < 1."""
    low, high = 0.0, 1.0
    while distribution(high, freedom) < p:
        low, high = high, high * 2
    while high - low > PRECISE * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if distribution(middle, freedom) < p:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def distribution(t: float, freedom: int) -> float:
    """Return the probability of a value up to `t`, for t of 0 or more."""
    return 1 - _beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2


def _beta(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return min(max(x, 0.0), 1.0)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _continued(x, a, b) / a
    return 1 - front * _continued(1 - x, b, a) / b


def _continued(x: float, a: float, b: float) -> float:
    """Return its continued fraction, by Lentz's method."""
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, MOST_STEPS):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _not_zero(1 + step * d)
            c = _not_zero(1 + step / c)
            value *= d * c
        if abs(d * c - 1) < PRECISE:
            break
    return value


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
