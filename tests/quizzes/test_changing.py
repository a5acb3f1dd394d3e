"""Before and after: the figures against scipy, the page, its files, and one's own change."""

import datetime as dt
import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from scipy import stats

from people.models import User
from quizzes.analysis.changes import LEAST, LESS, MORE, UNCLEAR, Sums
from quizzes.analysis.student import distribution, quantile
from quizzes.changing import BATCH, changes
from quizzes.models import QuestionDimension, Quiz, QuizPair
from quizzes.pairing import paired_sittings
from quizzes.profiles import RATINGS
from tests.factories.competence import DimensionFactory
from tests.factories.kinds import banked, likert
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    PublishedQuizFactory,
    QuestionFactory,
    QuizPairFactory,
    RatingFactory,
    finish_attempt,
)
from tests.quizzes.pages import bank_url, page, start_url, text

EARLY = dt.datetime(2026, 1, 12, 12, tzinfo=dt.UTC)
LATER = EARLY + dt.timedelta(days=60)
AFTER = LATER + dt.timedelta(days=1)


# The figures.


@pytest.mark.parametrize("freedom", [1, 2, 4, 9, 30, 500, 100_000])
def test_students_t_is_that_of_scipy(freedom: int) -> None:
    assert quantile(0.975, freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-9)
    for t in (0.0, 0.3, 1.0, 2.5, 8.0):
        assert distribution(t, freedom) == pytest.approx(stats.t.cdf(t, freedom), abs=1e-9)


@pytest.mark.parametrize("n", [5, 6, 40, 1000])
def test_the_interval_is_that_of_a_paired_t_test(n: int) -> None:
    chance = random.Random(n)  # noqa: S311  the same numbers each time.
    pairs = [(chance.random(), min(chance.random() + 0.1, 1)) for _one in range(n)]
    sums = Sums()
    for before, after in pairs:
        sums.add(before, after)

    change = sums.change()
    expected = stats.ttest_rel([b for _a, b in pairs], [a for a, _b in pairs])
    interval = expected.confidence_interval(0.95)

    assert change is not None
    assert (change.low, change.high) == pytest.approx((interval.low, interval.high))
    assert change.mean == pytest.approx(change.after - change.before)
    assert change.n == n


@pytest.mark.parametrize(
    ("moves", "direction"),
    [
        ([0.2, 0.3, 0.25, 0.2, 0.3], MORE),
        ([-0.2, -0.3, -0.25, -0.2, -0.3], LESS),
        ([0.2, -0.3, 0.1, -0.1, 0.1], UNCLEAR),
        ([0.0] * 5, UNCLEAR),
    ],
)
def test_the_direction_is_told_only_where_zero_is_left_out(
    moves: list[float], direction: str
) -> None:
    sums = Sums()
    for move in moves:
        sums.add(0.5, 0.5 + move)

    change = sums.change()

    assert change is not None
    assert change.direction == direction


def test_fewer_than_five_have_no_figures() -> None:
    sums = Sums()
    for _one in range(LEAST - 1):
        sums.add(0.1, 0.9)

    assert sums.change() is None


# From attempts.


@pytest.fixture
def pair(db: None) -> QuizPair:
    """A quiz of two questions about empathy, the second about courage, too, sat twice."""
    empathy, courage = (DimensionFactory.create(name=name) for name in ("Empathy", "Courage"))
    questions = QuestionFactory.create_batch(2)
    for question, dimension in ((0, empathy), (1, empathy), (1, courage)):
        QuestionDimension.objects.create(question=questions[question], dimension=dimension)
    quiz = PublishedQuizFactory.create(questions=questions, purpose="measure")
    return QuizPairFactory.create(before=quiz, after=quiz)


def sit_both(pair: QuizPair, *right: tuple[int, int]) -> list[User]:
    """For each person: how many questions they got right before and after."""
    people = []
    for before, after in right:
        people.append(ParticipantFactory.create())
        finish_attempt(pair.before, people[-1], dict.fromkeys(range(before), 0), at=EARLY)
        finish_attempt(pair.after, people[-1], dict.fromkeys(range(after), 0), at=LATER)
    return people


FIVE = ((0, 2), (1, 2), (0, 1), (1, 2), (0, 2))


def test_each_dimension_has_its_own_change(pair: QuizPair) -> None:
    sit_both(pair, *FIVE)

    found = {one.name: one for one in changes(pair, as_of=AFTER)}

    assert {name: one.n for name, one in found.items()} == {"": 5, "Empathy": 5, "Courage": 5}
    whole, courage = found[""].change, found["Courage"].change
    assert whole is not None
    assert courage is not None
    assert (whole.before, whole.after) == pytest.approx((0.2, 0.9))
    assert (courage.before, courage.after) == pytest.approx((0.0, 0.8))
    expected = stats.ttest_rel([1, 1, 0, 1, 1], [0] * 5).confidence_interval(0.95)
    assert (courage.low, courage.high) == pytest.approx((expected.low, expected.high))
    assert courage.direction == MORE


