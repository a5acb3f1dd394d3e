"""Which attempts an analysis looks at."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from quizzes.enums import AttemptState, WhichAttempts
from quizzes.models import Attempt, QuizVersion

NOT_LOOKED_AT = (AttemptState.IN_PROGRESS, AttemptState.ABANDONED)


@dataclass(frozen=True, slots=True)
class Selection:
    """`since` and `until` are the first and the last moment of submission.

    `cohort` is the key of a group of people and `people` their ids; None is everybody.
    """

    which: str = WhichAttempts.FIRST
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    cohort: str = ""
    people: Collection[int] | None = None

    @property
    def key(self) -> str:
        """Name the selection, the same for the same one."""
        ends = (one.isoformat() if one else "" for one in (self.since, self.until))
        return "|".join([self.which, *ends, self.cohort])


def selected(version: QuizVersion, selection: Selection) -> QuerySet[Attempt]:
    """Return the submitted attempts of the version that the selection is about.

    First, last and highest are told among a person's attempts at this version.
    """
    attempts = _submitted(Attempt.objects.filter(version=version))
    if selection.since:
        attempts = attempts.filter(submitted_at__gte=selection.since)
    if selection.until:
        attempts = attempts.filter(submitted_at__lte=selection.until)
    if selection.people is not None:
        attempts = attempts.filter(participant__in=selection.people)
    better = BETTER.get(selection.which)
    if better is not None:
        # The quiz follows from the version; with it the database finds a person's own attempts
        # by their index, and does not look at everybody's for each.
        own = {"quiz": OuterRef("quiz"), "participant": OuterRef("participant")}
        others = _submitted(Attempt.objects.filter(version=OuterRef("version"), **own))
        attempts = attempts.exclude(Exists(others.filter(better)))
    return attempts.order_by()


def _submitted(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    return attempts.filter(submitted_at__isnull=False).exclude(state__in=NOT_LOOKED_AT)


BETTER: dict[str, Q] = {
    WhichAttempts.FIRST: Q(number__lt=OuterRef("number")),
    WhichAttempts.LAST: Q(number__gt=OuterRef("number")),
    WhichAttempts.HIGHEST: Q(percent__gt=OuterRef("percent"))
    | Q(percent=OuterRef("percent"), number__lt=OuterRef("number")),
}
