import re
from decimal import Decimal
from typing import Any

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from people.models import User
from quizzes.enums import QuestionKind
from quizzes.models import (
    Option,
    Question,
    QuestionCategory,
    QuestionDimension,
)
from tests.factories.competence import DimensionFactory
from tests.factories.quizzes import (
    CategoryFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    SituationFactory,
    finish_attempt,
    questions_of,
)
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


def question_form(*options: tuple[str, str], **fields: Any) -> dict[str, str]:
    lines = [
        {
            "text": rich_text(f"<p>{words}</p>"),
            "weight": weight,
            "feedback": rich_text("<p>So.</p>"),
        }
        for words, weight in options
    ]
    return nested_form_data(
        {
            "name": "Silent seminar",
            "kind": QuestionKind.SINGLE,
            "category": "",
            "stem": rich_text("<p>Nobody speaks. What do you do?</p>"),
            "feedback": rich_text(""),
            "default_mark": "1",
            "scoring": "all_or_nothing",
            "note": "",
            "status": "ready",
            "options": inline_formset(lines),
            "dimensions": inline_formset([]),
            "readings": inline_formset([]),
        }
        | fields
    )


# Questions.


def test_a_trainer_writes_a_question_with_its_options(desk: Any, trainer: User) -> None:
    dimension = DimensionFactory.create()
    form = question_form(
        ("Ask someone", "1"),
        ("Say nothing", "0"),
        dimensions=inline_formset([{"dimension": dimension.pk, "weight": "1"}]),
    )

    response = desk.post(bank_url("questions:add"), form)

    question = Question.objects.get()
    assert response.url == bank_url("questions:edit", question.pk)
    assert question.created_by == trainer
    assert [option.weight for option in question.options.all()] == [Decimal(1), Decimal(0)]
    assert "Ask someone" in question.options.all()[0].text
    assert QuestionDimension.objects.get().dimension == dimension


def test_a_new_question_starts_with_two_empty_options(desk: Any) -> None:
    assert 'name="options-1-weight"' in text(desk.get(bank_url("questions:add")))


