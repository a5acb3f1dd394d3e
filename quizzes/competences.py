"""What people have shown of each dimension, kept apart by the kind of evidence.

There is no score of anybody as a whole: what somebody knows, chooses in a situation,
writes, and says of themselves are four things, and are never added up. Of each person
and quiz the last finished attempt says where they stand; where a pair of quizzes says
what is before and what after, only the after does. Practice does not count. Rooms above
bring what was judged by a rubric outside quizzes: it counts as one quiz more each.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from competence.models import Dimension
from competence.naming import key_of
from library.batches import batches
from quizzes.analysis.changes import LEAST, Change, Sums
from quizzes.enums import Purpose
from quizzes.models import Attempt, QuizPair
from quizzes.papers import OPEN, SITUATIONAL, Item
from quizzes.profiles import RATINGS, WHOLE, Measure, Profile, Profiler

BATCH = 500
"""So many people's attempts are read at once."""
COUNTED = (Purpose.GRADED, Purpose.MEASURE, Purpose.SELF_ASSESSMENT)


class Evidence(StrEnum):
    KNOWLEDGE = "knowledge"
    SITUATIONS = "situations"
    RUBRICS = "rubrics"
    SELF = RATINGS


Subject = tuple[Evidence, str]
"""A kind of evidence and the key of a dimension."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What one person has shown of one dimension by one kind of evidence.

    `value` is between 0 and 1: the mean of `quizzes` quizzes and of `tasks` things judged
    outside quizzes, each counting the same. `before` and `after` are there where both parts
    of a pair were sat.
    """

    value: float
    quizzes: int
    last_at: dt.datetime
    before: float | None = None
    after: float | None = None
    tasks: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """What one person did outside a quiz and somebody judged by a rubric.

    `shares` has for each dimension, by its key, a value between 0 and 1; `names` has the
    names of these dimensions as they were then.
    """

    person: int
    judged_at: dt.datetime
    shares: Mapping[str, Fraction]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Competences:
    """What each person has shown; `names` are all dimensions, those of the framework first."""

    people: Mapping[int, Mapping[Subject, Shown]]
    names: Mapping[str, str]

    def of(self, person: int) -> Mapping[Subject, Shown]:
        return self.people.get(person, {})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a group stands in one dimension by one kind of evidence.

    `value` is the mean of `people` people, and `change` that of the `changed` people who
    sat before and after; each is None of fewer than five.
    """

    evidence: Evidence
    dimension: str
    name: str
    people: int
    changed: int
    value: float | None
    change: Change | None


@dataclass(frozen=True, slots=True)
class Sat:
    """A finished attempt, as little of it as is needed."""

    person: int
    pk: int
    quiz: int
    version: int
    started_at: dt.datetime
    submitted_at: dt.datetime


@dataclass(slots=True)
class Own:
    """One person's attempts that count: those of now, and those before and after."""

    latest: list[Sat] = field(default_factory=list)
    pairs: list[tuple[Sat, Sat]] = field(default_factory=list)

    @property
    def attempts(self) -> dict[int, int]:
        """The version of each attempt."""
        both = [one for pair in self.pairs for one in pair]
        return {one.pk: one.version for one in [*self.latest, *both]}


