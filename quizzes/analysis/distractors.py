"""Who chose which option: the table that shows whether wrong options do their work.

Plain Python: no Django.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum

from quizzes.analysis.spread import quantile
from quizzes.analysis.tallies import ItemTally

NO_ANSWER = ""


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """Shares lie between 0 and 1 and are None where nobody is in the group.

    `mean_rest` is the mean share of the other marks among those who chose the option;
    `upper` and `lower` are the shares of the strongest and the weakest third who did.
    The row with an empty id is for those who gave no answer.
    """

    option_id: str
    is_best: bool
    count: int
    share: float
    mean_rest: float | None
    upper: float | None
    lower: float | None


def option_rows(
    tallies: Sequence[ItemTally], *, mark: float, option_ids: Sequence[str], best: frozenset[str]
) -> tuple[OptionFigures, ...]:
    """Return a row for each option in the question's order, and one for no answer.

    Thirds are cut by the rest of the marks; who stands exactly at the cut is in.
    """
    rests = [(rest, tally.count) for tally in tallies if (rest := tally.rest(mark)) is not None]
    low = quantile(rests, 1 / 3) or 0.0
    high = -(quantile([(-rest, count) for rest, count in rests], 1 / 3) or 0.0)
    rows = []
    for option_id in (*option_ids, NO_ANSWER):
        chose = _chose(option_id)
        chosen = [tally for tally in tallies if chose(tally)]
        count = sum(tally.count for tally in chosen)
        rows.append(
            OptionFigures(
                option_id=option_id,
                is_best=option_id in best,
                count=count,
                share=count / sum(tally.count for tally in tallies),
                mean_rest=_mean_rest(chosen, mark),
                upper=_share_within(tallies, chose, mark, lambda rest: rest >= high),
                lower=_share_within(tallies, chose, mark, lambda rest: rest <= low),
            )
        )
    return tuple(rows)


def _chose(option_id: str) -> Callable[[ItemTally], bool]:
    if option_id == NO_ANSWER:
        return lambda tally: not tally.choice
    return lambda tally: option_id in (tally.choice or ())


def _mean_rest(chosen: Sequence[ItemTally], mark: float) -> float | None:
    known = [(rest, tally.count) for tally in chosen if (rest := tally.rest(mark)) is not None]
    n = sum(count for _rest, count in known)
    return fsum(rest * count for rest, count in known) / n if n else None


def _share_within(
    tallies: Sequence[ItemTally],
    chose: Callable[[ItemTally], bool],
    mark: float,
    belongs: Callable[[float], bool],
) -> float | None:
    group = [tally for tally in tallies if (rest := tally.rest(mark)) is not None and belongs(rest)]
    n = sum(tally.count for tally in group)
    return sum(tally.count for tally in group if chose(tally)) / n if n else None
