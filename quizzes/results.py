"""How people stand in quizzes, asked for many people and many quizzes at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from django.db.models import QuerySet

from library.batches import batches
from quizzes.enums import AttemptState, GradingMethod, Purpose
from quizzes.models import Accommodation, Attempt, Quiz

CHUNK = 10_000
FOUR_PLACES = Decimal("0.0001")


@dataclass(frozen=True)
class Standing:
    """How one person stands in one quiz at a moment.

    `counting_percent` and `counting_at` belong to the attempt that counts by the
    quiz's grading method; the percent is None where nothing was graded.
    `passed` is the pass mark reached; a quiz that is not graded is passed by
    finishing it. `passed_at` is when it was first reached. `attempts_used` counts
    the open attempt, too; `attempts_allowed` is None for as many as people want.
    `being_marked` is an attempt that was handed in and whose result is still to come;
    `is_held` says that no person is waited for, only the close of the quiz.
    `given_up_at` is when the time of the last attempt that was not handed in was over.
    """

    participant_id: int
    quiz_id: int
    counting_percent: Decimal | None = None
    counting_at: dt.datetime | None = None
    last_percent: Decimal | None = None
    last_at: dt.datetime | None = None
    best_percent: Decimal | None = None
    best_at: dt.datetime | None = None
    attempts_used: int = 0
    attempts_allowed: int | None = None
    in_progress: bool = False
    being_marked: bool = False
    is_held: bool = False
    given_up_at: dt.datetime | None = None
    passed: bool = False
    passed_at: dt.datetime | None = None

    @property
    def finished(self) -> bool:
        """Whether at least one attempt has been submitted."""
        return self.counting_at is not None

    @property
    def attempts_left(self) -> int | None:
        """How many more attempts may be started; None for as many as people want."""
        if self.attempts_allowed is None:
            return None
        return max(self.attempts_allowed - self.attempts_used, 0)


@dataclass(frozen=True)
class _Rules:
    method: str = GradingMethod.HIGHEST
    pass_mark: Decimal = Decimal(0)
    max_attempts: int | None = None
    is_graded: bool = True


@dataclass(frozen=True)
class _Result:
    percent: Decimal | None
    passed: bool
    at: dt.datetime

    @property
    def order(self) -> Decimal:
        return Decimal(-1) if self.percent is None else self.percent


def standings(
    participant_ids: Collection[int], quiz_ids: Collection[int], *, as_of: dt.datetime
) -> dict[tuple[int, int], Standing]:
    """Return the standing of each of the people in each of the quizzes that exist.

    Only what had happened by `as_of` is looked at: an attempt submitted later was
    still open then. Two queries for up to 10,000 people, and one more where somebody
    has used all attempts: more may have been granted.
    """
    rules = _rules(quiz_ids)
    people = list(dict.fromkeys(participant_ids))
    found: dict[tuple[int, int], Standing] = {}
    for some in batches(people, CHUNK):
        attempts = _attempts_by_pair(some, rules, as_of)
        extra = _extra_attempts(attempts, rules, as_of)
        for person in some:
            for quiz, rule in rules.items():
                pair = (person, quiz)
                own = replace(rule, max_attempts=_added(rule.max_attempts, extra.get(pair, 0)))
                found[pair] = _standing(person, quiz, own, attempts.get(pair, ()), as_of)
    return found


def standing(participant_id: int, quiz_id: int, *, as_of: dt.datetime) -> Standing:
    """Return the standing of one person in one quiz."""
    return standings([participant_id], [quiz_id], as_of=as_of)[participant_id, quiz_id]


def _rules(quiz_ids: Collection[int]) -> dict[int, _Rules]:
    """Read the rules of the live versions; what is still a draft does not hold yet."""
    paper = "live_version__paper__"
    rows = (
        Quiz.objects.filter(pk__in=quiz_ids)
        .order_by("pk")
        .values_list(
            "pk",
            f"{paper}grading_method",
            f"{paper}pass_mark",
            f"{paper}max_attempts",
            f"{paper}purpose",
        )
    )
    return {
        quiz: _Rules(
            method=method,
            pass_mark=Decimal(pass_mark),
            max_attempts=max_attempts,
            is_graded=purpose == Purpose.GRADED,
        )
        if method
        else _Rules()
        for quiz, method, pass_mark, max_attempts, purpose in rows
    }


def _attempts_by_pair(
    people: Collection[int], quizzes: Collection[int], as_of: dt.datetime
) -> Mapping[tuple[int, int], Sequence[Attempt]]:
    attempts: QuerySet[Attempt] = (
        Attempt.objects.filter(participant__in=people, quiz__in=quizzes, started_at__lte=as_of)
        .only(
            "participant",
            "quiz",
            "number",
            "state",
            "started_at",
            "deadline",
            "acts_at",
            "submitted_at",
            "graded_at",
            "percent",
            "passed",
        )
        .order_by("number")
    )
    by_pair = defaultdict(list)
    for attempt in attempts:
        by_pair[attempt.participant_id, attempt.quiz_id].append(attempt)
    return by_pair


def _extra_attempts(
    attempts: Mapping[tuple[int, int], Sequence[Attempt]],
    rules: Mapping[int, _Rules],
    as_of: dt.datetime,
) -> Mapping[tuple[int, int], int]:
    """Return the attempts granted to those who have used theirs up."""
    used_up = [
        (person, quiz)
        for (person, quiz), made in attempts.items()
        if (most := rules[quiz].max_attempts) is not None and len(made) >= most
    ]
    if not used_up:
        return {}
    granted = Accommodation.objects.in_force(as_of).filter(
        participant__in={person for person, _quiz in used_up}, extra_attempts__gt=0
    )
    rows = list(granted.values_list("participant", "quiz", "extra_attempts"))
    return {
        (person, quiz): max(
            (extra for who, what, extra in rows if who == person and what in {None, quiz}),
            default=0,
        )
        for person, quiz in used_up
    }


def _added(most: int | None, extra: int) -> int | None:
    return None if most is None else most + extra


def _standing(
    person: int, quiz: int, rules: _Rules, attempts: Sequence[Attempt], as_of: dt.datetime
) -> Standing:
    results = list(_results(attempts, rules, as_of))
    waiting = [attempt for attempt in attempts if _waited(attempt, as_of)]
    given_up_at = max((at for one in attempts if (at := _given_up_at(one, as_of))), default=None)
    if not results:
        return Standing(
            participant_id=person,
            quiz_id=quiz,
            attempts_used=len(attempts),
            attempts_allowed=rules.max_attempts,
            in_progress=any(_was_open(attempt, as_of) for attempt in attempts),
            being_marked=bool(waiting),
            is_held=_is_held(waiting),
            given_up_at=given_up_at,
        )
    counting, best = METHODS[rules.method](results, rules), _highest(results, rules)
    passing = results if rules.method == GradingMethod.HIGHEST else [counting]
    passed_at = next((result.at for result in passing if result.passed), None)
    return Standing(
        participant_id=person,
        quiz_id=quiz,
        counting_percent=counting.percent,
        counting_at=counting.at,
        last_percent=results[-1].percent,
        last_at=results[-1].at,
        best_percent=best.percent,
        best_at=best.at,
        attempts_used=len(attempts),
        attempts_allowed=rules.max_attempts,
        in_progress=any(_was_open(attempt, as_of) for attempt in attempts),
        being_marked=bool(waiting),
        is_held=_is_held(waiting),
        given_up_at=given_up_at,
        passed=passed_at is not None,
        passed_at=passed_at,
    )


def _results(attempts: Sequence[Attempt], rules: _Rules, as_of: dt.datetime) -> Iterator[_Result]:
    """What was known then: a result counts from when it was graded, by when it was handed in."""
    for attempt in attempts:
        at = attempt.submitted_at
        if attempt.state == AttemptState.FINISHED and at and _was_graded(attempt, as_of):
            yield _Result(attempt.percent, not rules.is_graded or bool(attempt.passed), at)


def _was_graded(attempt: Attempt, as_of: dt.datetime) -> bool:
    return attempt.graded_at is not None and attempt.graded_at <= as_of


def _was_open(attempt: Attempt, as_of: dt.datetime) -> bool:
    if attempt.state == AttemptState.ABANDONED:
        return False
    return attempt.submitted_at is None or attempt.submitted_at > as_of


def _waited(attempt: Attempt, as_of: dt.datetime) -> bool:
    handed_in = attempt.submitted_at is not None and attempt.submitted_at <= as_of
    return handed_in and not _was_graded(attempt, as_of)


def _is_held(waiting: Sequence[Attempt]) -> bool:
    """An attempt whose answers are all judged has a moment when it acts by itself."""
    return bool(waiting) and all(attempt.acts_at is not None for attempt in waiting)


def _given_up_at(attempt: Attempt, as_of: dt.datetime) -> dt.datetime | None:
    if attempt.state != AttemptState.ABANDONED:
        return None
    over = attempt.deadline or attempt.started_at
    return over if over <= as_of else None


def _highest(results: Sequence[_Result], _rules: _Rules) -> _Result:
    return max(results, key=lambda result: result.order)


def _average(results: Sequence[_Result], rules: _Rules) -> _Result:
    percents = [result.percent for result in results if result.percent is not None]
    if not percents:
        return results[-1]
    mean = (sum(percents, Decimal(0)) / len(percents)).quantize(FOUR_PLACES, ROUND_DOWN)
    return _Result(mean, not rules.is_graded or mean >= rules.pass_mark, results[-1].at)


METHODS: Mapping[str, Callable[[Sequence[_Result], _Rules], _Result]] = {
    GradingMethod.HIGHEST: _highest,
    GradingMethod.LAST: lambda results, _rules: results[-1],
    GradingMethod.FIRST: lambda results, _rules: results[0],
    GradingMethod.AVERAGE: _average,
}