def gather(
    people: Collection[int], *, as_of: dt.datetime, judged: Iterable[Judged] = ()
) -> Competences:
    """Read what these people have shown by then, with what was judged outside quizzes.

    Three queries for pairs, attempts and dimensions, and for each five hundred people
    three more at most: for their answers, for marks, and for quizzes not met before.
    """
    pairs = list(QuizPair.objects.values_list("before", "after"))
    profiler = Profiler(kind_of_marks=_evidence_of, reads_levels=True)
    found: dict[int, Mapping[Subject, Shown]] = {}
    own = {person: _own(sat, pairs) for person, sat in _sat(people, as_of).items()}
    tasks: dict[int, list[Judged]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in judged:
        tasks[one.person].append(one)
        names |= one.names
    for some in batches(list(own), BATCH):
        read = profiler.read({pk: v for one in some for pk, v in own[one].attempts.items()})
        for person in some:
            found[person] = _shown(own[person], read, tasks.pop(person, ()))
    found |= {person: _shown(Own(), {}, done) for person, done in tasks.items()}
    known = _framework_names()
    gone = {key: name for key, name in names.items() if key not in known}
    return Competences(found, known | gone | profiler.names)


def of_group(found: Competences) -> list[Standing]:
    """Where they stand together, by kind of evidence and dimension, without anybody's name."""
    values: dict[Subject, list[float]] = defaultdict(list)
    sums: dict[Subject, Sums] = defaultdict(Sums)
    for own in found.people.values():
        for subject, shown in own.items():
            values[subject].append(shown.value)
            if shown.before is not None and shown.after is not None:
                sums[subject].add(shown.before, shown.after)
    return [
        _standing(evidence, key, name, values[evidence, key], sums[evidence, key])
        for evidence in Evidence
        for key, name in found.names.items()
        if any(kind == evidence for kind, _key in list(values))
    ]


def _standing(
    evidence: Evidence, key: str, name: str, values: Sequence[float], sums: Sums
) -> Standing:
    enough = len(values) >= LEAST
    mean = sum(values) / len(values) if enough else None
    return Standing(evidence, key, name, len(values), sums.n, mean, sums.change())


def _evidence_of(item: Item) -> str:
    if item.kind == SITUATIONAL:
        return Evidence.SITUATIONS
    return Evidence.RUBRICS if item.kind == OPEN else Evidence.KNOWLEDGE


def _framework_names() -> dict[str, str]:
    found = Dimension.objects.filter(framework__is_default=True).select_related("framework")
    return {key_of(one): one.name for one in found.order_by("sort_order", "pk")}


def _sat(people: Collection[int], as_of: dt.datetime) -> dict[int, list[Sat]]:
    """The finished attempts of each, first handed in first."""
    attempts = Attempt.objects.finished().filter(
        participant__in=people, graded_at__lte=as_of, quiz__purpose__in=COUNTED
    )
    rows = attempts.order_by("participant_id", "submitted_at", "number").values_list(
        "participant_id", "pk", "quiz_id", "version_id", "started_at", "submitted_at"
    )
    sat = (Sat(*row) for row in rows)  # type: ignore[arg-type]  # finished ones are submitted.
    return {person: list(some) for person, some in groupby(sat, key=lambda one: one.person)}


def _own(sat: Sequence[Sat], pairs: Iterable[tuple[int, int]]) -> Own:
    latest = {one.quiz: one for one in sat}
    found = Own()
    for before_quiz, after_quiz in pairs:
        both = _both(sat, before_quiz, after_quiz)
        if both:
            found.pairs.append(both)
            if before_quiz != after_quiz:
                latest.pop(before_quiz, None)
    found.latest = list(latest.values())
    return found


def _both(sat: Sequence[Sat], before_quiz: int, after_quiz: int) -> tuple[Sat, Sat] | None:
    """A person's first attempt before and last one after it."""
    before = next((one for one in sat if one.quiz == before_quiz), None)
    if before is None:
        return None
    later = [
        one
        for one in sat
        if one.quiz == after_quiz and one.pk != before.pk and one.started_at >= before.started_at
    ]
    return (before, later[-1]) if later else None


def _shown(own: Own, read: Mapping[int, Profile], tasks: Iterable[Judged]) -> dict[Subject, Shown]:
    values: dict[Measure, list[tuple[float, dt.datetime]]] = defaultdict(list)
    for sat in own.latest:
        for measure, value in read[sat.pk].items():
            values[measure].append((value, sat.submitted_at))
    number = Counter[Measure]()
    for task in tasks:
        for key, share in task.shares.items():
            measure = (str(Evidence.RUBRICS), key)
            values[measure].append((float(share), task.judged_at))
            number[measure] += 1
    moves: dict[Measure, list[tuple[float, float]]] = defaultdict(list)
    for before, after in own.pairs:
        first, last = read[before.pk], read[after.pk]
        for measure in first.keys() & last.keys():
            moves[measure].append((first[measure], last[measure]))
    return {
        (Evidence(kind), key): _one(some, moves.get((kind, key), []), number[kind, key])
        for (kind, key), some in values.items()
        if key != WHOLE
    }


def _one(
    values: Sequence[tuple[float, dt.datetime]],
    moves: Sequence[tuple[float, float]],
    tasks: int,
) -> Shown:
    return Shown(
        value=sum(value for value, _at in values) / len(values),
        quizzes=len(values) - tasks,
        tasks=tasks,
        last_at=max(at for _value, at in values),
        before=sum(first for first, _last in moves) / len(moves) if moves else None,
        after=sum(last for _first, last in moves) / len(moves) if moves else None,
    )
