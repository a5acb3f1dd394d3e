"""Saving an answer: nothing is overwritten, least of all by something older."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists

from people.models import User
from quizzes.enums import StepKind
from quizzes.kinds import Response, kind_of
from quizzes.layouts import page_of
from quizzes.models import AnswerStep, Attempt
from quizzes.papers import Item
from quizzes.sitting.locking import lock_for_answers
from quizzes.sitting.reading import (
    ANSWER_KINDS,
    StoredAnswer,
    item_of,
    normalised,
    paper_for,
    stored,
)
from quizzes.sitting.refusing import AnswerChecked, NewerAnswer, OutOfOrder
from quizzes.summaries import response_summary
from quizzes.terms import DURING, Terms


@dataclass(frozen=True)
class Sender:
    """Which open page sent an answer, the how-manieth of its own, and under which key.

    The same request sent twice has the same key; of one page the higher `seq` is newer.
    """

    client: UUID
    seq: int
    key: UUID


def save_answer(
    *,
    attempt: Attempt,
    item_id: UUID | str,
    response: Response,
    actor: User,
    at: dt.datetime,
    seen: int | None = None,
    sender: Sender | None = None,
) -> StoredAnswer:
    """Store a response as the next step and return what is stored then.

    An empty response clears the answer; the answer that is stored already adds no
    step. `seen` is the sequence of the answer that the form was made from; None takes
    the form's word over anything. A request that came before, or one that the same page
    sent earlier than what is stored, changes nothing.

    Raises:
        BadAnswer: no such question, or not a response that its kind can have.
        AttemptClosed: the attempt takes no answers any more.
        OutOfOrder: pages open one after the other, and the question's is not open.
        AnswerChecked: the answer has been checked.
        NewerAnswer: a different answer was stored after the one that was seen.
    """
    paper = paper_for(attempt)
    item = item_of(paper, item_id)
    chosen = normalised(item, response)
    with transaction.atomic():
        locked = lock_for_answers(attempt, at=at)
        _guard_order(locked, paper.terms, item)
        last = _last_step(locked, item, sender)
        if _changes_nothing(item, chosen, last, sender):
            return stored(last)
        _guard_newer(last, seen, sender)
        step = _add(locked, item, chosen, last, actor, at, sender=sender)
    return stored(step)


def check_answer(
    *, attempt: Attempt, item_id: UUID | str, actor: User, at: dt.datetime
) -> StoredAnswer:
    """Close an answered question whose feedback may be seen before handing in.

    Nothing happens to a question without an answer, or to one that is checked already.

    Raises:
        BadAnswer: no such question, or this quiz shows nothing while it is answered.
        AttemptClosed, OutOfOrder: as for saving.
    """
    paper = paper_for(attempt)
    item = item_of(paper, item_id)
    with transaction.atomic():
        locked = lock_for_answers(attempt, at=at)
        _guard_order(locked, paper.terms, item)
        last = _last_step(locked, item)
        answered = last and not kind_of(item).is_empty(last.response)
        if last is None or not answered or last.kind == StepKind.CHECKED:
            return stored(last)
        if DURING not in {paper.terms.review.keys, paper.terms.review.feedback}:
            return stored(last)
        step = _add(locked, item, last.response, last, actor, at, kind=StepKind.CHECKED)
    return stored(step)


def _guard_order(attempt: Attempt, terms: Terms, item: Item) -> None:
    if terms.is_sequential and page_of(attempt.layout, terms.paging, item.id) != attempt.page:
        raise OutOfOrder


def _last_step(attempt: Attempt, item: Item, sender: Sender | None = None) -> Any:
    """Return the answer's last step; `is_known` says whether this request came before."""
    steps = AnswerStep.objects.filter(attempt=attempt, item_id=item.id, kind__in=ANSWER_KINDS)
    known = AnswerStep.objects.filter(attempt=attempt, client_key=sender.key if sender else None)
    return steps.annotate(is_known=Exists(known)).order_by("-sequence").first()


def _changes_nothing(item: Item, chosen: Response, last: Any, sender: Sender | None) -> bool:
    if last is None:
        return kind_of(item).is_empty(chosen)
    if sender:
        if last.client == sender.client and sender.seq <= (last.client_seq or 0):
            return True
        if last.is_known:
            return True
        # The same page went back to this answer: its number is kept, or an older request
        # that is still on its way would win.
        if last.client == sender.client and last.kind != StepKind.CHECKED:
            return False
    return last.response == chosen


def _guard_newer(last: AnswerStep | None, seen: int | None, sender: Sender | None) -> None:
    if last is None:
        return
    if last.kind == StepKind.CHECKED:
        raise AnswerChecked
    if seen is None or seen >= last.sequence:
        return
    if sender is None or last.client != sender.client:
        raise NewerAnswer(stored(last))


def _add(
    attempt: Attempt,
    item: Item,
    response: Response,
    last: AnswerStep | None,
    actor: User,
    at: dt.datetime,
    *,
    sender: Sender | None = None,
    kind: StepKind = StepKind.SAVED,
) -> AnswerStep:
    return AnswerStep.objects.create(
        attempt=attempt,
        item_id=item.id,
        sequence=last.sequence + 1 if last else 1,
        kind=kind,
        response=response,
        response_summary=response_summary(item, response),
        actor=actor,
        created_at=at,
        client=sender.client if sender else None,
        client_seq=sender.seq if sender else None,
        client_key=sender.key if sender else None,
    )
