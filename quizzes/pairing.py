"""The same people before and after: who has sat both parts of a pair, and how."""

import datetime as dt
from dataclasses import dataclass

from quizzes.models import Attempt, QuizPair


@dataclass(frozen=True)
class PairedSitting:
    """The first attempt at the quiz before, and the last one at the quiz after it."""

    participant_id: int
    before: Attempt
    after: Attempt


def paired_sittings(pair: QuizPair, *, as_of: dt.datetime) -> list[PairedSitting]:
    """Return everybody who has finished both parts by then, the second one after the first.

    A pair of one quiz with itself takes two sittings of it. Two queries.
    """
    first: dict[int, Attempt] = {}
    last: dict[int, Attempt] = {}
    for attempt in _finished(pair.before_id, as_of):
        first.setdefault(attempt.participant_id, attempt)
    for attempt in _finished(pair.after_id, as_of):
        before = first.get(attempt.participant_id)
        if before and attempt.pk != before.pk and attempt.started_at >= before.started_at:
            last[attempt.participant_id] = attempt
    return [PairedSitting(person, first[person], after) for person, after in last.items()]


def _finished(quiz_id: int, as_of: dt.datetime) -> list[Attempt]:
    attempts = Attempt.objects.finished().filter(quiz=quiz_id, graded_at__lte=as_of)
    return list(attempts.order_by("submitted_at", "number").select_related("version"))
