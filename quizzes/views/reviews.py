"""What may be seen of an attempt, and no more: what is hidden is not handed to a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from quizzes.attempts import StoredAnswer
from quizzes.grading import grade_item
from quizzes.kinds import Response, kind_of
from quizzes.layouts import Layout
from quizzes.papers import Item, Paper
from quizzes.sheets import QuestionReview, QuestionSheet, question_reviews
from quizzes.summaries import response_summary
from quizzes.terms import DURING

ANSWERS, KEYS, FEEDBACK = "answers", "keys", "feedback"


@dataclass(frozen=True)
class ShortReview:
    """A question whose right answer is not shown: its own answer and feedback, if they are."""

    number: int
    stem: str
    is_answered: bool
    answer: str
    feedback: tuple[str, ...]


def full_reviews(
    paper: Paper,
    layout: Layout,
    answers: Mapping[UUID, StoredAnswer],
    fractions: Mapping[UUID, Decimal | None],
    visible: frozenset[str],
) -> tuple[QuestionReview, ...]:
    """Return the questions with their right answers, if these may be seen."""
    if KEYS not in visible:
        return ()
    shown = paper if FEEDBACK in visible else without_feedback(paper)
    return question_reviews(shown, layout, answers, fractions)


def short_reviews(
    paper: Paper,
    layout: Layout,
    answers: Mapping[UUID, StoredAnswer],
    visible: frozenset[str],
) -> tuple[ShortReview, ...]:
    """Return the questions without their right answers, if something of them may be seen."""
    if KEYS in visible or not visible & {ANSWERS, FEEDBACK}:
        return ()
    return tuple(
        _short(number, paper.item_by_id[UUID(line["item"])], answers, visible)
        for number, line in enumerate(layout, start=1)
    )


def told_while_answering(
    paper: Paper,
    layout: Layout,
    answers: Mapping[UUID, StoredAnswer],
    sheets: Sequence[QuestionSheet],
) -> Mapping[UUID, QuestionReview | ShortReview]:
    """Return what may be seen of the checked questions among these, by question."""
    visible = frozenset(
        name for name in (KEYS, FEEDBACK) if getattr(paper.terms.review, name) == DURING
    )
    checked = {sheet.item_id for sheet in sheets if sheet.is_checked}
    if not visible or not checked:
        return {}
    lines = [line for line in layout if UUID(line["item"]) in checked]
    fractions = {
        item: grade_item(paper.item_by_id[item], answers[item].response).fraction
        for item in checked
    }
    full = full_reviews(paper, lines, answers, fractions, visible)
    short = short_reviews(paper, lines, answers, visible | {ANSWERS})
    return dict(zip([UUID(line["item"]) for line in lines], full or short, strict=True))


def without_feedback(paper: Paper) -> Paper:
    """Return the paper with its keys, but without a word of its feedback."""
    return replace(paper, items=tuple(_without_feedback(item) for item in paper.items))


def _without_feedback(item: Item) -> Item:
    """Whatever parts a question has: those that can carry feedback lose it."""
    bare: dict[str, Any] = {
        part.name: tuple(
            replace(one, feedback="") if hasattr(one, "feedback") else one
            for one in getattr(item, part.name)
        )
        for part in fields(item)
        if isinstance(getattr(item, part.name), tuple)
    }
    return replace(item, feedback="", **bare)


def _short(
    number: int, item: Item, answers: Mapping[UUID, StoredAnswer], visible: frozenset[str]
) -> ShortReview:
    response = answers.get(item.id, StoredAnswer()).response
    words = response_summary(item, response)
    return ShortReview(
        number=number,
        stem=item.stem,
        is_answered=bool(words),
        answer=words if ANSWERS in visible else "",
        feedback=_feedback(item, response) if FEEDBACK in visible else (),
    )


def _feedback(item: Item, response: Response) -> tuple[str, ...]:
    """Return what is said of the own answer, and then to everybody."""
    own = kind_of(item).feedback_for(item, response)
    return tuple(text for text in (*own, item.feedback) if text)
