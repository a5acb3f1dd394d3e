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


def level_share(level: int, *, of: int, title: str) -> Fraction:
    """Return how far up a level is: 0 the lowest of so many, 1 the highest, and one alone.

    Raises:
        ValueError: the row with this title has no such level.
    """
    if not 0 <= level < of:
        raise ValueError(title)
    return Fraction(level, of - 1) if of > 1 else Fraction(1)


def _weights(item: Item) -> Fraction:
    return sum((Fraction(row.weight) for row in item.rubric), Fraction(0))


def _share(row: RubricRow, levels: Levels) -> Fraction:
    return level_share(levels[str(row.id)], of=len(row.levels), title=row.title)
