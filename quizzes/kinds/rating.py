"""Rating: one statement and a scale, never graded. Plain Python."""

from collections.abc import Iterable
from fractions import Fraction

from quizzes.kinds.base import Rating as Rated
from quizzes.kinds.base import Response
from quizzes.kinds.choices import ChoiceKind
from quizzes.papers import RATING, Item, PaperOption


class Rating(ChoiceKind):
    """An option's weight is its place on the scale, from 0 to 1."""

    name = RATING
    is_graded = False
    may_shuffle = False

    def grade(self, item: Item, response: Response) -> None:
        return None

    def option_share(self, item: Item, option: PaperOption) -> None:
        return None

    def best(self, item: Item) -> Response:
        return []

    def right_words(self, item: Item) -> str:
        return ""

    def ratings(self, item: Item, response: Response) -> Iterable[Rated]:
        for option in item.chosen(response or ())[:1]:
            for dimension, weight in item.dimensions.items():
                yield Rated(dimension, Fraction(option.weight), Fraction(weight))
