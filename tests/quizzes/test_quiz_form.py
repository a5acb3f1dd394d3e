from typing import Any

import pytest
from taggit.models import Tag
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


def test_the_scripts_that_choose_several_questions_are_loaded(desk: Any) -> None:
    page = desk.get(bank_url("quizzes:add")).content.decode()
    assert "wagtail.admin.widgets.Chooser" in page
    assert "js/chooser-widget-telepath.js" in page


def test_a_section_draws_from_a_category(desk: Any) -> None:
    question = QuestionFactory.create(category=CategoryFactory.create())
    draws = inline_formset([{"count": "1", "category": question.category_id, "tag": ""}])
    sections = inline_formset([section_form(heading="A case", draws=draws)])

    desk.post(bank_url("quizzes:add"), quiz_form(sections=sections))

    section = Quiz.objects.get().sections.get()
    assert section.heading == "A case"
    assert [(draw.count, draw.category_id) for draw in section.draws.all()] == [
        (1, question.category_id)
    ]


def test_a_section_draws_by_a_tag_that_questions_bear(desk: Any) -> None:
    question = QuestionFactory.create()
    question.tags.add("arrival")
    QuestionFactory.create().tags.add("arrival")
    Tag.objects.create(name="of a picture")
    page = text(desk.get(bank_url("quizzes:add")))
    assert page.count(">arrival</option>") == 1
    assert "of a picture" not in page
    tag = Tag.objects.get(name="arrival")
    draws = inline_formset([{"count": "2", "category": "", "tag": tag.pk}])

    desk.post(
        bank_url("quizzes:add"), quiz_form(sections=inline_formset([section_form(draws=draws)]))
    )

    draw = Quiz.objects.get().sections.get().draws.get()
    assert (draw.count, draw.tag, draw.category) == (2, tag, None)


def test_a_draw_says_where_from(desk: Any) -> None:
    draws = inline_formset([{"count": "2", "category": "", "tag": ""}])

    response = desk.post(
        bank_url("quizzes:add"), quiz_form(sections=inline_formset([section_form(draws=draws)]))
    )

    assert "Say from which category or tag questions are drawn." in text(response)
    assert not Quiz.objects.exists()
