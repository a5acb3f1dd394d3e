"""What is stored of an attempt, and how an answer is read from what a browser sent."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from quizzes.enums import StepKind
from quizzes.kinds import Fields, Response, UnreadableAnswer, kind_of
from quizzes.layouts import item_ids
from quizzes.models import AnswerStep, Attempt, QuizVersion
from quizzes.papers import Item, Paper, from_json
from quizzes.refusals import refusal_words
from quizzes.sitting.refusing import BadAnswer

ANSWER_KINDS = (StepKind.SAVED, StepKind.CHECKED)


@dataclass(frozen=True)
class StoredAnswer:
    """The last answer to a question. `sequence` is 0 and `saved_at` None before the first."""

    response: Response = None
    sequence: int = 0
    saved_at: dt.datetime | None = None
    is_checked: bool = False


def paper_of(version: QuizVersion) -> Paper:
    """Return the whole paper, with all questions that any attempt may draw."""
    return from_json(version.paper)


def paper_for(attempt: Attempt) -> Paper:
    """Return the paper as this attempt has it: only the questions that were drawn."""
    return paper_of(attempt.version).only(item_ids(attempt.layout))


def stored_answers(attempt: Attempt) -> dict[UUID, StoredAnswer]:
    """Return the last answer to each answered question of the attempt, in one query."""
    steps = AnswerStep.objects.filter(attempt=attempt, kind__in=ANSWER_KINDS)
    return {step.item_id: stored(step) for step in steps.order_by("sequence")}


def stored(step: AnswerStep | None) -> StoredAnswer:
    if step is None:
        return StoredAnswer()
    checked = step.kind == StepKind.CHECKED
    return StoredAnswer(step.response, step.sequence, step.created_at, checked)


def item_of(paper: Paper, item_id: UUID | str) -> Item:
    """Return the question of the attempt.

    Raises:
        BadAnswer: there is none with this id.
    """
    try:
        item = paper.item_by_id.get(item_id if isinstance(item_id, UUID) else UUID(item_id))
    except ValueError as error:
        raise BadAnswer(_("The answer could not be read. Choose again.")) from error
    if item is None:
        raise BadAnswer(_("This question does not belong to the quiz."))
    return item


def read_answer(item: Item, fields: Fields) -> Response:
    """Return the response that the fields of a form say, in its kind's one form.

    Raises:
        BadAnswer: the fields cannot be an answer to this question.
    """
    try:
        value = kind_of(item).read(item, fields)
    except UnreadableAnswer as refused:
        raise BadAnswer(refusal_words(refused)) from refused
    return normalised(item, value)


def normalised(item: Item, value: Any) -> Response:
    """Return the response in the one form that its kind stores.

    Raises:
        BadAnswer: it cannot be an answer to this question.
    """
    try:
        return kind_of(item).normalise(item, value)
    except UnreadableAnswer as refused:
        raise BadAnswer(refusal_words(refused)) from refused
