"""From a question as a published paper has it to the records of the bank, not saved yet.

The way back is `quizzes.freezing.item_of`.
"""

from collections.abc import Mapping
from typing import Any

from competence.models import Dimension
from quizzes import papers
from quizzes.models import (
    AcceptedAnswer,
    MatchingPair,
    Option,
    Question,
    QuestionDimension,
    RubricRow,
    Statement,
)
from quizzes.papers import Item

Lines = Mapping[str, list[Any]]


def thawed(item: Item, dimensions: Mapping[str, Dimension]) -> tuple[Question, Lines]:
    """Return the question and its parts by their relations' names.

    Args:
        item: the question as published.
        dimensions: those of this site by key; parts that speak of others speak of none.
    """
    return _question(item), {
        "options": [
            Option(uuid=one.id, text=one.text, weight=one.weight, feedback=one.feedback)
            for one in item.options
        ],
        "pairs": [_pair(one) for one in item.pairs],
        "accepted": [_accepted(one) for one in item.accepted],
        "statements": [
            Statement(
                uuid=one.id,
                text=one.text,
                is_reversed=one.is_reversed,
                dimension=dimensions.get(one.dimension),
            )
            for one in item.statements
        ],
        "rubric": [_row(one, dimensions.get(one.dimension)) for one in item.rubric],
        "dimensions": [
            QuestionDimension(dimension=dimensions[key], weight=weight)
            for key, weight in item.dimensions.items()
            if key in dimensions
        ],
    }


def _question(item: Item) -> Question:
    return Question(
        uuid=item.id,
        kind=item.kind,
        stem=item.stem,
        scoring=item.scoring,
        feedback=item.feedback,
        default_mark=item.mark,
        hints="\n".join(item.hints),
        form=item.form,
        case_matters=item.case_matters,
        accents_matter=item.accents_matter,
        unit=item.unit,
        min_words=item.min_words,
        max_words=item.max_words,
        transcript=item.medium.transcript if item.medium else "",
    )


def _pair(one: papers.Pair) -> MatchingPair:
    return MatchingPair(
        uuid=one.id,
        choice_uuid=one.choice_id,
        prompt=one.prompt,
        match=one.match,
        feedback=one.feedback,
    )


def _accepted(one: papers.Accepted) -> AcceptedAnswer:
    return AcceptedAnswer(
        uuid=one.id,
        text=one.text,
        fraction=one.fraction,
        gap=one.gap,
        tolerance=one.tolerance,
        feedback=one.feedback,
    )


def _row(one: papers.RubricRow, dimension: Dimension | None) -> RubricRow:
    return RubricRow(
        uuid=one.id,
        title=one.title,
        levels="\n".join(one.levels),
        weight=one.weight,
        dimension=dimension,
    )
