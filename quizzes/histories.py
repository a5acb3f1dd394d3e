"""One attempt step by step, as the log has it: what was answered, marked and marked again."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from quizzes.attempts import paper_of
from quizzes.layouts import item_ids
from quizzes.models import AnswerStep, Attempt
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
    """Return everything that happened to the attempt, first things first: four queries."""
    lines = [*_begun_and_ended(attempt), *_steps(attempt), *_marks(attempt), *_regrades(attempt)]
    return sorted(lines, key=lambda line: line.at)


def _begun_and_ended(attempt: Attempt) -> Iterator[Line]:
    who = str(attempt.participant)
    yield Line(attempt.started_at, who, _("Attempt begun"))
    if attempt.submitted_at:
        yield Line(attempt.submitted_at, who, _("Attempt handed in"))


def _steps(attempt: Attempt) -> Iterator[Line]:
    paper = paper_of(attempt.version)
    places = {item: place for place, item in enumerate(item_ids(attempt.layout), start=1)}
    marked: set[UUID] = set()
    steps = AnswerStep.objects.filter(attempt=attempt).select_related("actor")
    for step in steps.order_by("created_at", "pk"):
        item = paper.item_by_id.get(step.item_id)
        yield Line(
            at=step.created_at,
            actor=str(step.actor or ""),
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
    return _("Answer saved") if step.response_summary else _("Answer taken back")


def _regrades(attempt: Attempt) -> Iterator[Line]:
    lines = attempt.regrade_lines.filter(applied_at__isnull=False)
    for line in lines.select_related("regrade__committed_by"):
        yield Line(
            at=line.applied_at or line.regrade.planned_at,
            actor=str(line.regrade.committed_by or ""),
            what=_("Regraded, %(before)s to %(after)s marks")
            % {"before": _plain(line.old_score), "after": _plain(line.new_score)},
            reason=line.regrade.reason,
        )


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
