import datetime as dt
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from quizzes import analysing
from quizzes.analysing import analyse_version, look_up, reckon
from quizzes.attempts import save_answer, start, submit
from quizzes.enums import StepKind, WhichAttempts
from quizzes.models import AnswerStep, Attempt, Quiz, StoredAnalysis
from quizzes.selecting import Selection, selected
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    NOON,
    MultipleChoiceFactory,
    PublishedQuizFactory,
    QuestionFactory,
    SituationFactory,
    finish_attempt,
    live,
    option_ids,
    questions_of,
)

pytestmark = pytest.mark.django_db
ALL = Selection(which=WhichAttempts.ALL)
LATER = NOON + dt.timedelta(days=1)


@pytest.fixture
def quiz() -> Quiz:
    """Single choice, multiple choice and a situation of 1, 2 and 1 marks."""
    return PublishedQuizFactory.create(
        questions=[
            QuestionFactory.create(stem="<p>Why?</p>"),
            MultipleChoiceFactory.create(default_mark=2),
            SituationFactory.create(),
        ]
    )


def test_counts_in_the_database_are_those_of_the_answers(quiz: Quiz) -> None:
    for first, second in product((0, 1, 1), ([0, 1], [2], [])):
        finish_attempt(quiz, ParticipantFactory.create(), {0: first, 1: second, 2: first})

    found = analyse_version(live(quiz), ALL)

    single, multiple, situation = found.items
    assert (found.attempts, found.waiting) == (9, 0)
    assert single.facility == pytest.approx(1 / 3)
    assert multiple.facility == pytest.approx(1 / 3)
    # The strongest choice of the situation is its second option; the first is worth a third.
    assert situation.facility == pytest.approx((3 * 0.333 + 6) / 9, abs=1e-6)
    assert [option.count for option in single.options] == [3, 6, 0, 0]
    assert [option.count for option in multiple.options] == [3, 3, 3, 0, 3]
    assert [option.is_best for option in multiple.options] == [True, True, False, False, False]
    assert situation.options[1].is_best
    assert single.asked.name == "Why?"
    assert single.asked.guess == pytest.approx(1 / 3)
    # The single choice and the situation go against each other exactly.
    assert single.discrimination == pytest.approx(-0.316, abs=0.01)


def test_only_submitted_attempts_of_the_version_count(quiz: Quiz) -> None:
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    finish_attempt(PublishedQuizFactory.create(), ParticipantFactory.create(), {0: 0})
    start(quiz=quiz, participant=ParticipantFactory.create(), at=NOON)

    assert analyse_version(live(quiz), ALL).attempts == 1


@pytest.mark.parametrize(
    ("which", "right"),
    [
        (WhichAttempts.FIRST, 0),
        (WhichAttempts.LAST, 0),
        (WhichAttempts.HIGHEST, 5),
        (WhichAttempts.ALL, 5),
    ],
)
def test_of_several_attempts_the_chosen_one_counts(quiz: Quiz, which: str, right: int) -> None:
    for person in ParticipantFactory.create_batch(5):
        for place in (1, 0, 1):
            finish_attempt(quiz, person, {0: place})

    item = analyse_version(live(quiz), Selection(which=which)).items[0]

    assert item.n == (15 if which == WhichAttempts.ALL else 5)
    assert item.options[0].count == right


def test_attempts_are_chosen_by_day_and_by_people(quiz: Quiz) -> None:
    early, late = ParticipantFactory.create_batch(2)
    finish_attempt(quiz, early, {0: 0})
    finish_attempt(quiz, late, {0: 0}, at=LATER)

    def counted(**chosen: Any) -> int:
        return analyse_version(live(quiz), Selection(**chosen)).attempts

    assert counted(since=LATER) == 1
    assert counted(until=NOON) == 1
    assert counted(since=NOON, until=LATER) == 2
    assert counted(cohort="one", people=[late.pk]) == 1
    assert counted(cohort="none", people=[]) == 0


