"""Which open answers wait for a mark, the longest wait first: four queries for any number."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from people.models import User
from quizzes.attempts import paper_of
from quizzes.enums import FRACTION_KINDS, WAITING_STATES, MarkStage
from quizzes.layouts import item_ids
from quizzes.marking import may_mark, next_stage
from quizzes.models import AnswerStep, Attempt, Mark, QuizVersion
from quizzes.papers import OPEN, Item, Paper
from quizzes.texts import plain_text

Key = tuple[int, UUID]


@dataclass(frozen=True, slots=True)
class Waiting:
    """One answer in the queue; `number` is the question's place in the attempt."""

    attempt: Attempt
    item: Item
    number: int
    stage: MarkStage
    is_mine: bool

    @property
    def since(self) -> dt.datetime:
        return self.attempt.submitted_at or self.attempt.started_at

    @property
    def question(self) -> str:
        return plain_text(self.item.stem)

    @property
    def who(self) -> str:
        """Whose answer it is, or nothing where it is marked without names."""
        hidden = self.attempt.quiz.is_marked_anonymously
        return "" if hidden else self.attempt.participant.name_with_pronouns


def queue(reader: User) -> list[Waiting]:
    """Return all that waits. What the reader may mark now is `is_mine`."""
    # An attempt that is only held back until the quiz closes has something to do then.
    attempts = list(
        Attempt.objects.filter(state__in=WAITING_STATES, acts_at__isnull=True)
        .exclude(participant=reader)
        .select_related("quiz", "participant")
        .order_by("submitted_at", "pk")
    )
    papers = {
        version.pk: paper_of(version)
        for version in QuizVersion.objects.filter(
            pk__in={attempt.version_id for attempt in attempts}
        )
    }
    settled, given = _settled(), _given()
    return [
        _waiting(attempt, item, number, given.get((attempt.pk, item.id), []), reader)
        for attempt in attempts
        for number, item in _open_items(papers[attempt.version_id], attempt)
        if (attempt.pk, item.id) not in settled
    ]


def _open_items(paper: Paper, attempt: Attempt) -> list[tuple[int, Item]]:
    asked = enumerate(item_ids(attempt.layout), start=1)
    found = [(number, paper.item_by_id[item]) for number, item in asked]
    return [(number, item) for number, item in found if item.kind == OPEN and item.is_graded]


def _settled() -> set[Key]:
    steps = AnswerStep.objects.filter(
        attempt__state__in=WAITING_STATES, kind__in=FRACTION_KINDS
    ).order_by()
    return set(steps.values_list("attempt", "item_id"))


def _given() -> dict[Key, list[tuple[int, Decimal]]]:
    given = defaultdict[Key, list[tuple[int, Decimal]]](list)
    marks = Mark.objects.filter(attempt__state__in=WAITING_STATES).order_by("number")
    for attempt, item, marker, fraction in marks.values_list(
        "attempt", "item_id", "marker", "fraction"
    ):
        given[attempt, item].append((marker, fraction))
    return given


def _waiting(
    attempt: Attempt, item: Item, number: int, given: list[tuple[int, Decimal]], reader: User
) -> Waiting:
    wants_two = attempt.quiz.has_second_marker
    stage = next_stage(given, wants_two=wants_two, is_settled=False)
    return Waiting(attempt, item, number, stage, may_mark(stage, given, reader.pk))
