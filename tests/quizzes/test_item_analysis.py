"""The figures of item analysis against numpy and scipy, and against cases done by hand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from quizzes.analysis.analyses import Analysis, analyse, from_json, to_json
from quizzes.analysis.flags import (
    BELOW_GUESSING,
    IDLE_OPTION,
    NEARLY_ALL_RIGHT,
    NEGATIVE,
    NO_SPREAD,
    TEMPTS_THE_STRONG,
    TOO_FEW,
    WEAK,
    Flag,
    flags_of,
)
from quizzes.analysis.items import AskedItem, ItemAnalysis
from quizzes.analysis.spread import best_matched, median, quantile, together
from quizzes.analysis.tallies import ItemTally, ScoreTally

FRACTIONS = (0.0, 0.25, 0.5, 1.0)


@dataclass(frozen=True)
class Sat:
    """Attempts at a quiz: a row of fractions for each attempt, None where not drawn."""

    fractions: Sequence[Sequence[float | None]]
    marks: Sequence[float]

    @property
    def asked(self) -> list[AskedItem]:
        return [
            AskedItem(id=UUID(int=place), name=f"Q{place}", kind="numeric", mark=mark)
            for place, mark in enumerate(self.marks)
        ]

    @property
    def totals(self) -> list[tuple[float, float]]:
        return [
            (
                sum(f * m for f, m in zip(row, self.marks, strict=True) if f is not None),
                sum(m for f, m in zip(row, self.marks, strict=True) if f is not None),
            )
            for row in self.fractions
        ]

    def analysed(self) -> Analysis:
        items = Counter(
            (place, fraction, *total)
            for row, total in zip(self.fractions, self.totals, strict=True)
            for place, fraction in enumerate(row)
            if fraction is not None
        )
        return analyse(
            self.asked,
            items=[
                ItemTally(UUID(int=place), None, fraction, score, whole, count)
                for (place, fraction, score, whole), count in items.items()
            ],
            scores=[
                ScoreTally(score, whole, count)
                for (score, whole), count in Counter(self.totals).items()
            ],
            seconds={},
        )


def random_quiz(seed: int, *, attempts: int = 200, questions: int = 8) -> Sat:
    rng = np.random.default_rng(seed)
    ability = rng.normal(size=attempts)
    table = [
        [
            FRACTIONS[int(np.clip((strength + rng.normal()) + 2, 0, 3))]
            for _question in range(questions)
        ]
        for strength in ability
    ]
    return Sat(table, [float(rng.integers(1, 5)) for _question in range(questions)])


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_numpy_and_scipy(seed: int) -> None:
    sat = random_quiz(seed)
    marks = np.array(sat.marks)
    x = np.array(sat.fractions, dtype=float)
    scores = x @ marks

    found = sat.analysed()

    roots = [np.sqrt(np.cov(x[:, i] * marks[i], scores)[0, 1]) for i in range(len(marks))]
    for i, item in enumerate(found.items):
        rest = (scores - x[:, i] * marks[i]) / (marks.sum() - marks[i])
        most = np.cov(np.sort(x[:, i]), np.sort(rest))[0, 1]
        assert item.n == len(x)
        assert item.facility == pytest.approx(x[:, i].mean())
        assert item.sd == pytest.approx(x[:, i].std(ddof=1))
        assert item.discrimination == pytest.approx(stats.pearsonr(x[:, i], rest).statistic)
        assert item.efficiency == pytest.approx(np.cov(x[:, i], rest)[0, 1] / most)
        assert item.weight == pytest.approx(roots[i] / sum(roots))
    k = len(marks)
    alpha = k / (k - 1) * (1 - (x * marks).var(axis=0, ddof=1).sum() / scores.var(ddof=1))
    shares = scores / marks.sum()
    assert found.scores.alpha == pytest.approx(alpha)
    assert found.scores.mean == pytest.approx(shares.mean())
    assert found.scores.middle == pytest.approx(np.median(shares))
    assert found.scores.sd == pytest.approx(shares.std(ddof=1))
    assert found.scores.error == pytest.approx(shares.std(ddof=1) * np.sqrt(1 - alpha))
    tenths = np.floor(np.round(shares * 10, 6)).astype(int).clip(max=9)
    assert found.scores.bins == tuple(np.bincount(tenths, minlength=10))


def test_with_random_draws_each_question_is_judged_by_those_who_got_it() -> None:
    sat = random_quiz(7)
    drawn = Sat(
        [
            [fraction if (n + place) % 3 else None for place, fraction in enumerate(row)]
            for n, row in enumerate(sat.fractions)
        ],
        sat.marks,
    )

    found = drawn.analysed()

    for i, item in enumerate(found.items):
        rows = [
            (fraction, (score - fraction * sat.marks[i]) / (whole - sat.marks[i]))
            for row, (score, whole) in zip(drawn.fractions, drawn.totals, strict=True)
            if (fraction := row[i]) is not None
        ]
        xs, rests = np.array(rows).T
        assert item.n == len(rows)
        assert item.facility == pytest.approx(xs.mean())
        assert item.discrimination == pytest.approx(stats.pearsonr(xs, rests).statistic)
    assert found.scores.alpha is None


def test_a_case_done_by_hand() -> None:
    """Six people, two questions of 1 and 3 marks; sums done on paper."""
    sat = Sat([[1, 1], [1, 1], [1, 0], [0, 1], [0, 0], [0, 0]], [1.0, 3.0])

    first, second = sat.analysed().items

    assert (first.facility, second.facility) == (0.5, 0.5)
    # x: 1 1 1 0 0 0 and y: 1 1 0 1 0 0 agree in 4 of 6: r = (4 - 2) / 6.
    assert first.discrimination == pytest.approx(1 / 3)
    assert first.efficiency == pytest.approx(1 / 3)
    # Covariances with the score, times 5: 0.5*1 + ... = 1.5 + 3 * 0.5 = 3; 0.5*3 + 13.5 = 15.
    assert first.weight == pytest.approx(3**0.5 / (3**0.5 + 15**0.5))
    # Variances times 5: 1.5, 13.5, whole 18: alpha = 2 * (1 - 15 / 18).
    assert sat.analysed().scores.alpha == pytest.approx(1 / 3)


def test_below_five_answers_there_is_only_their_number() -> None:
    found = Sat([[1, 0]] * 4, [1.0, 1.0]).analysed()

    assert found.items[0] == ItemAnalysis(asked=found.items[0].asked, n=4)
    assert flags_of(found.items[0]) == (Flag(TOO_FEW),)
    assert (found.scores.n, found.scores.mean, found.scores.bins) == (4, None, ())


def test_an_attempt_that_waits_for_marks_counts_for_its_marked_questions_only() -> None:
    asked = [AskedItem(id=UUID(int=1), name="Q", kind="numeric", mark=1.0)]
    tallies = [
        ItemTally(UUID(int=1), None, 1.0, 2.0, 2.0, 3),
        ItemTally(UUID(int=1), None, 0.0, 0.0, 2.0, 3),
        ItemTally(UUID(int=1), None, 1.0, None, 2.0, 4),
    ]

    found = analyse(asked, items=tallies, scores=[ScoreTally(2, 2, 3)], seconds={}, waiting=4)

    assert (found.items[0].n, found.items[0].facility) == (10, 0.7)
    assert found.items[0].discrimination == pytest.approx(1)
    assert (found.attempts, found.waiting, found.scores.n) == (7, 4, 3)


def test_a_question_that_is_alone_or_the_same_for_all_discriminates_nothing() -> None:
    alone = Sat([[1]] * 3 + [[0]] * 3, [1.0]).analysed()
    same = Sat([[0.5, 1]] * 3 + [[0.5, 0]] * 3, [1.0, 1.0]).analysed()

    assert alone.items[0].discrimination is None
    assert alone.scores.alpha is None
    assert same.items[0].discrimination is None
    assert flags_of(same.items[0]) == (Flag(NO_SPREAD),)


def chosen(rows: list[tuple[int, float, int]], *, guess: float | None = None) -> ItemAnalysis:
    """(place chosen or -1, rest of one mark reached, how many); the first option is right."""
    ids = ("a", "b", "c")
    asked = AskedItem(
        id=UUID(int=1),
        name="Q",
        kind="single",
        mark=1.0,
        option_ids=ids,
        option_names=("A", "B", "C"),
        best=frozenset("a"),
        guess=guess,
    )
    tallies = [
        ItemTally(
            item_id=asked.id,
            choice=frozenset(ids[place]) if place >= 0 else frozenset(),
            fraction=float(place == 0),
            score=float(place == 0) + rest,
            max_score=2.0,
            count=count,
        )
        for place, rest, count in rows
    ]
    return analyse([asked], items=tallies, scores=[], seconds={asked.id: 21.5}).items[0]


def test_the_table_of_options_tells_who_chose_what() -> None:
    found = chosen([(0, 1.0, 30), (1, 0.5, 30), (1, 0.0, 20), (-1, 0.0, 10)])

    a, b, c, nothing = found.options
    assert (a.count, a.mean_rest, a.is_best) == (30, 1.0, True)
    assert a.share == pytest.approx(1 / 3)
    assert b.count == 50
    assert b.mean_rest == pytest.approx(0.3)
    assert (c.count, c.mean_rest, c.upper, c.lower) == (0, None, 0.0, 0.0)
    # The strongest third are the 30 with all of the rest, the weakest the 30 with nothing.
    assert (a.upper, a.lower) == (1.0, 0.0)
    assert b.upper == 0.0
    assert b.lower == pytest.approx(2 / 3)
    assert (nothing.option_id, nothing.count) == ("", 10)
    assert nothing.lower == pytest.approx(1 / 3)
    assert found.seconds == 21.5


def test_flags_name_what_to_look_at() -> None:
    good = [(0, 1.0, 25), (1, 0.0, 15), (2, 0.0, 10)]
    turned = [(0, 0.0, 25), (1, 1.0, 15), (2, 1.0, 10)]
    easy = [(0, 1.0, 45), (0, 0.0, 45), (1, 0.0, 5), (2, 0.0, 5)]
    flat = [(0, 1.0, 10), (0, 0.0, 10), (1, 1.0, 10), (1, 0.0, 10), (2, 0.5, 10)]
    guessed = [(0, 1.0, 5), (1, 0.0, 15), (2, 0.0, 15)]
    idle = [(0, 1.0, 30), (1, 0.0, 30)]

    assert flags_of(chosen(good)) == ()
    assert flags_of(chosen(turned)) == (
        Flag(NEGATIVE),
        Flag(TEMPTS_THE_STRONG, 2),
        Flag(TEMPTS_THE_STRONG, 3),
    )
    assert flags_of(chosen(easy)) == (Flag(NEARLY_ALL_RIGHT),)
    assert flags_of(chosen(flat)) == (Flag(WEAK),)
    assert flags_of(chosen(guessed, guess=1 / 3)) == (Flag(BELOW_GUESSING),)
    assert flags_of(chosen(idle)) == (Flag(IDLE_OPTION, 3),)


def test_an_analysis_comes_back_from_json_as_it_was() -> None:
    found = random_quiz(3, attempts=30).analysed()
    chosen_ones = Analysis(5, 0, found.scores, (chosen([(0, 1.0, 5)]),))

    assert from_json(to_json(found)) == found
    assert from_json(to_json(chosen_ones)) == chosen_ones
    assert from_json({**to_json(found), "format": 0}) is None


tables = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from(FRACTIONS), min_size=width, max_size=width),
        min_size=1,
        max_size=40,
    )
)


@settings(deadline=None)
@given(table=tables)
def test_every_figure_keeps_to_its_range(table: list[list[float]]) -> None:
    found = Sat(table, [float(place + 1) for place in range(len(table[0]))]).analysed()

    for item in found.items:
        assert item.facility is None or 0 <= item.facility <= 1
        assert item.sd is None or 0 <= item.sd <= 0.71
        assert item.discrimination is None or -1 <= item.discrimination <= 1
        assert item.efficiency is None or item.efficiency <= 1
        assert item.weight is None or 0 <= item.weight <= 1
        flags_of(item)
    weights = [item.weight for item in found.items if item.weight is not None]
    assert not weights or sum(weights) == pytest.approx(1)
    assert found.scores.alpha is None or found.scores.alpha <= 1 + 1e-9
    assert sum(found.scores.bins) in {0, len(table)}


@given(values=st.lists(st.integers(0, 9), min_size=1, max_size=50))
def test_piles_have_the_median_and_quantiles_of_their_values(values: list[int]) -> None:
    piles = [(float(value), count) for value, count in Counter(values).items()]

    assert median(piles) == np.median(values)
    for share in (1 / 3, 0.5, 2 / 3):
        assert quantile(piles, share) == np.quantile(values, share, method="inverted_cdf")


@given(pairs=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=2, max_size=40))
def test_sorted_pairing_is_the_highest_covariance(pairs: list[tuple[int, int]]) -> None:
    tallies = [(float(x), float(y), count) for (x, y), count in Counter(pairs).items()]
    xs, ys = (np.sort(np.array(side)) for side in zip(*pairs, strict=True))

    best = together(best_matched(tallies))

    assert best is not None
    assert best.covariance == pytest.approx(np.cov(xs, ys)[0, 1], abs=1e-12)


def test_one_attempt_has_no_spread_and_nothing_has_no_median() -> None:
    assert together([(1.0, 1.0, 1)]) is None
    assert median([]) is None
    assert quantile([], 0.5) is None
