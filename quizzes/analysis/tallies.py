"""What the database counts for an analysis: attempts with the same marks, together.

Plain Python: no Django. The number of tallies depends on how many different results
there are, not on how many attempts.
"""

from dataclasses import dataclass
from uuid import UUID

from quizzes.analysis.spread import Pair


@dataclass(frozen=True, slots=True)
class ItemTally:
    """How many attempts answered a question so, with this share of its mark and this score.

    `choice` are the ids of the chosen options; None where a question has no options.
    `score` is None while an open answer of the attempt still waits for its marks.
    """

    item_id: UUID
    choice: frozenset[str] | None
    fraction: float
    score: float | None
    max_score: float
    count: int

    def rest(self, mark: float) -> float | None:
        """Return the share of the marks reached in all the other questions."""
        others = self.max_score - mark
        if self.score is None or others <= 0:
            return None
        return min(max((self.score - mark * self.fraction) / others, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class ScoreTally:
    """How many attempts came to this score."""

    score: float
    max_score: float
    count: int

    @property
    def share(self) -> float:
        return self.score / self.max_score


def with_rest(tallies: list[ItemTally], mark: float) -> list[Pair]:
    """Pair the share of the mark with the share of the rest, where there is a rest."""
    return [
        (tally.fraction, rest, tally.count)
        for tally in tallies
        if (rest := tally.rest(mark)) is not None
    ]
