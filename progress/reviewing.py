"""The short reviews of the modules that somebody has completed. They are the person's own.

The sittings are attempts at the quiz that the module's author chose; only what was left out is
written down here. Nothing waits for a review, and no desk shows one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from modules.languages import originals, put_into_words
from modules.models import ModulePage
from people.models import User
from progress.models import ModuleRecord, ReviewSkip
from progress.review import DAYS_IN_ALL, ReviewSet, Taken, coming, due, mean, review_sets
from quizzes.attempts import paper_of
from quizzes.enums import OPEN_STATES
from quizzes.models import Attempt, Quiz
from quizzes.papers import Paper


@dataclass(frozen=True)
class ModuleReview:
    """The three reviews of one module for one person; `is_begun` where one is open."""

    module: ModulePage
    quiz: Quiz
    sets: tuple[ReviewSet, ...]
    is_begun: bool

    @property
    def due(self) -> ReviewSet | None:
        return due(self.sets)

    @property
    def coming(self) -> ReviewSet | None:
        return coming(self.sets)

    @property
    def mean(self) -> Decimal | None:
        return mean(self.sets)

    @cached_property
    def paper(self) -> Paper | None:
        return paper_of(self.quiz.live_version) if self.quiz.live_version else None


def own_reviews(user: User, *, at: dt.datetime) -> list[ModuleReview]:
    """Return the reviews of what the person completed not too long ago, the oldest first.

    Four queries whatever was completed, and one without anything.
    """
    since = at - dt.timedelta(days=DAYS_IN_ALL + 1)
    records = ModuleRecord.objects.filter(
        participant=user.pk, completed_at__gt=since, completed_at__lte=at
    )
    completed = dict(records.order_by("completed_at").values_list("module_key", "completed_at"))
    return _reviews(user, completed, at=at)


def review_of(user: User, module_key: UUID, *, at: dt.datetime) -> ModuleReview | None:
    """Return the reviews of one module, however long ago the person completed it."""
    records = ModuleRecord.objects.filter(
        participant=user.pk, module_key=module_key, completed_at__lte=at
    )
    completed = dict(records.values_list("module_key", "completed_at"))
    return next(iter(_reviews(user, completed, at=at)), None)


def reviews_with(user: User, quiz: Quiz, *, at: dt.datetime) -> list[ModuleReview]:
    """Return the reviews that are sat with this quiz, however long ago the module was completed."""
    keys = ModulePage.objects.filter(review_quiz=quiz).values("translation_key")
    records = ModuleRecord.objects.filter(
        participant=user.pk, module_key__in=keys, completed_at__lte=at
    )
    completed = dict(records.order_by("completed_at").values_list("module_key", "completed_at"))
    return _reviews(user, completed, at=at)


def skip(*, participant: User, module_key: UUID, at: dt.datetime) -> ModuleReview | None:
    """Write down that the person leaves out the set that is due; twice is once.

    Returns:
        The reviews as they stand then; None where none was due.
    """
    found = review_of(participant, module_key, at=at)
    if found is None or found.due is None:
        return None
    ReviewSkip.objects.get_or_create(
        participant=participant,
        module_key=module_key,
        number=found.due.number,
        defaults={"skipped_at": at},
    )
    return review_of(participant, module_key, at=at)


def _reviews(
    user: User, completed: Mapping[UUID, dt.datetime | None], *, at: dt.datetime
) -> list[ModuleReview]:
    if not completed:
        return []
    published = originals(ModulePage.objects.live()).filter(
        translation_key__in=completed, review_quiz__live_version__isnull=False
    )
    modules = list(published.select_related("review_quiz__live_version").order_by("path"))
    if not modules:
        return []
    put_into_words(modules)
    by_key = {module.translation_key: module for module in modules}
    sittings, begun = _sittings(user, {module.review_quiz_id for module in modules}, at)
    skipped = _skipped(user, by_key, at)
    return [
        ModuleReview(
            module=by_key[key],
            quiz=by_key[key].review_quiz,
            sets=review_sets(
                completed_on=_day(completed_at),
                sittings=sittings[by_key[key].review_quiz_id],
                skipped=skipped[key],
                today=_day(at),
            ),
            is_begun=by_key[key].review_quiz_id in begun,
        )
        for key, completed_at in completed.items()
        if key in by_key and completed_at
    ]


def _sittings(
    user: User, quiz_ids: Collection[int | None], at: dt.datetime
) -> tuple[Mapping[int | None, list[Taken]], set[int]]:
    """Return what was handed in of each quiz, and the quizzes with an open attempt."""
    handed_in: dict[int | None, list[Taken]] = defaultdict(list)
    begun = set()
    rows = Attempt.objects.filter(participant=user.pk, quiz__in=quiz_ids, started_at__lte=at)
    for quiz, state, submitted_at, percent in rows.order_by("number").values_list(
        "quiz_id", "state", "submitted_at", "percent"
    ):
        if submitted_at and submitted_at <= at:
            handed_in[quiz].append(Taken(_day(submitted_at), percent))
        elif state in OPEN_STATES:
            begun.add(quiz)
    return handed_in, begun


def _skipped(user: User, keys: Collection[UUID], at: dt.datetime) -> Mapping[UUID, set[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    rows = ReviewSkip.objects.filter(
        participant=user.pk, module_key__in=keys, skipped_at__lte=at
    ).values_list("module_key", "number")
    for key, number in rows:
        found[key].add(number)
    return found


def _day(moment: dt.datetime) -> dt.date:
    """Return the day of that moment where the person is."""
    return timezone.localtime(moment).date()
