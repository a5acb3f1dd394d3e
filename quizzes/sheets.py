"""What participants see of a quiz: before submission without a trace of the keys.

A `QuestionSheet` has no weight and no feedback to give away, whatever a template does.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from quizzes.attempts import StoredAnswer
from quizzes.kinds import Fields, Response, kind_of
from quizzes.kinds.base import strength
from quizzes.layouts import Layout
from quizzes.papers import Item, Medium, Paper
from quizzes.summaries import response_summary
from quizzes.texts import name_of


@dataclass(frozen=True)
class QuestionSheet:
    """One question as it may be shown while the attempt is open.

    `body` is what its kind shows, drawn by `quizzes/kinds/<kind>.html`; `fields` are
    the fields of a form that say the stored answer. Each field's name begins with
    `prefix`, so that several questions can stand in one form.
    """

    number: int
    item_id: UUID
    kind: str
    stem: str
    body: Any
    fields: tuple[tuple[str, str], ...] = ()
    is_answered: bool = False
    is_checked: bool = False
    sequence: int = 0
    saved_at: dt.datetime | None = None
    answer: str = ""
    prefix: str = ""
    hints: tuple[str, ...] = ()
    medium: Medium | None = None
    template: str = ""
    stem_has_fields: bool = False

    @property
    def name(self) -> str:
        return name_of(self.stem)


@dataclass(frozen=True)
class QuestionReview:
    """One question after submission; `outcome` is right, partly, wrong or empty.

    `body` is what its kind tells, drawn by `quizzes/kinds/<kind>_review.html`.
    """

    number: int
    kind: str
    stem: str
    feedback: str
    is_answered: bool
    outcome: str
    answer: str
    right_answer: str
    body: Any
    template: str


@dataclass(frozen=True)
class DimensionMean:
    """The mean place on the scale, told from 1 (lowest) to 5 (highest)."""

    name: str
    value: Decimal


def plain_layout(paper: Paper) -> Layout:
    """Return the author's own order with every question that may be drawn, for a preview."""
    return [
        {
            "item": str(item_id),
            "options": [
                str(part)
                for part in kind_of(paper.item_by_id[item_id]).parts(paper.item_by_id[item_id])
            ],
            "section": number,
        }
        for number, part in enumerate(paper.parts)
        for item_id in dict.fromkeys([*part.item_ids, *(i for d in part.draws for i in d.pool)])
    ]


def prefix_of(item: Item) -> str:
    """Return what field names begin with where several questions stand in one form."""
    return f"{item.id}-"


def fields_of(post: Mapping[str, Any], prefix: str = "") -> Fields:
    """Return the fields of one question in what a browser sent (a QueryDict)."""
    lists: Any = getattr(post, "lists", post.items)
    return {
        name.removeprefix(prefix): values for name, values in lists() if name.startswith(prefix)
    }


def question_sheets(
    paper: Paper,
    layout: Layout,
    answers: Mapping[UUID, StoredAnswer],
    *,
    many_in_a_form: bool = False,
) -> tuple[QuestionSheet, ...]:
    """Return the questions in the order of the attempt, with what is stored."""
    return tuple(
        question_sheet(
            item,
            order,
            answers.get(item.id, StoredAnswer()),
            number=number,
            prefix=prefix_of(item) if many_in_a_form else "",
        )
        for number, (item, order) in enumerate(_in_layout(paper, layout), start=1)
    )


def question_reviews(
    paper: Paper,
    layout: Layout,
    answers: Mapping[UUID, StoredAnswer],
    fractions: Mapping[UUID, Decimal | None],
) -> tuple[QuestionReview, ...]:
    """Return everything about the questions of a submitted attempt."""
    return tuple(
        question_review(
            item,
            order,
            answers.get(item.id, StoredAnswer()).response,
            fractions.get(item.id),
            number=number,
        )
        for number, (item, order) in enumerate(_in_layout(paper, layout), start=1)
    )


def rating_means(paper: Paper, ratings: Mapping[str, Decimal]) -> tuple[DimensionMean, ...]:
    """Name the means of a self-assessment and put them on the scale from 1 to 5."""
    tenth = Decimal("0.1")
    return tuple(
        DimensionMean(name, (1 + ratings[key] * 4).quantize(tenth))
        for key, name in paper.dimension_names.items()
        if key in ratings
    )


def question_sheet(
    item: Item, order: Sequence[UUID], stored: StoredAnswer, *, number: int = 1, prefix: str = ""
) -> QuestionSheet:
    kind = kind_of(item)
    return QuestionSheet(
        number=number,
        item_id=item.id,
        kind=item.kind,
        stem=item.stem,
        body=kind.sheet(item, order, stored.response),
        fields=tuple(kind.fields(item, stored.response)),
        is_answered=not kind.is_empty(stored.response),
        is_checked=stored.is_checked,
        sequence=stored.sequence,
        saved_at=stored.saved_at,
        answer=response_summary(item, stored.response),
        prefix=prefix,
        hints=item.hints,
        medium=item.medium,
        template=f"quizzes/kinds/{kind.template}.html",
        stem_has_fields=kind.stem_has_fields,
    )


def question_review(
    item: Item,
    order: Sequence[UUID],
    response: Response,
    fraction: Decimal | None,
    *,
    number: int = 1,
) -> QuestionReview:
    kind = kind_of(item)
    return QuestionReview(
        number=number,
        kind=item.kind,
        stem=item.stem,
        feedback=item.feedback,
        is_answered=not kind.is_empty(response),
        outcome=strength(None if fraction is None else Fraction(fraction)),
        answer=response_summary(item, response),
        right_answer=kind.right_words(item),
        body=kind.review(item, order, response),
        template=f"quizzes/kinds/{kind.template}_review.html",
    )


def _in_layout(paper: Paper, layout: Layout) -> list[tuple[Item, list[UUID]]]:
    return [
        (paper.item_by_id[UUID(line["item"])], [UUID(part) for part in line["options"]])
        for line in layout
    ]
