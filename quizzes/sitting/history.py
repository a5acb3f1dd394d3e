"""Everything that is stored of an attempt's answers, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from quizzes.enums import FRACTION_KINDS, OVERRIDING_KINDS
from quizzes.models import AnswerStep, Attempt
from quizzes.papers import Paper
from quizzes.sitting.reading import ANSWER_KINDS, StoredAnswer, stored


@dataclass(frozen=True)
class History:
    """The last answers, the last fractions, and of these the ones that a person gave."""

    answers: Mapping[UUID, StoredAnswer]
    fractions: Mapping[UUID, Decimal]
    marks: Mapping[UUID, Fraction]

    def waits(self, paper: Paper) -> int:
        """How many answers still have to be marked by somebody."""
        graded = [item.id for item in paper.items if item.is_graded]
        return sum(item not in self.fractions for item in graded)


def history(attempt: Attempt) -> History:
    """Return the history of the attempt's answers, in one query."""
    answers: dict[UUID, StoredAnswer] = {}
    fractions: dict[UUID, Decimal] = {}
    marks: dict[UUID, Fraction] = {}
    for step in AnswerStep.objects.filter(attempt=attempt).order_by("sequence"):
        if step.kind in ANSWER_KINDS:
            answers[step.item_id] = stored(step)
        if step.kind in FRACTION_KINDS and step.fraction is not None:
            fractions[step.item_id] = step.fraction
        if step.kind in OVERRIDING_KINDS and step.fraction is not None:
            marks[step.item_id] = Fraction(step.fraction)
    return History(answers, fractions, marks)
