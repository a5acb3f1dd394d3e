from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.grading import Answers, grade_item, grade_paper
from quizzes.papers import MULTIPLE, RATING, SINGLE, SITUATIONAL, Item, Paper
from quizzes.rubrics import rubric_share
from tests.factories.kinds import open_text
from tests.factories.papers import item, paper, uid

FOUR = {"a": "1", "b": "1", "c": "0", "d": "0"}
SEMINAR = {"stop": "0.333", "ask": "1", "go on": "0.333", "expose": "0"}


def fraction(question: Item, *chosen: str) -> Decimal | None:
    return grade_item(question, [uid(f"q.{name}") for name in chosen]).fraction


@pytest.mark.parametrize(
    ("chosen", "expected"), [(["right"], "1"), (["wrong"], "0"), (["half"], "0.5"), ([], "0")]
)
def test_a_single_choice_earns_the_weight_of_the_option(chosen: list[str], expected: str) -> None:
    question = item("q", {"right": "1", "wrong": "0", "half": "0.5"})

    assert fraction(question, *chosen) == Decimal(expected)


@pytest.mark.parametrize(
    ("scoring", "chosen", "expected"),
    [
        ("all_or_nothing", "ab", "1"),
        ("all_or_nothing", "a", "0"),
        ("all_or_nothing", "abc", "0"),
        ("proportional", "ab", "1"),
        ("proportional", "a", "0.75"),
        ("proportional", "ac", "0.5"),
        ("proportional", "cd", "0"),
        ("proportional", "abcd", "0.5"),
        ("proportional_correct", "ab", "1"),
        ("proportional_correct", "a", "0.5"),
        ("proportional_correct", "abc", "0"),
    ],
)
def test_a_multiple_choice_is_scored_as_its_author_chose(
    scoring: str, chosen: str, expected: str
) -> None:
    assert fraction(item("q", FOUR, kind=MULTIPLE, scoring=scoring), *chosen) == Decimal(expected)


@pytest.mark.parametrize("scoring", ["all_or_nothing", "proportional", "proportional_correct"])
def test_no_tick_at_all_earns_nothing_however_it_is_scored(scoring: str) -> None:
    assert fraction(item("q", FOUR, kind=MULTIPLE, scoring=scoring)) == 0


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [("ask", "1"), ("stop", "0.333"), ("expose", "0")],
)
def test_a_situation_earns_the_share_of_the_strongest_option(chosen: str, expected: str) -> None:
    assert fraction(item("q", SEMINAR, kind=SITUATIONAL), chosen) == Decimal(expected)


def test_a_situation_without_an_ideal_option_still_reaches_its_full_mark() -> None:
    question = item("q", {"good": "0.75", "fair": "0.5", "no": "0"}, kind=SITUATIONAL, mark="3")

    assert grade_item(question, [uid("q.good")]).score == Decimal(3)
    assert grade_item(question, [uid("q.fair")]).fraction == Decimal("0.666667")
    assert grade_item(question, [uid("q.fair")]).score == Decimal(2)


def test_a_situation_where_nothing_helps_earns_nothing() -> None:
    assert fraction(item("q", {"a": "0", "b": "0"}, kind=SITUATIONAL), "a") == 0


def test_a_rating_has_no_fraction_and_no_mark() -> None:
    grade = grade_item(item("q", {"low": "0", "high": "1"}, kind=RATING, mark="5"), [uid("q.low")])

    assert (grade.answered, grade.fraction) == (True, None)
    assert grade.score == grade.max_score == 0


def test_options_of_other_questions_are_worth_nothing() -> None:
    assert fraction(item("q", {"right": "1", "wrong": "0"}), "strange") == 0


def test_a_paper_adds_its_marks_exactly() -> None:
    thirds = [
        item(name, {"a": "1", "b": "1", "c": "1"}, kind=MULTIPLE, scoring="proportional_correct")
        for name in ("p", "q", "r")
    ]

    grade = grade_paper(paper(*thirds), {uid(name): [uid(f"{name}.a")] for name in "pqr"})

    assert grade.score == 1
    assert grade.max_score == 3
    assert grade.percent == Decimal("33.3333")


