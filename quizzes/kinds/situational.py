"""Situational judgement: the share of the strongest option's weight. Plain Python."""

from collections.abc import Sequence
from fractions import Fraction

from quizzes.kinds.base import NOTHING
from quizzes.kinds.choices import ChoiceKind
from quizzes.papers import SITUATIONAL, Item, PaperOption


class Situational(ChoiceKind):
    name = SITUATIONAL
    separator = " / "

    def share(self, item: Item, chosen: Sequence[PaperOption]) -> Fraction:
        return self.option_share(item, chosen[0])

    def option_share(self, item: Item, option: PaperOption) -> Fraction:
        best = max(other.weight for other in item.options)
        return Fraction(option.weight) / Fraction(best) if best else NOTHING
