"""Judging stored attempts again, by the key of their own version or by another one's.

Attempts are read some hundred at a time, so that memory does not grow with their number.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import QuerySet

from quizzes.enums import OVERRIDING_KINDS
from quizzes.grading import PaperGrade, grade_paper
from quizzes.kinds import Response
from quizzes.layouts import item_ids
from quizzes.models import AnswerStep, Attempt
from quizzes.papers import Paper, from_json

BATCH = 500


@dataclass(slots=True)
class Sitting:
    """A stored attempt: what was answered last, and which marks count. `last` is the last step."""

    attempt: Attempt
    answers: dict[UUID, Response] = field(default_factory=dict)
    fractions: dict[UUID, Decimal] = field(default_factory=dict)
    marks: dict[UUID, Fraction] = field(default_factory=dict)
    last: dict[UUID, int] = field(default_factory=lambda: defaultdict(int))


def batches(attempts: QuerySet[Attempt]) -> Iterator[list[Sitting]]:
    """Yield the attempts in the order of their making, two queries for each batch."""
    after = 0
    while True:
        found = list(attempts.filter(pk__gt=after).order_by("pk")[:BATCH])
        if not found:
            return
        after = found[-1].pk
        yield read(found)


def read(attempts: Sequence[Attempt]) -> list[Sitting]:
    """Return the attempts with their steps, in one query."""
    sittings = {attempt.pk: Sitting(attempt) for attempt in attempts}
    steps = (
        AnswerStep.objects.filter(attempt__in=sittings)
        .order_by("attempt", "item_id", "sequence")
        .values_list("attempt", "item_id", "sequence", "kind", "response", "fraction")
    )
    for attempt, item, sequence, kind, response, fraction in steps.iterator(chunk_size=5000):
        sitting = sittings[attempt]
        sitting.last[item] = sequence
        if fraction is None:
            sitting.answers[item] = response
        else:
            sitting.fractions[item] = fraction
            if kind in OVERRIDING_KINDS:
                sitting.marks[item] = Fraction(fraction)
    return list(sittings.values())


def asked_in(paper: Paper, sitting: Sitting) -> Paper:
    """Return the paper with the questions of this attempt only."""
    return paper.only(item_ids(sitting.attempt.layout))


def judge(paper: Paper, sitting: Sitting) -> PaperGrade:
    """Grade the stored answers; what a person has marked keeps these marks."""
    return grade_paper(asked_in(paper, sitting), sitting.answers, marked=sitting.marks)


def is_same(grade: PaperGrade, sitting: Sitting) -> bool:
    """Whether a grade says what is stored: score, percent, pass, and each question's share."""
    attempt = sitting.attempt
    stored = (attempt.score, attempt.max_score, attempt.percent, attempt.passed)
    return stored == (grade.score, grade.max_score, grade.percent, grade.passed) and all(
        item.fraction is None or sitting.fractions.get(item.item_id) == item.fraction
        for item in grade.items
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """An attempt whose marks would not be the same again."""

    attempt_id: int
    stored: Decimal | None
    again: Decimal


def differences(attempts: QuerySet[Attempt]) -> Iterator[tuple[int, list[Difference]]]:
    """Mark finished attempts again; yield for each batch how many and which differ."""
    papers: dict[int, Paper] = {}
    for batch in batches(attempts.select_related("version")):
        found = []
        for sitting in batch:
            version = sitting.attempt.version
            if version.pk not in papers:
                papers = {version.pk: from_json(version.paper), **dict(list(papers.items())[:9])}
            grade = judge(papers[version.pk], sitting)
            if not is_same(grade, sitting):
                found.append(Difference(sitting.attempt.pk, sitting.attempt.score, grade.score))
        yield len(batch), found
