"""Turns a quiz as its author has it now into a paper."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from quizzes.enums import QuestionKind
from quizzes.models import Option, Question, QuestionDimension, Quiz
from quizzes.papers import Item, Paper, PaperOption

Line = TypeVar("Line", Option, QuestionDimension)

ITEM_RELATIONS = (
    "question__options",
    "question__dimensions__dimension__framework",
)


def freeze(quiz: Quiz) -> Paper:
    """Return the paper of the quiz as it is saved, in five queries whatever its length.

    The paper may be one that cannot be published: see `publishing.problems`.
    """
    items = quiz.items.select_related("question").order_by("sort_order", "pk")
    questions = [item.question for item in items.prefetch_related(*ITEM_RELATIONS)]
    return Paper(
        title=quiz.title,
        introduction=quiz.introduction,
        purpose=quiz.purpose,
        pass_mark=quiz.pass_mark,
        grading_method=quiz.grading_method,
        max_attempts=quiz.max_attempts,
        minutes=quiz.minutes,
        shuffle_questions=quiz.shuffle_questions,
        shuffle_options=quiz.shuffle_options,
        items=tuple(freeze_question(question) for question in questions),
        dimension_names=_dimension_names(questions),
    )


def freeze_question(question: Question) -> Item:
    return Item(
        id=question.uuid,
        kind=question.kind,
        stem=question.stem,
        options=freeze_options(question.kind, _in_order(question.options.all())),
        mark=question.default_mark,
        scoring=question.scoring,
        feedback=question.feedback,
        dimensions={
            dimension_key(line): line.weight for line in _in_order(question.dimensions.all())
        },
    )


def freeze_options(kind: str, options: Sequence[Option]) -> tuple[PaperOption, ...]:
    """Return the options; a rating's scale is spaced evenly unless its author weighed it."""
    weights = [option.weight for option in options]
    if kind == QuestionKind.RATING and len(set(weights)) == 1 and len(weights) > 1:
        last = Decimal(len(weights) - 1)
        weights = [(place / last).quantize(Decimal("0.001")) for place in range(len(weights))]
    return tuple(
        PaperOption(id=option.uuid, text=option.text, weight=weight, feedback=option.feedback)
        for option, weight in zip(options, weights, strict=True)
    )


def dimension_key(line: QuestionDimension) -> str:
    """Name a dimension across frameworks, such as `built-in.empathy`."""
    return f"{line.dimension.framework.code}.{line.dimension.code}"


def _in_order(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.sort_order or 0, line.pk or 0))


def _dimension_names(questions: Iterable[Question]) -> dict[str, str]:
    return {
        dimension_key(line): line.dimension.name
        for question in questions
        for line in _in_order(question.dimensions.all())
    }
