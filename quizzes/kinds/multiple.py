"""Multiple choice, scored as its author chose. Plain Python."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from quizzes.kinds.base import ALL, NOTHING
from quizzes.kinds.choices import ChoiceKind
from quizzes.papers import MULTIPLE, Item, PaperOption


class Multiple(ChoiceKind):
    name = MULTIPLE
    takes_several = True

    def share(self, item: Item, chosen: Sequence[PaperOption]) -> Fraction:
        return SCORINGS[item.scoring](
            {option.id for option in item.options},
            {option.id for option in item.options if option.weight},
            {option.id for option in chosen},
        )

    def best_options(self, item: Item) -> list[PaperOption]:
        return [option for option in item.options if option.weight > 0]


def _all_or_nothing(_options: set[UUID], right: set[UUID], ticked: set[UUID]) -> Fraction:
    return ALL if ticked == right else NOTHING


def _proportional(options: set[UUID], right: set[UUID], ticked: set[UUID]) -> Fraction:
    return ALL - Fraction(len(ticked ^ right), len(options))


def _proportional_correct(_options: set[UUID], right: set[UUID], ticked: set[UUID]) -> Fraction:
    return Fraction(len(ticked), len(right)) if ticked <= right else NOTHING


SCORINGS: Mapping[str, Callable[[set[UUID], set[UUID], set[UUID]], Fraction]] = {
    "all_or_nothing": _all_or_nothing,
    "proportional": _proportional,
    "proportional_correct": _proportional_correct,
}