def test_a_percentage_is_cut_off_so_that_it_never_claims_the_pass_mark() -> None:
    question = item("q", {"most": "1", "some": "0.666"}, kind=SITUATIONAL)
    two_thirds = paper(
        item("q", {"a": "1", "b": "1", "c": "1"}, kind=MULTIPLE, scoring="proportional_correct"),
        pass_mark="66.67",
    )

    grade = grade_paper(two_thirds, {uid("q"): [uid("q.a"), uid("q.b")]})

    assert (grade.percent, grade.passed) == (Decimal("66.6666"), False)
    assert grade_paper(paper(question, pass_mark="66.6"), {uid("q"): [uid("q.some")]}).passed


def test_reaching_the_pass_mark_exactly_is_passing() -> None:
    questions = [item(str(number), {"yes": "1", "no": "0"}) for number in range(5)]
    answers = {uid(str(number)): [uid(f"{number}.yes")] for number in range(4)}

    grade = grade_paper(paper(*questions), answers)

    assert (grade.percent, grade.passed) == (Decimal(80), True)


def test_a_paper_of_ratings_has_neither_a_percentage_nor_a_pass() -> None:
    grade = grade_paper(paper(item("q", {"low": "0", "high": "1"}, kind=RATING)), {})

    assert (grade.percent, grade.passed) == (None, None)
    assert grade.score == 0


def test_a_row_of_a_rubric_speaks_for_the_dimension_it_names() -> None:
    plain = open_text("essay")
    view, words = plain.rubric
    rows = (replace(view, dimension="empathy"), replace(words, dimension="openness"))
    essay = replace(
        plain, rubric=rows, dimensions={"empathy": Decimal(1), "collaboration": Decimal(1)}
    )
    quiz = paper(essay, item("q", {"yes": "1", "no": "0"}, dimensions={"openness": "1"}))
    levels = {str(view.id): 1, str(words.id): 1}
    share = rubric_share(essay, levels)

    grade = grade_paper(
        quiz,
        {essay.id: "I listen first.", uid("q"): [uid("q.no")]},
        marked={essay.id: share},
        levels={essay.id: levels},
    )

    # View: 1 of 2 levels, words: all of 1, weighing 1 and 2 of the essay's 4 marks.
    assert grade.by_dimension == {
        "empathy": Decimal("0.5"),
        "openness": Decimal("0.727273"),
        "collaboration": Decimal("0.833333"),
    }
    without = grade_paper(quiz, {essay.id: "I listen first."}, marked={essay.id: share})
    assert without.by_dimension["empathy"] == Decimal("0.833333")
    assert without.score == grade.score


def test_a_row_that_was_added_after_the_mark_says_nothing() -> None:
    plain = open_text("essay")
    essay = replace(plain, rubric=tuple(replace(row, dimension="openness") for row in plain.rubric))
    levels = {essay.id: {str(plain.rubric[0].id): 2}}

    grade = grade_paper(
        paper(essay), {essay.id: "Yes."}, marked={essay.id: Fraction(1, 2)}, levels=levels
    )

    assert grade.by_dimension == {"openness": Decimal(1)}


def test_dimensions_weigh_questions_by_mark_and_by_their_own_weight() -> None:
    quiz = paper(
        item("a", {"yes": "1", "no": "0"}, mark="3", dimensions={"empathy": "1"}),
        item("b", {"yes": "1", "no": "0"}, dimensions={"empathy": "1", "openness": "0.5"}),
    )

    grade = grade_paper(quiz, {uid("a"): [uid("a.yes")], uid("b"): [uid("b.no")]})

    assert grade.by_dimension == {"empathy": Decimal("0.75"), "openness": Decimal(0)}
    assert grade.ratings == {}


def test_ratings_are_kept_apart_and_unanswered_ones_pull_nobody_down() -> None:
    scale = {"1": "0", "2": "0.25", "3": "0.5", "4": "0.75", "5": "1"}
    quiz = paper(
        item("a", scale, kind=RATING, dimensions={"empathy": "1"}),
        item("b", scale, kind=RATING, dimensions={"empathy": "1"}),
        item("c", scale, kind=RATING, dimensions={"empathy": "1", "openness": "1"}),
    )

    grade = grade_paper(quiz, {uid("a"): [uid("a.5")], uid("b"): [uid("b.4")]})

    assert grade.ratings == {"empathy": Decimal("0.875")}
    assert grade.by_dimension == {}


