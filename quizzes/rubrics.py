"""What the levels of a rubric come to. Plain Python: no Django."""

from collections.abc import Mapping
from fractions import Fraction

from quizzes.papers import Item


def rubric_share(item: Item, levels: Mapping[str, int]) -> Fraction:
    """Return the share of the mark: each row from 0 to 1, weighted.

    Raises:
        KeyError: a row has no level.
        ValueError: a level is not one of its row.
    """
    total = weights = Fraction(0)
    for row in item.rubric:
        level, highest = levels[str(row.id)], len(row.levels) - 1
        if not 0 <= level <= highest:
            raise ValueError(row.title)
        weight = Fraction(row.weight)
        total += weight * (Fraction(level, highest) if highest else 1)
        weights += weight
    return total / weights
