"""Whether a question can be meant as a file has it: the bank's own rules decide."""

from uuid import uuid4

from interop.questions.drafts import Draft
from interop.questions.problems import Fault
from interop.questions.records import CannotReadError
from quizzes.checking import question_problems
from quizzes.papers import Item, PaperOption


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
            PaperOption(uuid4(), option.text, option.weight, option.feedback)
            for option in draft.options
        ),
        mark=draft.mark,
        scoring=draft.scoring,
        feedback=draft.feedback,
    )