# Properties.

weights = st.decimals(min_value=0, max_value=1, places=3)
marks = st.decimals(min_value=Decimal("0.01"), max_value=99, places=2)


@st.composite
def items(draw: st.DrawFn, name: str = "q") -> Item:
    kind = draw(st.sampled_from([SINGLE, MULTIPLE, SITUATIONAL, RATING]))
    binary = st.sampled_from([Decimal(0), Decimal(1)])
    values = draw(st.lists(binary if kind == MULTIPLE else weights, min_size=2, max_size=6))
    question = item(
        name,
        {str(number): str(value) for number, value in enumerate(values)},
        kind=kind,
        scoring=draw(st.sampled_from(["all_or_nothing", "proportional", "proportional_correct"])),
        dimensions={"d": "1"},
    )
    return replace(question, mark=draw(marks))


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    length = draw(st.integers(min_value=1, max_value=6))
    return paper(*[draw(items(str(number))) for number in range(length)])


@st.composite
def answered(draw: st.DrawFn) -> tuple[Paper, Answers]:
    quiz = draw(papers())
    answers = {}
    for question in quiz.items:
        most = len(question.options) if question.takes_several else 1
        ids = [option.id for option in question.options]
        answers[question.id] = draw(st.lists(st.sampled_from(ids), unique=True, max_size=most))
    return quiz, answers


@given(answered())
def test_no_grade_leaves_its_bounds(case: tuple[Paper, Answers]) -> None:
    quiz, answers = case

    grade = grade_paper(quiz, answers)

    assert 0 <= grade.score <= grade.max_score == quiz.max_score
    assert all(result.fraction is None or 0 <= result.fraction <= 1 for result in grade.items)
    assert grade.percent is None or 0 <= grade.percent <= 100
    assert all(0 <= mean <= 1 for mean in {**grade.by_dimension, **grade.ratings}.values())


@given(answered())
def test_the_total_is_the_sum_of_its_questions(case: tuple[Paper, Answers]) -> None:
    quiz, answers = case

    grade = grade_paper(quiz, answers)

    total = sum((result.score for result in grade.items), Decimal(0))
    assert abs(Fraction(grade.score) - Fraction(total)) <= Fraction(len(quiz.items) + 1, 20_000)


@given(answered())
def test_grading_again_gives_the_same(case: tuple[Paper, Answers]) -> None:
    quiz, answers = case

    assert grade_paper(quiz, answers) == grade_paper(quiz, answers)


@given(answered(), st.randoms())
def test_neither_the_order_of_answers_nor_of_ticks_matters(
    case: tuple[Paper, Answers], rng: object
) -> None:
    quiz, answers = case
    shuffled = {
        key: sorted(answers[key], key=lambda _option: rng.random())  # type: ignore[attr-defined]
        for key in reversed(list(answers))
    }

    assert grade_paper(quiz, shuffled) == grade_paper(quiz, answers)


@given(papers())
def test_the_best_answers_to_situations_and_choices_earn_everything(quiz: Paper) -> None:
    graded = [
        question
        for question in quiz.items
        if question.is_graded and any(option.weight == 1 for option in question.options)
    ]
    best = {
        question.id: [option.id for option in question.options if option.weight == 1][
            : None if question.takes_several else 1
        ]
        for question in graded
    }

    grade = grade_paper(replace(quiz, items=tuple(graded)), best)

    assert grade.score == grade.max_score
    assert grade.percent in {None, Decimal(100)}


@given(answered())
def test_an_answer_less_never_earns_more_in_a_choice_of_one(case: tuple[Paper, Answers]) -> None:
    quiz, answers = case

    for question in quiz.items:
        less = {key: chosen for key, chosen in answers.items() if key != question.id}
        assert grade_paper(quiz, less).score <= grade_paper(quiz, answers).score
