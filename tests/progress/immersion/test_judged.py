"""What the rubrics of accepted tasks say of dimensions of competence."""

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from people.models import User
from progress.immersion.judged import judged_tasks, names_in, shares_of
from progress.models import TaskDecision
from quizzes.competences import Judged
from tests.factories.people import ParticipantFactory
from tests.factories.progress import NOON, TaskSubmissionFactory

LATER = NOON + dt.timedelta(hours=1)


def row(level: int, key: str = "", *, levels: int = 3) -> dict[str, Any]:
    told = {"dimension": key, "dimension_name": key.title()} if key else {}
    return {"title": "Row", "levels": ["Words"] * levels, "level": level} | told


def test_rows_of_a_dimension_count_the_same_and_exactly() -> None:
    rubric = [row(1, "own.tact", levels=4), row(2, "own.tact"), row(0, "own.care"), row(2)]

    assert shares_of(rubric) == {"own.tact": Fraction(2, 3), "own.care": Fraction(0)}
    assert names_in(rubric) == {"own.tact": "Own.Tact", "own.care": "Own.Care"}


def test_a_row_with_one_level_is_reached_and_no_level_is_beyond_the_highest() -> None:
    assert shares_of([row(0, "own.tact", levels=1)]) == {"own.tact": Fraction(1)}
    with pytest.raises(ValueError, match="Row"):
        shares_of([row(3, "own.tact")])


def test_decisions_of_old_say_nothing() -> None:
    assert shares_of([{"title": "Row", "levels": ["No", "Yes"], "level": 1}]) == {}


def accepted(person: User, by: User, **more: Any) -> TaskDecision:
    submission = TaskSubmissionFactory.create(participant=person)
    values = {"accepts": True, "decided_at": LATER, "rubric": [row(1, "own.tact")]} | more
    return TaskDecision.objects.create(submission=submission, by=by, **values)


@pytest.mark.django_db
def test_what_is_accepted_by_then_counts(participant: User, trainer: User) -> None:
    accepted(participant, trainer)
    accepted(participant, trainer, accepts=False, comment="What did you see?")
    accepted(participant, trainer, rubric=[row(2)])
    accepted(ParticipantFactory.create(), trainer)

    assert judged_tasks([participant.pk], as_of=NOON) == []
    assert judged_tasks([participant.pk], as_of=LATER) == [
        Judged(participant.pk, LATER, {"own.tact": Fraction(1, 2)}, {"own.tact": "Own.Tact"})
    ]


@pytest.mark.django_db
def test_the_newest_acceptance_of_a_task_counts(participant: User, trainer: User) -> None:
    first = accepted(participant, trainer)
    again = TaskSubmissionFactory.create(
        participant=participant, task_key=first.submission.task_key, number=2
    )
    TaskDecision.objects.create(
        submission=again, accepts=True, by=trainer, rubric=[row(2, "own.tact")],
        decided_at=LATER + dt.timedelta(hours=1),
    )  # fmt: skip

    (found,) = judged_tasks([participant.pk], as_of=LATER + dt.timedelta(hours=2))
    assert found.shares == {"own.tact": Fraction(1)}


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 6])
def test_one_query_for_any_number(
    number: int, trainer: User, django_assert_num_queries: Callable[[int], Any]
) -> None:
    people = [ParticipantFactory.create() for _one in range(number)]
    for person in people:
        accepted(person, trainer)

    with django_assert_num_queries(1):
        assert len(judged_tasks([one.pk for one in people], as_of=LATER)) == number
