"""Marking an open answer: one person's mark, and what it makes of the attempt."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from jobs.posting import post
from people.models import User
from quizzes.enums import FRACTION_KINDS, WAITING_STATES, AttemptState, MarkStage, StepKind
from quizzes.grading_attempts import settle
from quizzes.kinds import kind_of
from quizzes.marking_letters import letter_about
from quizzes.models import AnswerStep, Attempt, Mark
from quizzes.papers import OPEN, Item
from quizzes.sitting.locking import lock
from quizzes.sitting.reading import ANSWER_KINDS, paper_for
from quizzes.summaries import response_summary


class NotToMark(Exception):
    """The answer cannot be marked by this person, or not now."""


def next_stage(
    given: Sequence[tuple[int, Decimal]], *, wants_two: bool, is_settled: bool
) -> MarkStage:
    """Return what the next mark is for. `given` has markers and fractions so far."""
    if is_settled:
        return MarkStage.CORRECTION
    if len(given) >= 2:  # noqa: PLR2004  two marks that differ.
        return MarkStage.DECISION
    return MarkStage.SECOND if given and wants_two else MarkStage.FIRST


def may_mark(stage: MarkStage, given: Sequence[tuple[int, Decimal]], marker: int) -> bool:
    """Nobody marks an answer twice; a correction is open to all who may mark."""
    return stage == MarkStage.CORRECTION or marker not in {who for who, _share in given}


def give_mark(
    *,
    attempt: Attempt,
    item_id: UUID,
    levels: Mapping[str, int],
    fraction: Decimal,
    comment: str,
    by: User,
    at: dt.datetime,
    link_to: str,
    seen: int | None = None,
) -> Mark:
    """Write the mark down; if it decides, add a step, settle the attempt and tell once.

    With a second marker the first mark waits for another one. Two that agree decide;
    where they differ the third one does. `seen` is how many marks the marker knew of.

    Raises:
        NotToMark: it is no open answer that waits, it is one's own, this person has
            marked it before, or somebody else has marked it meanwhile.
    """
    with transaction.atomic():
        locked = lock(attempt)
        item = _open_item(locked, item_id)
        steps = list(locked.steps.filter(item_id=item_id).order_by("sequence"))
        given, stage = _where_it_stands(locked, item_id, steps)
        is_stale = seen not in {None, len(given)}
        if locked.participant_id == by.pk or is_stale or not may_mark(stage, given, by.pk):
            raise NotToMark
        mark = Mark.objects.create(
            attempt=locked, item_id=item_id, number=len(given) + 1, stage=stage, marker=by,
            levels=dict(levels), fraction=fraction, comment=comment, created_at=at,
        )  # fmt: skip
        if _decides(stage, given, fraction, wants_two=locked.quiz.has_second_marker):
            _decide(locked, item, steps, fraction, by, at, link_to)
    return mark


def _where_it_stands(
    attempt: Attempt, item_id: UUID, steps: Sequence[AnswerStep]
) -> tuple[list[tuple[int, Decimal]], MarkStage]:
    marks = Mark.objects.filter(attempt=attempt, item_id=item_id).order_by("number")
    given = [(one.marker_id, one.fraction) for one in marks]
    is_settled = any(step.kind in FRACTION_KINDS for step in steps)
    wants_two = attempt.quiz.has_second_marker
    return given, next_stage(given, wants_two=wants_two, is_settled=is_settled)


def _decides(
    stage: MarkStage, given: list[tuple[int, Decimal]], fraction: Decimal, *, wants_two: bool
) -> bool:
    if stage == MarkStage.FIRST:
        return not wants_two
    return stage != MarkStage.SECOND or given[0][1] == fraction


def _open_item(attempt: Attempt, item_id: UUID) -> Item:
    paper = paper_for(attempt)
    item = paper.item_by_id.get(item_id)
    handed_in = attempt.state in WAITING_STATES | {AttemptState.FINISHED}
    if item is None or item.kind != OPEN or not item.is_graded or not handed_in:
        raise NotToMark
    return item


def _decide(
    attempt: Attempt,
    item: Item,
    steps: Sequence[AnswerStep],
    fraction: Decimal,
    by: User,
    at: dt.datetime,
    link_to: str,
) -> None:
    answers = [step for step in steps if step.kind in ANSWER_KINDS]
    if not answers or kind_of(item).is_empty(answers[-1].response):
        raise NotToMark
    response = answers[-1].response
    AnswerStep.objects.create(
        attempt=attempt,
        item_id=item.id,
        sequence=steps[-1].sequence + 1,
        kind=StepKind.MARKED,
        response=response,
        response_summary=response_summary(item, response),
        fraction=fraction,
        actor=by,
        created_at=at,
    )
    settled = settle(attempt, at=at)
    # A result that is only held back until the quiz closes waits for the clock, not for a mark.
    if settled.state == AttemptState.FINISHED or settled.acts_at:
        post([letter_about(settled, link_to)], at=at)
