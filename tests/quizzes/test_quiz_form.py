from typing import Any

import pytest
from wagtail.test.utils.form_data import inline_formset

from quizzes.models import Quiz
from tests.factories.quizzes import CategoryFactory, QuestionFactory
from tests.quizzes.forms import quiz_form, section_form
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


def test_a_question_stands_in_one_section_only(desk: Any) -> None:
    question = QuestionFactory.create(name="Silence")
    twice = inline_formset([section_form(question), section_form(question)])

    response = desk.post(bank_url("quizzes:add"), quiz_form(sections=twice))

    assert "“Silence” stands in two sections. Take one out." in text(response)
    assert not Quiz.objects.exists()


def test_a_section_draws_from_a_category(desk: Any) -> None:
    question = QuestionFactory.create(category=CategoryFactory.create())
    draws = inline_formset([{"count": "1", "category": question.category_id}])
    sections = inline_formset([section_form(heading="A case", draws=draws)])

    desk.post(bank_url("quizzes:add"), quiz_form(sections=sections))

    section = Quiz.objects.get().sections.get()
    assert section.heading == "A case"
    assert [(draw.count, draw.category_id) for draw in section.draws.all()] == [
        (1, question.category_id)
    ]