def test_own_views_are_measured_by_the_scale_and_reversed_ones_turned(participant: User) -> None:
    framework = DimensionFactory.create(framework__code="x", code="empathy", name="Empathy")
    DimensionFactory.create(framework=framework.framework, code="openness", name="Openness")
    rating = RatingFactory.create(weights=("0", "0.25", "0.5", "0.75", "1"))
    QuestionDimension.objects.create(question=rating, dimension=framework)
    questions = [rating, banked(likert("q"))]
    quiz = PublishedQuizFactory.create(questions=questions, purpose="self_assessment")
    pair = QuizPairFactory.create(before=quiz, after=quiz)
    for before, after in ((0, 4), (1, 3), (2, 2), (0, 1), (1, 2)):
        person = ParticipantFactory.create()
        finish_attempt(quiz, person, {0: before}, at=EARLY)
        finish_attempt(quiz, person, {0: after}, at=LATER)

    (only,) = changes(pair, as_of=AFTER)

    assert only.measure == (RATINGS, "x.empathy")
    assert only.change is not None
    assert (only.change.before, only.change.after) == pytest.approx((0.2, 0.6))


def test_the_first_before_and_the_last_after_count(pair: QuizPair) -> None:
    people = sit_both(pair, *FIVE)
    finish_attempt(pair.after, people[0], {}, at=LATER + dt.timedelta(hours=1))
    lonely = ParticipantFactory.create()
    finish_attempt(pair.before, lonely, {0: 0}, at=EARLY)

    whole = changes(pair, as_of=AFTER)[0]

    assert len(paired_sittings(pair, as_of=AFTER)) == whole.n == 5
    assert whole.change is not None
    assert whole.change.after == pytest.approx(0.7)


def test_what_is_finished_later_does_not_count_yet(pair: QuizPair) -> None:
    sit_both(pair, *FIVE)

    assert changes(pair, as_of=EARLY) == []


def test_only_the_people_asked_for_count(pair: QuizPair) -> None:
    people = sit_both(pair, *FIVE, (2, 0))
    five = {person.pk for person in people[:5]}

    assert changes(pair, as_of=AFTER, people=five)[0].n == 5
    assert changes(pair, as_of=AFTER, people={people[0].pk})[0].change is None


def test_people_are_read_in_batches(
    pair: QuizPair, django_assert_num_queries: Callable[[int], Any]
) -> None:
    sit_both(pair, *FIVE)

    with django_assert_num_queries(3):
        changes(pair, as_of=AFTER)  # Attempts; their steps; the version that they are of.
    assert BATCH == 500


# The page.


@pytest.mark.django_db
def test_the_page_shows_picture_table_and_files(pair: QuizPair, desk: Client) -> None:
    sit_both(pair, *FIVE)
    url = bank_url("pairs:change", pair.pk)

    shown = text(desk.get(url))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(desk.get(f"{url}?export=xlsx"))))["Sheet1"]
    csv = b"".join(desk.get(f"{url}?export=csv")).decode("utf-8-sig").splitlines()

    assert "chart--radar" in shown
    assert "Higher than before" in shown
    assert f'href="{url}"' in text(desk.get(bank_url("pairs:index")))
    rows = list(sheet.values)
    assert rows[0][:5] == ("Dimension", "Measured by", "People", "Before (%)", "After (%)")
    assert ("Courage", "Share of the marks", 5, 0, 80) in [row[:5] for row in rows]
    assert any(line.startswith("Courage,Share of the marks,5,0.0,80.0,80.0") for line in csv)


def test_nothing_is_shown_of_fewer_than_five(pair: QuizPair, desk: Client) -> None:
    sit_both(pair, *FIVE[:4])
    url = bank_url("pairs:change", pair.pk)

    shown = text(desk.get(url))
    csv = b"".join(desk.get(f"{url}?export=csv")).decode("utf-8-sig").splitlines()

    assert "Figures need at least five people" in shown
    assert "chart--radar" not in shown
    assert {tuple(line.split(",")[3:8]) for line in csv[1:]} == {("",) * 5}


def test_a_pair_that_nobody_sat_says_so(pair: QuizPair, desk: Client) -> None:
    assert "Nobody has finished both parts yet" in text(desk.get(bank_url("pairs:change", pair.pk)))


def test_the_page_has_the_same_queries_for_more_people(pair: QuizPair, desk: Client) -> None:
    url = bank_url("pairs:change", pair.pk)
    counts = []
    desk.get(url)
    for _time in range(2):
        sit_both(pair, *FIVE)
        with CaptureQueriesContext(connection) as queries:
            desk.get(url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


# One's own.


def test_a_participant_sees_the_own_change_and_nobody_elses(
    pair: QuizPair, browser: Client, participant: User
) -> None:
    sit_both(pair, *FIVE)
    finish_attempt(pair.before, participant, {0: 0}, at=EARLY)
    done = finish_attempt(pair.after, participant, {0: 0, 1: 0}, at=LATER)

    shown = text(browser.get(page(done, "result")))
    _before, _heading, own = shown.partition("You, before and after")

    assert "50 %" in own
    assert "100 %" in own
    assert "50.0 points more" in own
    assert "n = " not in own


def test_the_first_sitting_has_no_change(
    pair: QuizPair, browser: Client, participant: User
) -> None:
    first = finish_attempt(pair.before, participant, {0: 0}, at=EARLY)

    assert "You, before and after" not in text(browser.get(page(first, "result")))


def test_a_score_that_is_not_shown_is_not_shown_as_a_change(
    browser: Client, participant: User
) -> None:
    def sat(**fields: Any) -> str:
        quiz: Quiz = PublishedQuizFactory.create(purpose="measure", **fields)
        QuizPairFactory.create(before=quiz, after=quiz)
        finish_attempt(quiz, participant, {0: 0}, at=EARLY)
        done = finish_attempt(quiz, participant, {0: 0, 1: 0}, at=LATER)
        return text(browser.get(page(done, "result"))) + text(browser.get(start_url(quiz)))

    assert "You, before and after" in sat()
    assert "You, before and after" not in sat(score_shown="never", keys_shown="never")
