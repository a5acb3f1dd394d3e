"""What participants see of a quiz: before submission without a trace of the keys.

A `QuestionSheet` has no weight and no feedback to give away, whatever a template does.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from quizzes.attempts import StoredAnswer
from quizzes.enums import QuestionKind
from quizzes.papers import Item, Paper, PaperOption
from quizzes.summaries import plain_text, response_summary

RIGHT, PARTLY, WRONG = "right", "partly", "wrong"

Layout = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class OptionLine:
    id: UUID
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class QuestionSheet:
    """One question as it may be shown while the attempt is open."""

    number: int
    item_id: UUID
    kind: str
    stem: str
    takes_several: bool
    options: tuple[OptionLine, ...]
    sequence: int = 0
    saved_at: dt.datetime | None = None
    answer: str = ""

    @property
    def is_answered(self) -> bool:
        return any(option.is_chosen for option in self.options)

    @property
    def name(self) -> str:
        return plain_text(self.stem)


@dataclass(frozen=True)
class OptionReview:
    """`strength` is right, partly or wrong; of a rating it is empty."""

    text: str
    feedback: str
    is_chosen: bool
    strength: str


@dataclass(frozen=True)
class QuestionReview:
    """One question after submission; `outcome` is right, partly, wrong or empty."""

    number: int
    kind: str
    stem: str
    feedback: str
    is_answered: bool
    outcome: str
    options: tuple[OptionReview, ...]


@dataclass(frozen=True)
class DimensionMean:
    """The mean place on the scale, told from 1 (lowest) to 5 (highest)."""

    name: str
    value: Decimal


def plain_layout(paper: Paper) -> Layout:
    """Return the author's own order, for a preview."""
    return [
        {"item": str(item.id), "options": [str(option.id) for option in item.options]}
        for item in paper.items
    ]


def question_sheets(
    paper: Paper, layout: Layout, answers: Mapping[UUID, StoredAnswer]
) -> tuple[QuestionSheet, ...]:
    """Return the questions in the order of the attempt, with what is stored."""
    return tuple(
        _question_sheet(number, item, options, answers.get(item.id, StoredAnswer()))
        for number, (item, options) in enumerate(_in_layout(paper, layout), start=1)
    )


def question_reviews(
    paper: Paper,
    layout: Layout,
    answers: Mapping[UUID, StoredAnswer],
    fractions: Mapping[UUID, Decimal | None],
) -> tuple[QuestionReview, ...]:
    """Return everything about the questions of a submitted attempt."""
    return tuple(
        _question_review(
            number, item, options, answers.get(item.id, StoredAnswer()), fractions.get(item.id)
        )
        for number, (item, options) in enumerate(_in_layout(paper, layout), start=1)
    )


def rating_means(paper: Paper, ratings: Mapping[str, Decimal]) -> tuple[DimensionMean, ...]:
    """Name the means of a self-assessment and put them on the scale from 1 to 5."""
    tenth = Decimal("0.1")
    return tuple(
        DimensionMean(name, (1 + ratings[key] * 4).quantize(tenth))
        for key, name in paper.dimension_names.items()
        if key in ratings
    )


def strength(share: Decimal | None) -> str:
    """Name a share of the mark: all of it, some, or none."""
    if share is None:
        return ""
    if share >= 1:
        return RIGHT
    return PARTLY if share > 0 else WRONG


def _in_layout(paper: Paper, layout: Layout) -> list[tuple[Item, tuple[PaperOption, ...]]]:
    laid_out = []
    for line in layout:
        item = paper.item_by_id[UUID(line["item"])]
        options = tuple(item.option_by_id[UUID(option)] for option in line["options"])
        laid_out.append((item, options))
    return laid_out


def _question_sheet(
    number: int, item: Item, options: Sequence[PaperOption], stored: StoredAnswer
) -> QuestionSheet:
    return QuestionSheet(
        number=number,
        item_id=item.id,
        kind=item.kind,
        stem=item.stem,
        takes_several=item.takes_several,
        options=tuple(
            OptionLine(option.id, option.text, option.id in stored.option_ids) for option in options
        ),
        sequence=stored.sequence,
        saved_at=stored.saved_at,
        answer=response_summary(item, stored.option_ids),
    )


def _question_review(
    number: int,
    item: Item,
    options: Sequence[PaperOption],
    stored: StoredAnswer,
    fraction: Decimal | None,
) -> QuestionReview:
    return QuestionReview(
        number=number,
        kind=item.kind,
        stem=item.stem,
        feedback=item.feedback,
        is_answered=bool(stored.option_ids),
        outcome=strength(fraction),
        options=tuple(
            OptionReview(
                text=option.text,
                feedback=option.feedback,
                is_chosen=option.id in stored.option_ids,
                strength=strength(_share(item, option)),
            )
            for option in options
        ),
    )


def _share(item: Item, option: PaperOption) -> Decimal | None:
    if not item.is_graded:
        return None
    if item.kind == QuestionKind.SITUATIONAL:
        return option.weight / (max(other.weight for other in item.options) or Decimal(1))
    return option.weight