def test_the_last_marks_of_a_question_count(quiz: Quiz) -> None:
    for person in ParticipantFactory.create_batch(5):
        finish_attempt(quiz, person, {0: 1})
    for step in AnswerStep.objects.filter(kind=StepKind.GRADED, item_id=questions_of(quiz)[0].uuid):
        step.pk, step.sequence, step.fraction = None, step.sequence + 1, 1
        step.save()

    item = analyse_version(live(quiz), ALL).items[0]

    assert (item.n, item.facility) == (5, 1.0)


def test_the_median_time_is_from_one_answer_to_the_next(quiz: Quiz) -> None:
    one, two, _three = questions_of(quiz)
    for seconds in (10, 20, 30, 40, 600):
        person = ParticipantFactory.create()
        attempt = start(quiz=quiz, participant=person, at=NOON)
        for question, after in ((one, seconds), (two, seconds + 5), (one, seconds + 7)):
            save_answer(
                attempt=attempt,
                item_id=question.uuid,
                response=option_ids(question, after % 2),
                actor=person,
                at=NOON + dt.timedelta(seconds=after),
            )
        submit(attempt=attempt, actor=person, at=LATER)

    first, second, third = analyse_version(live(quiz), ALL).items

    # The second visit takes two more seconds.
    assert first.seconds == 32
    assert second.seconds == 5
    assert third.seconds is None


def test_what_is_kept_is_shown_until_something_comes(quiz: Quiz) -> None:
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    first = look_up(live(quiz), ALL, at=NOON)
    again = look_up(live(quiz), ALL, at=LATER)
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    new = look_up(live(quiz), ALL, at=LATER)

    assert first
    assert first == again
    assert new
    assert (new.analysis.attempts, new.computed_at, new.is_current) == (2, LATER, True)
    assert StoredAnalysis.objects.count() == 1


def test_a_large_quiz_is_reckoned_only_when_told_to(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysing, "MOST_AT_ONCE", 1)
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})

    nothing = look_up(live(quiz), ALL, at=NOON)
    reckon(live(quiz), ALL, at=NOON)
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    old = look_up(live(quiz), ALL, at=LATER)

    assert nothing is None
    assert old
    assert (old.analysis.attempts, old.computed_at, old.is_current) == (2, NOON, False)


def test_few_analyses_of_a_version_are_kept(quiz: Quiz) -> None:
    for day in range(analysing.KEPT + 3):
        at = NOON + dt.timedelta(days=day)
        reckon(live(quiz), Selection(since=at), at=at)

    kept = StoredAnalysis.objects.filter(version=live(quiz))

    assert kept.count() == analysing.KEPT
    assert kept.latest("computed_at").asked.startswith("first|2026-12-15")


@pytest.mark.parametrize("size", [5, 30])
def test_the_same_queries_for_many_attempts(
    quiz: Quiz, size: int, django_assert_num_queries: Any
) -> None:
    for person in ParticipantFactory.create_batch(size):
        finish_attempt(quiz, person, {0: 0, 1: [0]})
    version = live(quiz)

    # Scores / marks by choice / marks without choice / newest attempts / times.
    with django_assert_num_queries(5):
        analyse_version(version, ALL)


def test_a_draw_counts_for_those_who_got_the_question(quiz: Quiz) -> None:
    """Whoever did not get a question has no step of it, and is not counted for it."""
    for person in ParticipantFactory.create_batch(6):
        finish_attempt(quiz, person, {0: 0, 1: [0, 1]})
    not_drawn: UUID = questions_of(quiz)[2].uuid
    some = Attempt.objects.order_by("pk")[:2]
    AnswerStep.objects.filter(item_id=not_drawn, attempt__in=list(some)).delete()

    found = analyse_version(live(quiz), ALL)

    assert [item.n for item in found.items] == [6, 6, 4]
    assert found.scores.alpha is None


@pytest.mark.skipif(connection.vendor != "sqlite", reason="asks how SQLite goes about it")
@pytest.mark.parametrize("which", [one for one in WhichAttempts if one != WhichAttempts.ALL])
def test_a_persons_other_attempts_are_found_without_looking_at_everybodys(which: str) -> None:
    version = live(PublishedQuizFactory.create())

    how = selected(version, Selection(which=which)).explain()

    assert "U0 USING" in how
    assert "participant_id=?" in how.partition("SUBQUERY")[2]