@pytest.mark.parametrize(
    ("options", "place", "field", "words"),
    [
        (
            [("A", "0"), ("B", "1"), ("C", "1")],
            2,
            "weight",
            "2 options are right, but people can choose only one.",
        ),
        ([("Same", "1"), ("same", "0")], 1, "text", "“Same” stands there twice."),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_the_field(
    desk: Any, options: list[tuple[str, str]], place: int, field: str, words: str
) -> None:
    response = desk.post(bank_url("questions:add"), question_form(*options))

    (said,) = response.context["form"].formsets["options"].errors[place][field]
    assert said.startswith(words)
    assert words in text(response)
    assert not Question.objects.exists()


def test_what_is_still_missing_is_told_after_saving(desk: Any) -> None:
    response = desk.post(
        bank_url("questions:add"), question_form(("A", "0"), ("B", "0")), follow=True
    )

    assert Question.objects.exists()
    assert "Before it can be published: No option is right." in text(response)


def test_a_complete_question_is_saved_without_a_warning(desk: Any) -> None:
    response = desk.post(
        bank_url("questions:add"), question_form(("A", "1"), ("B", "0")), follow=True
    )

    assert "Before it can be published" not in text(response)


def test_an_option_without_words_is_told(desk: Any) -> None:
    response = desk.post(
        bank_url("questions:add"), question_form(("", "1"), ("B", "0")), follow=True
    )

    assert "Option 1 has no text." in text(response)


def test_an_option_heavier_than_all_is_refused(desk: Any) -> None:
    response = desk.post(bank_url("questions:add"), question_form(("A", "1.5"), ("B", "0")))

    assert response.status_code == 200
    assert not Question.objects.exists()


def test_a_dimension_is_named_once(desk: Any) -> None:
    line = {"dimension": DimensionFactory.create().pk, "weight": "1"}
    form = question_form(("A", "1"), ("B", "0"), dimensions=inline_formset([line, line]))

    response = desk.post(bank_url("questions:add"), form)

    assert "The same dimension is named twice. Take one out." in text(response)
    assert not Question.objects.exists()


def test_a_dimension_weighs_something(desk: Any) -> None:
    line = {"dimension": DimensionFactory.create().pk, "weight": "0"}
    form = question_form(("A", "1"), ("B", "0"), dimensions=inline_formset([line]))

    response = desk.post(bank_url("questions:add"), form)

    assert "Give the dimension a weight of more than 0, or take it out." in text(response)
    assert "Constraint" not in text(response)
    assert not Question.objects.exists()


def test_editing_keeps_the_identity_of_options(desk: Any) -> None:
    question = QuestionFactory.create(weights=("1", "0"))
    before = [option.uuid for option in question.options.all()]
    lines = [
        {
            "id": str(option.pk),
            "text": rich_text(f"<p>New words {option.pk}</p>"),
            "weight": str(option.weight),
            "feedback": rich_text(""),
        }
        for option in question.options.all()
    ]

    desk.post(
        bank_url("questions:edit", question.pk),
        question_form(options=inline_formset(lines, initial=2)),
    )

    question = Question.objects.get()
    assert question.name == "Silent seminar"
    assert [option.uuid for option in question.options.all()] == before
    assert "New words" in question.options.all()[0].text


def test_the_list_tells_where_questions_are_used(desk: Any, participant: User) -> None:
    used, unused = QuestionFactory.create(name="Used one"), QuestionFactory.create(name="Idle")
    quiz = PublishedQuizFactory.create(questions=[used])
    QuizFactory.create(questions=[used])
    finish_attempt(quiz, participant, {0: 0})
    finish_attempt(quiz, participant, {0: 1})

    shown = text(desk.get(bank_url("questions:index")))

    assert "in 2 quizzes, 2 answers" in shown
    assert "not used yet" in shown
    assert unused.name in shown
    assert "This question is in 2 quizzes, 2 answers." in text(
        desk.get(bank_url("questions:edit", used.pk))
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=seminar", {"Silent seminar"}),
        ("q=Nobody+speaks", {"Silent seminar"}),
        ("kind=situational", {"Silent seminar"}),
        ("kind=single", {"Lost key"}),
        ("category={category}", {"Lost key"}),
        ("updated_at_from=2100-01-01", set()),
        ("updated_at_to=2100-01-01", {"Silent seminar", "Lost key"}),
        ("ordering=-answer_count", {"Silent seminar", "Lost key"}),
    ],
)
def test_the_list_is_searched_and_filtered(desk: Any, query: str, found: set[str]) -> None:
    category = CategoryFactory.create()
    SituationFactory.create(name="Silent seminar", stem="<p>Nobody speaks.</p>")
    QuestionFactory.create(name="Lost key", category=category)

    shown = text(desk.get(bank_url("questions:index") + "?" + query.format(category=category.pk)))

    listed = shown.split('id="listing-results"')[1]
    assert {name for name in ("Silent seminar", "Lost key") if name in listed} == found


def test_a_question_is_copied_as_a_new_one(desk: Any) -> None:
    original = SituationFactory.create(name="Silent seminar")

    shown = text(desk.get(bank_url("questions:copy", original.pk)))

    assert 'value="Copy of Silent seminar"' in shown
    assert 'name="options-3-weight"' in shown
    assert re.findall(r'name="options-\d-id" value', shown) == []
    form = question_form(("A", "1"), ("B", "0"), name="Copy of Silent seminar")
    assert desk.post(bank_url("questions:add"), form).status_code == 302
    assert Question.objects.count() == 2
    assert original.options.count() == 4


def test_a_question_in_a_quiz_is_not_deleted(desk: Any) -> None:
    question = questions_of(QuizFactory.create())[0]

    response = desk.post(bank_url("questions:delete", question.pk), follow=True)

    assert Question.objects.filter(pk=question.pk).exists()
    assert response.status_code == 200


def test_an_unused_question_is_deleted_with_its_options(desk: Any) -> None:
    question = QuestionFactory.create()

    desk.post(bank_url("questions:delete", question.pk))

    assert not Question.objects.exists()
    assert not Option.objects.exists()


@pytest.mark.parametrize("size", [2, 15])
def test_the_list_asks_the_same_for_many_questions(
    desk: Any, size: int, django_assert_max_num_queries: Any
) -> None:
    QuizFactory.create(questions=QuestionFactory.create_batch(size))
    desk.get(bank_url("questions:index"))

    # Session, person, permissions, profile, site, categories, count and the page itself.
    with django_assert_max_num_queries(14):
        desk.get(bank_url("questions:index"))


# Categories.


def test_categories_are_kept_in_the_bank(desk: Any) -> None:
    desk.post(bank_url("categories:add"), {"name": "Communication"})
    category = QuestionCategory.objects.get()
    QuestionFactory.create(category=category)

    assert "Communication" in text(desk.get(bank_url("categories:index")))
    refused = desk.post(bank_url("categories:delete", category.pk), follow=True)
    assert QuestionCategory.objects.exists()
    assert refused.status_code == 200


@pytest.mark.parametrize("name", ["category", "tag", "dimension"])
def test_a_number_beyond_the_database_is_a_choice_that_does_not_exist(desk: Any, name: str) -> None:
    shown = desk.get(bank_url("questions:index"), {name: "9" * 20})

    assert shown.status_code == 200
    assert "is not one of the available choices" in text(shown)
