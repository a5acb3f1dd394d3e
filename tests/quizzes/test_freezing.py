from decimal import Decimal
from typing import Any

import pytest

from competence.models import Framework
from quizzes.freezing import freeze, freeze_question
from quizzes.models import QuestionDimension, Quiz
from quizzes.publishing import NotPublishable, problems, publish
from tests.factories.competence import DimensionFactory, FrameworkFactory
from tests.factories.kinds import EXAMPLES, banked
from tests.factories.people import TrainerFactory
from tests.factories.quizzes import (
    NOON,
    OptionFactory,
    QuestionFactory,
    QuizFactory,
    RatingFactory,
    SituationFactory,
)

pytestmark = pytest.mark.django_db


def test_the_paper_says_what_its_author_wrote() -> None:
    question = SituationFactory.create(
        stem="<p>Nobody speaks.</p>", feedback="<p>Ask first.</p>", default_mark=Decimal(2)
    )
    quiz = QuizFactory.create(
        title="Seminar", pass_mark=Decimal(60), max_attempts=2, minutes=7, questions=[question]
    )

    paper = freeze(quiz)

    assert (paper.title, paper.max_attempts, paper.minutes) == ("Seminar", 2, 7)
    assert paper.pass_mark == 60
    assert paper.items[0].stem == "<p>Nobody speaks.</p>"
    assert paper.items[0].feedback == "<p>Ask first.</p>"
    assert paper.items[0].id == question.uuid
    assert paper.max_score == 2
    assert [option.weight for option in paper.items[0].options] == [
        Decimal(weight) for weight in ("0.333", "1", "0.333", "0")
    ]


def test_questions_and_options_stand_in_their_authors_order() -> None:
    last, first = QuestionFactory.create(), QuestionFactory.create(weights=("1",))
    OptionFactory.create(question=first, text="before", sort_order=-1)
    quiz = QuizFactory.create(questions=[first, last])

    paper = freeze(quiz)

    assert [item.id for item in paper.items] == [first.uuid, last.uuid]
    assert paper.items[0].options[0].text == "before"


def test_dimensions_are_named_across_frameworks() -> None:
    question = QuestionFactory.create()
    dimension = DimensionFactory.create(code="empathy", name="Empathy")
    QuestionDimension.objects.create(question=question, dimension=dimension, weight=Decimal("0.5"))
    key = f"{dimension.framework.code}.empathy"

    paper = freeze(QuizFactory.create(questions=[question]))

    assert paper.items[0].dimensions == {key: Decimal("0.5")}
    assert paper.dimension_names == {key: "Empathy"}


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        (("0", "0", "0", "0", "0"), ["0", "0.25", "0.5", "0.75", "1"]),
        (("0", "0", "0", "0"), ["0", "0.333", "0.667", "1"]),
        (("1", "0.5", "0"), ["1", "0.5", "0"]),
        (("0",), ["0"]),
    ],
)
def test_a_scale_is_even_unless_its_author_weighed_it(
    weights: tuple[str, ...], expected: list[str]
) -> None:
    item = freeze_question(RatingFactory.create(weights=weights))

    assert [option.weight for option in item.options] == [Decimal(weight) for weight in expected]


@pytest.mark.parametrize("length", [1, 12])
def test_freezing_takes_as_many_queries_whatever_the_length(
    length: int, django_assert_num_queries: Any
) -> None:
    questions = QuestionFactory.create_batch(length)
    for question in questions:
        QuestionDimension.objects.create(question=question, dimension=DimensionFactory.create())
    quiz = Quiz.objects.get(pk=QuizFactory.create(questions=questions).pk)

    # Sections / items with their questions / options / pairs / accepted answers / statements /
    # rubrics / dimension lines / dimensions / frameworks / draws / bands.
    with django_assert_num_queries(12):
        freeze(quiz)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_kind_freezes_as_it_was_written(name: str) -> None:
    plain = EXAMPLES[name]("q")
    for key in {line.dimension for line in plain.statements}:
        framework, code = key.split(".")
        DimensionFactory.create(code=code, framework=_framework(framework))

    assert freeze_question(banked(plain)) == plain


def _framework(code: str) -> Framework:
    return Framework.objects.filter(code=code).first() or FrameworkFactory.create(code=code)


def test_parts_of_another_kind_stay_out_of_the_paper() -> None:
    question = banked(EXAMPLES["short"]("q"))
    OptionFactory.create(question=question, text="left over")

    assert freeze_question(question).options == ()
    assert freeze_question(question).accepted


def test_true_and_false_are_said_where_the_author_left_it_to_us() -> None:
    question = QuestionFactory.create(kind="true_false", weights=("1", "0"))
    question.options.update(text="")

    assert [option.text for option in freeze_question(question).options] == ["True", "False"]


@pytest.mark.parametrize(
    ("status", "words"), [("draft", "it is draft"), ("hidden", "it is hidden")]
)
def test_only_ready_questions_are_published(status: str, words: str) -> None:
    ready, other = QuestionFactory.create(), QuestionFactory.create(status=status)
    quiz = QuizFactory.create(questions=[ready, other])

    (problem,) = problems(quiz)

    assert other.name in problem
    assert words in problem
    with pytest.raises(NotPublishable):
        publish(quiz, by=TrainerFactory.create(), at=NOON)
