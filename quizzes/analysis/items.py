"""How one question did: the figures of classical item analysis.

Plain Python: no Django. Formulas and their sources: docs/quizzes-results.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from uuid import UUID

from quizzes.analysis.distractors import OptionFigures, option_rows
from quizzes.analysis.spread import SMALLEST, best_matched, together
from quizzes.analysis.tallies import ItemTally, with_rest

FEWEST = 5
"""Below so many answers no figure is given: it would say more about chance than anything."""


@dataclass(frozen=True, slots=True)
class AskedItem:
    """A question as the analysis needs it. `guess` is the share that blind choice earns."""

    id: UUID
    name: str
    kind: str
    mark: float
    option_ids: tuple[str, ...] = ()
    option_names: tuple[str, ...] = ()
    best: frozenset[str] = frozenset()
    guess: float | None = None


@dataclass(frozen=True, slots=True)
class ItemAnalysis:
    """Everything but `n` is None below five answers.

    `facility` is the mean share of the mark; `sd` its standard deviation;
    `all_right` the share of answers with the whole mark; `discrimination` the
    correlation with the rest of the marks; `efficiency` the covariance as a share of the
    highest that these very marks could have; `weight` the effective weight in the score.
    """

    asked: AskedItem
    n: int
    facility: float | None = None
    sd: float | None = None
    all_right: float | None = None
    discrimination: float | None = None
    efficiency: float | None = None
    weight: float | None = None
    seconds: float | None = None
    options: tuple[OptionFigures, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """How a question's marks vary alone and with the whole score: what alpha is made of."""

    n: int
    variance: float
    with_total: float


def analyse_item(
    asked: AskedItem, tallies: Sequence[ItemTally], *, weight: float | None, seconds: float | None
) -> ItemAnalysis:
    n = sum(tally.count for tally in tallies)
    if n < FEWEST:
        return ItemAnalysis(asked=asked, n=n)
    facility = fsum(tally.fraction * tally.count for tally in tallies) / n
    squares = fsum(tally.count * (tally.fraction - facility) ** 2 for tally in tallies)
    discrimination, efficiency = _discrimination(tallies, asked.mark)
    return ItemAnalysis(
        asked=asked,
        n=n,
        facility=facility,
        sd=sqrt(squares / (n - 1)),
        all_right=sum(tally.count for tally in tallies if tally.fraction >= 1) / n,
        discrimination=discrimination,
        efficiency=efficiency,
        weight=weight,
        seconds=seconds,
        options=_options(asked, tallies),
    )


def moved(asked: AskedItem, tallies: Sequence[ItemTally]) -> Moved | None:
    """Return how the question's marks vary among attempts that have their whole score."""
    figures = together(
        [
            (asked.mark * tally.fraction, tally.score, tally.count)
            for tally in tallies
            if tally.score is not None
        ]
    )
    if figures is None or figures.n < FEWEST:
        return None
    return Moved(figures.n, figures.variance_x, figures.covariance)


def effective_weights(found: Sequence[Moved | None]) -> list[float | None]:
    """Return each question's share in the spread of the scores.

    The root of its covariance with the score, over the sum of these roots; a question
    that goes against the score has none.
    """
    roots = [sqrt(one.with_total) if one and one.with_total > 0 else None for one in found]
    whole = fsum(root for root in roots if root is not None)
    return [root / whole if root is not None and whole else None for root in roots]


def _discrimination(tallies: Sequence[ItemTally], mark: float) -> tuple[float | None, float | None]:
    pairs = with_rest(list(tallies), mark)
    figures = together(pairs)
    if figures is None or figures.n < FEWEST or figures.correlation is None:
        return None, None
    most = together(best_matched(pairs))
    if most is None or most.covariance < SMALLEST**2:
        return figures.correlation, None
    return figures.correlation, min(figures.covariance / most.covariance, 1.0)


def _options(asked: AskedItem, tallies: Sequence[ItemTally]) -> tuple[OptionFigures, ...]:
    if not asked.option_ids:
        return ()
    return option_rows(tallies, mark=asked.mark, option_ids=asked.option_ids, best=asked.best)
