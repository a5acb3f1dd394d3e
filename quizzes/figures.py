"""How a quiz does: what its trainer wants to know about all its attempts together."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from django.db.models import Avg, Count, F, Q

from quizzes.analysing import latest_marks
from quizzes.attempts import paper_of
from quizzes.enums import HANDED_IN_STATES, AttemptState
from quizzes.models import Attempt, QuizVersion
from quizzes.summaries import plain_text


@dataclass(frozen=True)
class ItemFigures:
    """`facility` is the mean share of the mark, 0 to 1; None before anybody answered."""

    item_id: UUID
    question: str
    answers: int
    facility: Decimal | None


@dataclass(frozen=True)
class QuizFigures:
    """Finished attempts only; `waiting` are handed in, and their result is still to come.

    `mean_percent` is over attempts; `pass_rate` the share, 0 to 1, of participants who
    have passed at least once. Both are None where there is nothing to take them of.
    `items` are the graded questions of the live version, over attempts of any version.
    """

    quiz_id: int
    participants: int = 0
    attempts: int = 0
    waiting: int = 0
    mean_percent: Decimal | None = None
    pass_rate: Decimal | None = None
    items: tuple[ItemFigures, ...] = ()


def figures(quiz_ids: Collection[int]) -> dict[int, QuizFigures]:
    """Return the figures of each quiz, in three queries whatever their number."""
    items = _items(quiz_ids)
    finished = Q(state=AttemptState.FINISHED)
    rows = (
        Attempt.objects.filter(quiz__in=quiz_ids, state__in=HANDED_IN_STATES)
        .order_by("quiz")
        .values("quiz")
        .annotate(
            attempts=Count("pk", filter=finished),
            waiting=Count("pk", filter=~finished),
            participants=Count("participant", distinct=True, filter=finished),
            graded=Count("participant", distinct=True, filter=Q(passed__isnull=False)),
            passed=Count("participant", distinct=True, filter=Q(passed=True)),
            mean=Avg("percent"),
        )
    )
    found = {quiz: QuizFigures(quiz_id=quiz, items=items.get(quiz, ())) for quiz in quiz_ids}
    for row in rows:
        quiz = row["quiz"]
        found[quiz] = QuizFigures(
            quiz_id=quiz,
            participants=row["participants"],
            attempts=row["attempts"],
            waiting=row["waiting"],
            mean_percent=_to_places(row["mean"], "0.01"),
            pass_rate=_to_places(_share(row["passed"], row["graded"]), "0.0001"),
            items=items.get(quiz, ()),
        )
    return found


def _items(quiz_ids: Collection[int]) -> Mapping[int, tuple[ItemFigures, ...]]:
    answered = _facilities(quiz_ids)
    live = QuizVersion.objects.filter(quiz__in=quiz_ids, quiz__live_version=F("pk"))
    return {
        version.quiz_id: tuple(
            ItemFigures(item.id, plain_text(item.stem), *answered[version.quiz_id, item.id])
            for item in paper_of(version).items
            if item.is_graded
        )
        for version in live
    }


def _facilities(
    quiz_ids: Collection[int],
) -> Mapping[tuple[int, UUID], tuple[int, Decimal | None]]:
    """Of each question the mark that counts: a later one takes the place of the first."""
    rows = (
        latest_marks(Attempt.objects.filter(quiz__in=quiz_ids))
        .order_by("attempt__quiz", "item_id")
        .values_list("attempt__quiz", "item_id")
        .annotate(answers=Count("pk"), facility=Avg("fraction"))
    )
    found = defaultdict[tuple[int, UUID], tuple[int, Decimal | None]](lambda: (0, None))
    for quiz, item, answers, facility in rows:
        found[quiz, item] = (answers, _to_places(facility, "0.0001"))
    return found


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def _to_places(number: Decimal | None, places: str) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(Decimal(places), ROUND_HALF_UP)
