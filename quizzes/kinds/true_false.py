"""True or false: a single choice of two that is never shuffled. Plain Python."""

from quizzes.kinds.single import Single
from quizzes.papers import TRUE_FALSE


class TrueFalse(Single):
    name = TRUE_FALSE
    may_shuffle = False
