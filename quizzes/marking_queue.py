"""Which open answers wait for a mark, the longest wait first.

The database counts and cuts: of however many answers only those of one page are read.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from people.models import User
from quizzes.attempts import paper_of
from quizzes.enums import FRACTION_KINDS, WAITING_STATES, MarkStage, StepKind
from quizzes.layouts import item_ids
from quizzes.models import AnswerStep, Attempt, Mark, QuizVersion
from quizzes.papers import OPEN, Item
from quizzes.texts import plain_text

BY_WAIT = ("attempt__submitted_at", "attempt", "pk")
BACKWARDS = tuple(f"-{name}" for name in BY_WAIT)
OpenItems = Mapping[int, Mapping[UUID, Item]]


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


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers of a quiz wait for one stage, and whether the reader may mark them."""

    quiz: int
    title: str
    stage: MarkStage
    is_mine: bool
    count: int


class Queue:
    """What waits, as one reader sees it. Each slice, tally or neighbour is one query."""

    def __init__(self, steps: "QuerySet[AnswerStep, Any]", open_items: OpenItems) -> None:
        self.steps = steps
        self.open_items = open_items

    def narrowed(self, *, quiz: int | None, stage: str, only_mine: bool) -> "Queue":
        wanted = Q()
        if quiz is not None:
            wanted &= Q(attempt__quiz=quiz)
        if stage:
            wanted &= Q(stage=stage)
        if only_mine:
            wanted &= Q(is_mine=True)
        return Queue(self.steps.filter(wanted), self.open_items)

    def tallies(self) -> list[Tally]:
        groups = self.steps.order_by("attempt__quiz__title", "attempt__quiz")
        keys = ("attempt__quiz", "attempt__quiz__title", "stage", "is_mine")
        counted = groups.values_list(*keys).annotate(count=Count("pk"))
        return [
            Tally(quiz, title, MarkStage(stage), is_mine, count)
            for quiz, title, stage, is_mine, count in counted
        ]

    def count(self) -> int:
        return self.steps.count()

    def __getitem__(self, cut: slice) -> list[Waiting]:
        steps = self.steps.order_by(*BY_WAIT).select_related(
            "attempt__quiz", "attempt__participant"
        )
        return [self._waiting(step) for step in steps[cut]]

    def after(self, attempt: Attempt, item_id: UUID, *, back: bool = False) -> Waiting | None:
        """Return the answer that comes after this one, or before it."""
        here = AnswerStep.objects.filter(attempt=attempt, item_id=item_id, sequence=1).first()
        if here is None:
            return None
        way = "lt" if back else "gt"
        at = {"attempt__submitted_at": attempt.submitted_at}
        beyond = (
            Q(**{f"attempt__submitted_at__{way}": attempt.submitted_at})
            | Q(**at, **{f"attempt__{way}": attempt.pk})
            | Q(**at, attempt=attempt, **{f"pk__{way}": here.pk})
        )
        steps = self.steps.filter(beyond).order_by(*(BACKWARDS if back else BY_WAIT))
        found = steps.select_related("attempt__quiz", "attempt__participant").first()
        return self._waiting(found) if found else None

    def _waiting(self, step: Any) -> Waiting:
        attempt = step.attempt
        return Waiting(
            attempt=attempt,
            item=self.open_items[attempt.version_id][step.item_id],
            number=item_ids(attempt.layout).index(step.item_id) + 1,
            stage=MarkStage(step.stage),
            is_mine=step.is_mine,
        )


def queue(reader: User) -> Queue:
    """Return all that waits, one's own answers left out. It asks which questions are open.

    What the reader may mark now is `is_mine`.
    """
    # An attempt that is only held back until the quiz closes has something to do then.
    attempts = Attempt.objects.filter(state__in=WAITING_STATES, acts_at__isnull=True)
    open_items = _open_items(attempts)
    answered = AnswerStep.objects.filter(
        _of_open_questions(open_items),
        attempt__in=attempts.exclude(participant=reader),
        # Each answered question has exactly one of these.
        kind=StepKind.SAVED,
        sequence=1,
    )
    same = {"attempt": OuterRef("attempt"), "item_id": OuterRef("item_id")}
    settled = AnswerStep.objects.filter(**same, kind__in=FRACTION_KINDS)
    marks = Mark.objects.filter(**same).order_by()
    given = marks.values("attempt").annotate(count=Count("pk")).values("count")
    steps = answered.filter(~Exists(settled)).annotate(
        given=Coalesce(Subquery(given), 0),
        is_mine=Case(
            When(Exists(marks.filter(marker=reader)), then=False),
            default=True,
            output_field=BooleanField(),
        ),
    )
    return Queue(steps.annotate(stage=_stage()), open_items)


def _stage() -> Case:
    """Say in SQL what `marking.next_stage` says of an answer that is not settled."""
    return Case(
        When(given__gte=2, then=Value(MarkStage.DECISION)),
        When(given=1, attempt__quiz__has_second_marker=True, then=Value(MarkStage.SECOND)),
        default=Value(MarkStage.FIRST),
    )


def _open_items(attempts: "QuerySet[Attempt]") -> OpenItems:
    """Return the open questions of each version; of the papers no more is kept."""
    versions = QuizVersion.objects.filter(pk__in=attempts.values("version")).order_by()
    return {
        version.pk: {
            item.id: item
            for item in paper_of(version).items
            if item.kind == OPEN and item.is_graded
        }
        for version in versions.iterator(chunk_size=1)
    }


def _of_open_questions(open_items: OpenItems) -> Q:
    """Ask for the answers to these questions. Versions that ask the same are named together."""
    versions = defaultdict[frozenset[UUID], list[int]](list)
    for version, items in open_items.items():
        versions[frozenset(items)].append(version)
    wanted = Q(pk__in=[])
    for asked, pks in versions.items():
        wanted |= Q(item_id__in=asked, attempt__version__in=pks)
    return wanted
