"""Single choice: the chosen option's weight. Plain Python."""

from quizzes.kinds.choices import ChoiceKind
from quizzes.papers import SINGLE


class Single(ChoiceKind):
    name = SINGLE
