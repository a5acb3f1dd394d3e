"""What a participant does with a quiz: start, answer, submit.

The server decides everything that counts: how many attempts there are, which
answers are stored, and what they are worth. Nothing a browser says about a score
is ever read.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from people.models import User
from quizzes.enums import AttemptState, StepKind
from quizzes.grading import PaperGrade, grade_paper
from quizzes.kinds import Fields, Response, UnreadableAnswer, kind_of
from quizzes.layouts import item_ids, lay_out
from quizzes.models import AnswerStep, Attempt, Quiz, QuizVersion
from quizzes.papers import Item, Paper, from_json
from quizzes.refusals import refusal_words
from quizzes.signals import attempt_finished
from quizzes.summaries import response_summary, right_answer_summary
from quizzes.terms import Terms


class NotPublished(Exception):
    """The quiz has no live version yet."""


class NoAttemptsLeft(Exception):
    """All the attempts that the quiz allows have been used."""


class TooSoon(Exception):
    """The next attempt may start at `opens` only."""

    def __init__(self, opens: dt.datetime) -> None:
        super().__init__()
        self.opens = opens


class AttemptClosed(Exception):
    """The attempt has been submitted and takes nothing any more."""


class BadAnswer(Exception):
    """The answer cannot be one of this question; the message says why."""


class NewerAnswer(Exception):
    """Another form has stored a different answer since this one was shown."""

    def __init__(self, stored: "StoredAnswer") -> None:
        super().__init__()
        self.stored = stored


@dataclass(frozen=True)
class StoredAnswer:
    """The last answer to a question. `sequence` is 0 and `saved_at` None before the first."""

    response: Response = None
    sequence: int = 0
    saved_at: dt.datetime | None = None


def paper_of(version: QuizVersion) -> Paper:
    """Return the whole paper, with all questions that any attempt may draw."""
    return from_json(version.paper)


def paper_for(attempt: Attempt) -> Paper:
    """Return the paper as this attempt has it: only the questions that were drawn."""
    return paper_of(attempt.version).only(item_ids(attempt.layout))


def start(*, quiz: Quiz, participant: User, at: dt.datetime, rng: Random | None = None) -> Attempt:
    """Return the participant's open attempt, or begin the next one on the live version.

    Parallel calls return the same attempt.

    Raises:
        NotPublished: there is no live version.
        NoAttemptsLeft: the live version allows no further attempt.
        TooSoon: the time between two attempts is not over.
    """
    version = QuizVersion.objects.filter(pk=quiz.live_version_id).first()
    if version is None:
        raise NotPublished
    paper = paper_of(version)
    with transaction.atomic():
        # Whoever starts waits here for the same person's other starts.
        User.objects.select_for_update(no_key=True).get(pk=participant.pk)
        earlier = list(
            Attempt.objects.filter(quiz=quiz, participant=participant).order_by("number")
        )
        for attempt in earlier:
            if attempt.state == AttemptState.IN_PROGRESS:
                return attempt
        if paper.max_attempts is not None and len(earlier) >= paper.max_attempts:
            raise NoAttemptsLeft
        opens = next_start(paper.terms, earlier)
        if opens and at < opens:
            raise TooSoon(opens)
        before = [item for attempt in earlier for item in item_ids(attempt.layout)]
        layout = lay_out(paper, rng=rng or SystemRandom(), earlier=before)
        return Attempt.objects.create(
            quiz=quiz,
            version=version,
            participant=participant,
            number=earlier[-1].number + 1 if earlier else 1,
            layout=layout,
            started_at=at,
            max_score=paper.only(item_ids(layout)).max_score,
        )


def next_start(terms: Terms, earlier: Iterable[Attempt]) -> dt.datetime | None:
    """Return when the next attempt may start by the time between two; None: at any time."""
    ends = [attempt.submitted_at for attempt in earlier if attempt.submitted_at]
    if not ends or not terms.wait_minutes:
        return None
    return max(ends) + dt.timedelta(minutes=terms.wait_minutes)


def stored_answers(attempt: Attempt) -> dict[UUID, StoredAnswer]:
    """Return the last answer to each answered question of the attempt, in one query."""
    steps = AnswerStep.objects.filter(attempt=attempt, kind=StepKind.SAVED).order_by("sequence")
    return {
        step.item_id: StoredAnswer(step.response, step.sequence, step.created_at) for step in steps
    }


def save_answer(
    *,
    attempt: Attempt,
    item_id: UUID | str,
    response: Response,
    actor: User,
    at: dt.datetime,
    seen: int | None = None,
) -> StoredAnswer:
    """Store a response as the next step and return it; an empty one clears the answer.

    The answer that is stored already adds no step. `seen` is the sequence of the
    answer that the form was made from; None takes the form's word over anything.

    Raises:
        BadAnswer: no such question, or not a response that its kind can have.
        AttemptClosed: the attempt has been submitted.
        NewerAnswer: a different answer was stored after the one that was seen.
    """
    item = _item(paper_for(attempt), item_id)
    chosen = _normalised(item, response)
    with transaction.atomic():
        _lock_open(attempt)
        last = _last_answer(attempt, item)
        if last.response == chosen or (last.sequence == 0 and kind_of(item).is_empty(chosen)):
            return last
        if seen is not None and seen < last.sequence:
            raise NewerAnswer(last)
        AnswerStep.objects.create(
            attempt=attempt,
            item_id=item.id,
            sequence=last.sequence + 1,
            kind=StepKind.SAVED,
            response=chosen,
            response_summary=response_summary(item, chosen),
            actor=actor,
            created_at=at,
        )
    return StoredAnswer(chosen, last.sequence + 1, at)


def submit(*, attempt: Attempt, actor: User, at: dt.datetime) -> Attempt:
    """Close the attempt and grade it from its version and its stored answers alone.

    Raises:
        AttemptClosed: it has been submitted already; the first submission stands.
    """
    paper = paper_for(attempt)
    with transaction.atomic():
        locked = _lock_open(attempt)
        answers = stored_answers(locked)
        grade = grade_paper(paper, {item: stored.response for item, stored in answers.items()})
        AnswerStep.objects.bulk_create(_graded_steps(locked, paper, grade, answers, actor, at))
        locked.state = AttemptState.FINISHED
        locked.submitted_at = max(at, locked.started_at)
        locked.score = grade.score
        locked.percent = grade.percent
        locked.passed = grade.passed
        locked.save(update_fields=["state", "submitted_at", "score", "percent", "passed"])
        attempt_finished.send(sender=Attempt, attempt=locked)
    return locked


def _lock_open(attempt: Attempt) -> Attempt:
    locked = (
        Attempt.objects.select_for_update(of=("self",), no_key=True)
        .select_related("quiz", "participant")
        .get(pk=attempt.pk)
    )
    if locked.state != AttemptState.IN_PROGRESS:
        raise AttemptClosed
    return locked


def _item(paper: Paper, item_id: UUID | str) -> Item:
    item = paper.item_by_id.get(_uuid(item_id))
    if item is None:
        raise BadAnswer(_("This question does not belong to the quiz."))
    return item


def read_answer(item: Item, fields: Fields) -> Response:
    """Return the response that the fields of a form say, in its kind's one form.

    Raises:
        BadAnswer: the fields cannot be an answer to this question.
    """
    return _normalised(item, kind_of(item).read(item, fields))


def _normalised(item: Item, value: Any) -> Response:
    try:
        return kind_of(item).normalise(item, value)
    except UnreadableAnswer as refused:
        raise BadAnswer(refusal_words(refused)) from refused


def _uuid(text: UUID | str) -> UUID:
    try:
        return text if isinstance(text, UUID) else UUID(text)
    except ValueError as error:
        raise BadAnswer(_("The answer could not be read. Choose again.")) from error


def _last_answer(attempt: Attempt, item: Item) -> StoredAnswer:
    last = AnswerStep.objects.filter(attempt=attempt, item_id=item.id).order_by("-sequence").first()
    if last is None:
        return StoredAnswer()
    return StoredAnswer(last.response, last.sequence, last.created_at)


def _graded_steps(
    attempt: Attempt,
    paper: Paper,
    grade: PaperGrade,
    answers: Mapping[UUID, StoredAnswer],
    actor: User,
    at: dt.datetime,
) -> Sequence[AnswerStep]:
    """One step for each question that can be graded, answered or not; none for ratings."""
    steps = []
    for result in grade.items:
        if result.fraction is None:
            continue
        item = paper.item_by_id[result.item_id]
        stored = answers.get(item.id, StoredAnswer())
        steps.append(
            AnswerStep(
                attempt=attempt,
                item_id=item.id,
                sequence=stored.sequence + 1,
                kind=StepKind.GRADED,
                response=stored.response
                if stored.sequence
                else kind_of(item).normalise(item, None),
                response_summary=response_summary(item, stored.response),
                right_answer_summary=right_answer_summary(item),
                fraction=result.fraction,
                actor=actor,
                created_at=at,
            )
        )
    return steps
