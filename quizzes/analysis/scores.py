"""How the whole quiz did: the spread of the scores, and how far to trust one of them.

Plain Python: no Django.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from quizzes.analysis.items import FEWEST, Moved
from quizzes.analysis.spread import SMALLEST, median, together
from quizzes.analysis.tallies import ScoreTally

BINS = 10


@dataclass(frozen=True, slots=True)
class ScoreFigures:
    """Shares of the marks, 0 to 1. `bins` counts ten equal ranges; the last holds 1, too.

    `alpha` is Cronbach's alpha and `error` the standard error of measurement as a share
    of the marks; both are None where attempts had different questions, where there is
    only one question, or where all scores are the same.
    """

    n: int
    mean: float | None = None
    middle: float | None = None
    sd: float | None = None
    bins: tuple[int, ...] = ()
    alpha: float | None = None
    error: float | None = None


def analyse_scores(tallies: Sequence[ScoreTally], moves: Sequence[Moved | None]) -> ScoreFigures:
    """Return the figures of the scores; nothing but the number below five attempts."""
    n = sum(tally.count for tally in tallies)
    if n < FEWEST:
        return ScoreFigures(n=n)
    mean = fsum(tally.share * tally.count for tally in tallies) / n
    squares = fsum(tally.count * (tally.share - mean) ** 2 for tally in tallies)
    alpha = cronbach(tallies, moves)
    sd = sqrt(squares / (n - 1))
    return ScoreFigures(
        n=n,
        mean=mean,
        middle=median((tally.share, tally.count) for tally in tallies),
        sd=sd,
        bins=_bins(tallies),
        alpha=alpha,
        error=None if alpha is None or alpha < 0 else sd * sqrt(1 - alpha),
    )


def cronbach(tallies: Sequence[ScoreTally], moves: Sequence[Moved | None]) -> float | None:
    """Return k / (k - 1) * (1 - sum of the questions' variances / variance of the scores)."""
    n = sum(tally.count for tally in tallies)
    asked = [move for move in moves if move is not None and move.n == n]
    k = len(asked)
    if k <= 1 or k < len(moves):
        return None
    whole = together([(tally.score, tally.score, tally.count) for tally in tallies])
    if whole is None or sqrt(whole.variance_x) < SMALLEST:
        return None
    return k / (k - 1) * (1 - fsum(move.variance for move in asked) / whole.variance_x)


def _bins(tallies: Sequence[ScoreTally]) -> tuple[int, ...]:
    counts = [0] * BINS
    for tally in tallies:
        # Scores are decimals of four places: 0.3 must not fall to 2.9999999 tenths.
        counts[min(int(round(tally.share * BINS, 6)), BINS - 1)] += tally.count
    return tuple(counts)
