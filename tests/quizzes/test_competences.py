"""Competences: four kinds of evidence that are never added up, and nothing of fewer than five."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from competence.models import Dimension, Framework
from people.models import User
from quizzes.analysis.changes import MORE
from quizzes.attempts import save_answer, start, submit
from quizzes.competence_rows import file_rows, group_blocks, own_blocks
from quizzes.competences import Evidence, Judged, gather, of_group
from quizzes.marking import give_mark
from quizzes.models import Question, QuestionDimension, Quiz, QuizPair
from tests.factories.competence import DimensionFactory, FrameworkFactory
from tests.factories.kinds import banked, open_text
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import (
    PublishedQuizFactory,
    QuestionFactory,
    QuizPairFactory,
    RatingFactory,
    SituationFactory,
    finish_attempt,
)

pytestmark = pytest.mark.django_db

EARLY = dt.datetime(2026, 1, 12, 12, tzinfo=dt.UTC)
LATER = EARLY + dt.timedelta(days=60)
AFTER = LATER + dt.timedelta(days=1)
SCALE = ("0", "0.25", "0.5", "0.75", "1")


@pytest.fixture
def empathy() -> Dimension:
    """The first of two dimensions of the framework in use."""
    Framework.objects.update(is_default=False)
    framework = FrameworkFactory.create(code="own", is_default=True)
    found: Dimension = DimensionFactory.create(
        framework=framework, code="empathy", name="Empathy", sort_order=0
    )
    DimensionFactory.create(framework=framework, code="courage", name="Courage", sort_order=1)
    return found


def about(dimension: Dimension, question: Question) -> Question:
    QuestionDimension.objects.create(question=question, dimension=dimension)
    return question


def quiz_of(*questions: Question, purpose: str = "graded") -> Quiz:
    quiz: Quiz = PublishedQuizFactory.create(questions=list(questions), purpose=purpose)
    return quiz


@pytest.fixture
def quiz(empathy: Dimension) -> Quiz:
    """A question with a right answer, and a situation whose second choice is worth half."""
    knows = about(empathy, QuestionFactory.create(weights=("1", "0")))
    chooses = about(empathy, SituationFactory.create(weights=("1", "0.5", "0")))
    return quiz_of(knows, chooses)


@pytest.fixture
def own_view(empathy: Dimension) -> QuizPair:
    """A self-assessment sat before, and another one after."""
    both = [
        quiz_of(about(empathy, RatingFactory.create(weights=SCALE)), purpose="self_assessment")
        for _time in (1, 2)
    ]
    found: QuizPair = QuizPairFactory.create(before=both[0], after=both[1])
    return found


KNOWS, CHOOSES = (Evidence.KNOWLEDGE, "own.empathy"), (Evidence.SITUATIONS, "own.empathy")
WRITES, SAYS = (Evidence.RUBRICS, "own.empathy"), (Evidence.SELF, "own.empathy")


def test_each_kind_of_evidence_stands_for_itself(
    quiz: Quiz, own_view: QuizPair, participant: User
) -> None:
    finish_attempt(quiz, participant, {0: 0, 1: 1}, at=EARLY)
    finish_attempt(own_view.before, participant, {0: 3}, at=EARLY)
    shown = gather([participant.pk], as_of=AFTER).of(participant.pk)

    assert {subject: one.value for subject, one in shown.items()} == pytest.approx(
        {KNOWS: 1.0, CHOOSES: 0.5, SAYS: 0.75}
    )
    assert shown[KNOWS].last_at == EARLY


def test_the_last_attempt_counts_and_quizzes_count_the_same(
    quiz: Quiz, empathy: Dimension, participant: User
) -> None:
    finish_attempt(quiz, participant, {0: 0, 1: 0}, at=EARLY)
    finish_attempt(quiz, participant, {0: 1, 1: 2}, at=LATER)
    three = [about(empathy, QuestionFactory.create(weights=("1", "0"))) for _one in range(3)]
    finish_attempt(quiz_of(*three), participant, {0: 0, 1: 0, 2: 0}, at=EARLY)
    shown = gather([participant.pk], as_of=AFTER).of(participant.pk)

    assert (shown[KNOWS].value, shown[KNOWS].quizzes) == (0.5, 2)
    assert shown[CHOOSES].value == 0.0
    before = gather([participant.pk], as_of=EARLY).of(participant.pk)
    assert before[KNOWS].value == 1.0


def test_practice_and_what_is_not_handed_in_do_not_count(
    empathy: Dimension, quiz: Quiz, participant: User
) -> None:
    asked = about(empathy, QuestionFactory.create(weights=("1", "0")))
    finish_attempt(quiz_of(asked, purpose="practice"), participant, {0: 0}, at=EARLY)
    start(quiz=quiz, participant=participant, at=EARLY)

    assert gather([participant.pk], as_of=AFTER).of(participant.pk) == {}


def test_a_row_of_a_rubric_speaks_for_its_dimension(empathy: Dimension, participant: User) -> None:
    plain = open_text("essay")
    rows = (
        replace(plain.rubric[0], dimension="own.empathy"),
        replace(plain.rubric[1], dimension="own.courage"),
    )
    quiz = quiz_of(banked(replace(plain, rubric=rows)))
    attempt = start(quiz=quiz, participant=participant, at=EARLY)
    save_answer(
        attempt=attempt, item_id=str(plain.id), response="I listen first.", actor=participant,
        at=EARLY,
    )  # fmt: skip
    attempt = submit(attempt=attempt, actor=participant, at=EARLY)
    assert gather([participant.pk], as_of=AFTER).of(participant.pk) == {}

    give_mark(
        attempt=attempt, item_id=plain.id, fraction=Decimal("0.8"), comment="", at=LATER,
        levels={str(rows[0].id): 1, str(rows[1].id): 1}, by=TrainerFactory.create(),
        link_to="https://training.example/",
    )  # fmt: skip
    shown = gather([participant.pk], as_of=AFTER).of(participant.pk)
    assert shown[WRITES].value == pytest.approx(0.5)
    assert shown[Evidence.RUBRICS, "own.courage"].value == pytest.approx(1.0)


def test_what_was_judged_outside_quizzes_counts_as_one_quiz_more(
    empathy: Dimension, participant: User
) -> None:
    plain = open_text("essay")
    row = replace(plain.rubric[0], dimension="own.empathy")
    quiz = quiz_of(banked(replace(plain, rubric=(row, plain.rubric[1]))))
    attempt = start(quiz=quiz, participant=participant, at=EARLY)
    save_answer(
        attempt=attempt, item_id=str(plain.id), response="I listen.", actor=participant, at=EARLY
    )
    attempt = submit(attempt=attempt, actor=participant, at=EARLY)
    give_mark(
        attempt=attempt, item_id=plain.id, fraction=Decimal("0.8"), comment="", at=EARLY,
        levels={str(row.id): 2, str(plain.rubric[1].id): 1}, by=TrainerFactory.create(),
        link_to="https://training.example/",
    )  # fmt: skip
    share = {"own.empathy": Fraction(1, 2), "old.tact": Fraction(1, 3)}
    names = {"own.empathy": "Feeling", "old.tact": "Tact"}
    other = ParticipantFactory.create()
    judged = [Judged(person.pk, LATER, share, names) for person in (participant, other)]

    found = gather([participant.pk, other.pk], as_of=AFTER, judged=judged)
    both, alone = found.of(participant.pk)[WRITES], found.of(other.pk)[WRITES]

    assert (both.value, both.quizzes, both.tasks, both.last_at) == (0.75, 1, 1, LATER)
    assert (alone.value, alone.quizzes, alone.tasks) == (0.5, 0, 1)
    assert found.of(other.pk).keys() == {WRITES, (Evidence.RUBRICS, "old.tact")}
    assert found.names == {"own.empathy": "Empathy", "own.courage": "Courage", "old.tact": "Tact"}
    notes = [
        own_blocks(found.of(person), found.names, with_own_view=True)[2].lines[0].note
        for person in (participant.pk, other.pk)
    ]
    assert notes == ["1 quiz and 1 task, the last on 13 March 2026", "1 task, on 13 March 2026"]


def test_of_a_pair_the_later_says_where_somebody_stands(
    own_view: QuizPair, participant: User
) -> None:
    finish_attempt(own_view.before, participant, {0: 4}, at=EARLY)
    finish_attempt(own_view.after, participant, {0: 2}, at=LATER)
    shown = gather([participant.pk], as_of=AFTER).of(participant.pk)[SAYS]

    assert (shown.value, shown.before, shown.after, shown.quizzes) == (0.5, 1.0, 0.5, 1)


def people_who_rise(own_view: QuizPair, number: int) -> list[int]:
    people = []
    for place in range(number):
        person = ParticipantFactory.create()
        finish_attempt(own_view.before, person, {0: place % 2}, at=EARLY)
        finish_attempt(own_view.after, person, {0: 3 + place % 2}, at=LATER)
        people.append(person.pk)
    return people


def test_nothing_is_shown_of_fewer_than_five(own_view: QuizPair) -> None:
    people = people_who_rise(own_view, 4)
    (empathy, courage) = of_group(gather(people, as_of=AFTER))

    assert (empathy.people, empathy.value, empathy.change) == (4, None, None)
    assert (courage.name, courage.people, courage.value) == ("Courage", 0, None)
    block = group_blocks([empathy, courage], of=4)[-1]
    assert block.levels.rows == ()
    assert (block.few, block.missing) == (("Empathy",), ("Courage",))
    assert block.picture is None
    (_head, line, _courage) = list(file_rows([block]))
    assert line[2:9] == ["", "", "", "", "", "", ""]


def test_five_have_a_mean_and_a_change_with_its_interval(own_view: QuizPair) -> None:
    people = people_who_rise(own_view, 5)
    standings = of_group(gather(people, as_of=AFTER))
    empathy = standings[0]

    assert empathy.value == pytest.approx((3 * 0.75 + 2 * 1.0) / 5)
    assert empathy.change is not None
    assert empathy.change.direction == MORE
    assert empathy.change.mean == pytest.approx(0.75)
    knowledge, _situations, _rubrics, own = group_blocks(standings, of=6)
    assert knowledge.lines == ()
    (bar,) = own.levels.rows
    assert (bar.label, bar.note, bar.value) == ("Empathy", "5 of 6 people", 85.0)
    assert own.picture is not None
    assert own.picture.name == "change-ratings"
    assert own.changes[0].direction == "Higher than before"


def test_one_persons_own_view_is_withheld_from_others(
    quiz: Quiz, own_view: QuizPair, participant: User
) -> None:
    finish_attempt(quiz, participant, {0: 0, 1: 1}, at=EARLY)
    finish_attempt(own_view.before, participant, {0: 3}, at=EARLY)
    finish_attempt(own_view.after, participant, {0: 4}, at=LATER)
    found = gather([participant.pk], as_of=AFTER)
    mine = own_blocks(found.of(participant.pk), found.names, with_own_view=True)
    office = own_blocks(found.of(participant.pk), found.names, with_own_view=False)

    assert mine[-1].changes[0].change == 25
    assert mine[-1].levels.rows[0].value == 100.0
    assert office[:3] == mine[:3]
    assert office[-1].levels.rows == ()
    assert "the last on 13 March 2026" in office[-1].withheld
    said = [line for line in file_rows(office) if line[0] == office[-1].title]
    assert [line[3:8] for line in said] == [["", "", "", "", ""]]


@pytest.mark.parametrize("number", [2, 12])
def test_the_number_of_queries_does_not_depend_on_the_people(
    own_view: QuizPair, number: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    people = people_who_rise(own_view, number)

    # Pairs; attempts; dimensions; versions; levels; marks; ratings.
    with django_assert_num_queries(7):
        gather(people, as_of=AFTER)
