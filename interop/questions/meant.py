"""Whether a question can be meant as a file has it: the bank's own rules decide."""

from uuid import uuid4

from interop.questions.drafts import Draft
from interop.questions.problems import Fault
from interop.questions.records import CannotReadError
from quizzes.checking import question_problems
from quizzes.papers import Accepted, Item, Pair, PaperOption, RubricRow


def still_missing(draft: Draft) -> list[str]:
    """Return what a trainer has to add before the question can be published.

    Raises:
        CannotReadError: the bank would refuse to save the question.
    """
    problems = question_problems(_item(draft))
    for problem in problems:
        if problem.places:
            raise CannotReadError(Fault.NOT_MEANT_SO, problem.message)
    return [problem.message for problem in problems]


def _item(draft: Draft) -> Item:
    return Item(
        id=uuid4(),
        kind=draft.kind,
        stem=draft.stem,
        options=tuple(
            PaperOption(uuid4(), one.text or str(place), one.weight, one.feedback)
            for place, one in enumerate(draft.options)
        ),
        mark=draft.mark,
        scoring=draft.scoring,
        feedback=draft.feedback,
        form=draft.form,
        min_words=draft.min_words,
        max_words=draft.max_words,
        pairs=tuple(
            Pair(uuid4(), uuid4(), one.prompt, one.match, one.feedback) for one in draft.pairs
        ),
        accepted=tuple(
            Accepted(uuid4(), one.text, one.fraction, one.feedback, one.gap, one.tolerance)
            for one in draft.accepted
        ),
        rubric=tuple(
            RubricRow(uuid4(), one.title, one.levels, one.weight, one.dimension)
            for one in draft.rubric
        ),
    )
