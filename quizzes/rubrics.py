"""What the levels of a rubric come to. Plain Python: no Django."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from quizzes.papers import Item
from quizzes.parts import RubricRow

Levels = Mapping[str, int]
"""For each row of a rubric, by its id, the place of the level reached, counted from 0."""


def rubric_share(item: Item, levels: Levels) -> Fraction:
    """Return the share of the mark: each row from 0 to 1, weighted.

    Raises:
        KeyError: a row has no level.
        ValueError: a level is not one of its row.
    """
    weights = _weights(item)
    total = sum((_share(row, levels) * Fraction(row.weight) for row in item.rubric), Fraction(0))
    return total / weights


def dimension_shares(item: Item, levels: Levels) -> Iterator[tuple[str, Fraction, Fraction]]:
    """Yield for each row with a dimension what it says: dimension, share, part of the mark.

    Rows that have no level, because the mark was given before they were added, say nothing.
    """
    weights = _weights(item)
    for row in item.rubric:
        if row.dimension and str(row.id) in levels:
            yield row.dimension, _share(row, levels), Fraction(row.weight) / weights


def _weights(item: Item) -> Fraction:
    return sum((Fraction(row.weight) for row in item.rubric), Fraction(0))


def _share(row: RubricRow, levels: Levels) -> Fraction:
    level, highest = levels[str(row.id)], len(row.levels) - 1
    if not 0 <= level <= highest:
        raise ValueError(row.title)
    return Fraction(level, highest) if highest else Fraction(1)
