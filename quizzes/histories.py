"""One attempt step by step, as the log has it: what was answered, marked and marked again."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from quizzes.attempts import paper_of
from quizzes.conditions import Conditions
from quizzes.enums import AttemptState, RegradeKind, RegradeState, StepKind
from quizzes.layouts import item_ids
from quizzes.models import AnswerStep, Attempt, RegradeLine
from quizzes.papers import Paper
from quizzes.terms import GRACE, Terms
from quizzes.texts import plain_text


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is the place of the question in this attempt; 0 for what is about the whole."""

    at: dt.datetime
    actor: str
    what: str
    number: int = 0
    question: str = ""
    response: str = ""
    right_answer: str = ""
    fraction: Decimal | None = None
    reason: str = ""


def history(attempt: Attempt) -> list[Line]:
    """Return everything that happened to the attempt, first things first: three queries."""
    paper = paper_of(attempt.version)
    steps = list(
        AnswerStep.objects.filter(attempt=attempt)
        .select_related("actor")
        .order_by("created_at", "pk")
    )
    lines = [
        *_begun_and_ended(attempt, paper.terms, steps),
        *_steps(attempt, paper, steps),
        *_marks(attempt),
        *_regrades(attempt, paper),
    ]
    return sorted(lines, key=lambda line: line.at)


def _begun_and_ended(attempt: Attempt, terms: Terms, steps: Sequence[AnswerStep]) -> Iterator[Line]:
    who = str(attempt.participant)
    yield Line(attempt.started_at, who, _("Attempt begun"))
    yield from _time_over(attempt, terms)
    if attempt.submitted_at and _is_by_the_clock(attempt, steps):
        words = _("Time was over: handed in with the answers saved so far")
        yield Line(attempt.submitted_at, _("The clock"), words)
    elif attempt.submitted_at:
        yield Line(attempt.submitted_at, who, _("Attempt handed in"))


def _time_over(attempt: Attempt, terms: Terms) -> Iterator[Line]:
    """What the clock did to an attempt that was not handed in by its deadline."""
    deadline = attempt.deadline
    if deadline is None:
        return
    is_late = attempt.submitted_at is not None and attempt.submitted_at > deadline
    is_given_up = attempt.state == AttemptState.ABANDONED
    waits = terms.at_deadline == GRACE
    if is_late or attempt.state == AttemptState.OVERDUE or (is_given_up and waits):
        yield Line(deadline, _("The clock"), _("Time was over: it could still be handed in"))
    if is_given_up:
        over = Conditions(terms).abandoned_at(deadline) if waits else deadline
        yield Line(over, _("The clock"), _("Time was over: not handed in"))


def _is_by_the_clock(attempt: Attempt, steps: Sequence[AnswerStep]) -> bool:
    """Handing in marks each question with a key, and its steps say who did it."""
    if attempt.submitted_at != attempt.deadline:
        return False
    first = next((step for step in steps if step.kind == StepKind.GRADED), None)
    return first is None or first.actor is None


def _steps(attempt: Attempt, paper: Paper, steps: Sequence[AnswerStep]) -> Iterator[Line]:
    places = {item: place for place, item in enumerate(item_ids(attempt.layout), start=1)}
    marked: set[UUID] = set()
    for step in steps:
        item = paper.item_by_id.get(step.item_id)
        yield Line(
            at=step.created_at,
            actor=str(step.actor or _("The clock")),
            what=_what(step, again=step.item_id in marked),
            number=places.get(step.item_id, 0),
            question=plain_text(item.stem) if item else "",
            response=step.response_summary,
            right_answer=step.right_answer_summary,
            fraction=step.fraction,
        )
        if step.fraction is not None:
            marked.add(step.item_id)


def _marks(attempt: Attempt) -> Iterator[Line]:
    """What each marker gave and wrote; what counts at last is a step."""
    places = {item: place for place, item in enumerate(item_ids(attempt.layout), start=1)}
    for mark in attempt.marks_given.select_related("marker"):
        yield Line(
            at=mark.created_at,
            actor=str(mark.marker),
            what=mark.get_stage_display(),
            number=places.get(mark.item_id, 0),
            fraction=mark.fraction,
            reason=mark.comment,
        )


def _what(step: AnswerStep, *, again: bool) -> str:
    if step.fraction is not None:
        return _("Marked again") if again else _("Marked")
    if step.kind == StepKind.CHECKED:
        return _("Answer checked")
    return _("Answer saved") if step.response_summary else _("Answer taken back")


def _regrades(attempt: Attempt, paper: Paper) -> Iterator[Line]:
    """What each regrade did to the attempt, or why it left it alone."""
    places = {item: place for place, item in enumerate(item_ids(attempt.layout), start=1)}
    lines = attempt.regrade_lines.exclude(regrade__state=RegradeState.PLANNED)
    for line in lines.select_related("regrade__committed_by"):
        regrade = line.regrade
        if not (line.applied_at or line.refusal):
            continue
        item = paper.item_by_id.get(regrade.item_id) if regrade.item_id else None
        yield Line(
            at=line.applied_at or regrade.committed_at or regrade.planned_at,
            actor=str(regrade.committed_by or ""),
            what=_what_became(line),
            number=places.get(item.id, 0) if item else 0,
            question=plain_text(item.stem) if item else "",
            reason=f"{line.refusal} {regrade.reason}".strip(),
        )


def _what_became(line: RegradeLine) -> str:
    if line.refusal:
        return _("Left as it was by a regrade")
    marks = {"before": _plain(line.old_score), "after": _plain(line.new_score)}
    if line.regrade.kind == RegradeKind.NEW_KEY:
        return _("Regraded, %(before)s to %(after)s marks") % marks
    marks["ruling"] = line.regrade.get_kind_display()
    return _("Ruling “%(ruling)s”: %(before)s to %(after)s marks") % marks


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
