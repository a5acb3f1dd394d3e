"""The bank's pages of one question, and changes to many."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from people.models import User
from quizzes.copying import unsaved_copy
from quizzes.models import Question, QuestionCategory, QuestionVersion
from tests.factories.kinds import EXAMPLES, banked
from tests.factories.modules import LessonPageFactory
from tests.factories.people import UserFactory
from tests.factories.quizzes import CategoryFactory, QuestionFactory, QuizFactory
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


def form(kind: str, **fields: Any) -> dict[str, str]:
    return nested_form_data(
        {
            "name": "A question",
            "kind": kind,
            "category": "",
            "stem": rich_text("<p>They [[1]] at the door.</p>"),
            "feedback": rich_text(""),
            "default_mark": "1",
            "scoring": "proportional",
            "status": "ready",
            "hints": "Look again",
            "dimensions": inline_formset([]),
            "readings": inline_formset([]),
        }
        | fields
    )


def accepted(*answers: str, **fields: str) -> list[dict[str, str]]:
    line = {"fraction": "1", "gap": "1", "tolerance": "0", "feedback": rich_text("")}
    return [{"text": answer, **line, **fields} for answer in answers]


# Writing.


def test_a_page_to_read_again_is_kept_and_copied(desk: Client) -> None:
    lessons = LessonPageFactory.create_batch(2)
    lines = [{"page": lesson.pk} for lesson in lessons]
    sent = form("short", accepted=inline_formset(accepted("bow")))
    sent |= nested_form_data({"readings": inline_formset(lines)})

    desk.post(bank_url("questions:add"), sent)
    question = Question.objects.get()
    twice = desk.post(
        bank_url("questions:edit", question.pk),
        sent | nested_form_data({"readings": inline_formset(lines[:1] * 2)}),
    )

    assert [one.page_id for one in question.readings.all()] == [one.pk for one in lessons]
    assert len(unsaved_copy(question).readings.all()) == 2
    assert "The same page is named twice" in text(twice)


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("short", {"accepted": inline_formset(accepted("bow"))}),
        ("numeric", {"accepted": inline_formset(accepted("12.5")), "unit": "km"}),
        ("gaps", {"accepted": inline_formset(accepted("bow"))}),
        (
            "matching",
            {
                "pairs": inline_formset(
                    [
                        {"prompt": rich_text(words), "match": match, "feedback": rich_text("")}
                        for words, match in [("<p>a</p>", "1"), ("<p>b</p>", "2"), ("", "3")]
                    ]
                )
            },
        ),
        (
            "likert",
            {
                "statements": inline_formset([{"text": "I listen", "dimension": ""}]),
                "options": inline_formset(
                    [
                        {"text": rich_text(step), "weight": "0", "feedback": rich_text("")}
                        for step in ("<p>no</p>", "<p>yes</p>")
                    ]
                ),
            },
        ),
        (
            "open",
            {
                "rubric": inline_formset(
                    [{"title": "Views", "levels": "none\nsome", "weight": "1", "dimension": ""}]
                )
            },
        ),
    ],
)
def test_a_trainer_writes_a_question_of_every_kind(
    desk: Any, trainer: User, kind: str, lines: dict[str, Any]
) -> None:
    response = desk.post(bank_url("questions:add"), form(kind, **lines), follow=True)

    question = Question.objects.get()
    assert "Before it can be published" not in text(response)
    assert question.hints == "Look again"
    assert [version.created_by for version in question.versions.all()] == [trainer]


def test_parts_of_another_kind_are_neither_checked_nor_kept(desk: Any) -> None:
    blank = {"text": rich_text(""), "weight": "5", "feedback": rich_text("")}
    lines = {
        "accepted": inline_formset(accepted("bow")),
        "options": inline_formset([blank, blank]),
    }

    desk.post(bank_url("questions:add"), form("short", **lines))

    question = Question.objects.get()
    assert question.accepted.count() == 1
    assert not question.options.exists()


@pytest.mark.parametrize(
    ("kind", "line", "field", "words"),
    [
        ("numeric", accepted("many"), "text", "This is not a number."),
        ("gaps", accepted("bow", gap="7"), "gap", "The text has no gap with this number."),
        ("short", accepted("*"), "text", "accepts every answer"),
    ],
)
def test_what_cannot_be_meant_is_refused_beside_its_field(
    desk: Any, kind: str, line: list[dict[str, str]], field: str, words: str
) -> None:
    data = form(kind, accepted=inline_formset(line))

    response = desk.post(bank_url("questions:add"), data)

    (said,) = response.context["form"].formsets["accepted"].errors[0][field]
    assert words in said
    assert not Question.objects.exists()


def test_advice_stands_in_the_editor_and_hinders_nobody(desk: Any) -> None:
    question = QuestionFactory.create(stem=f"<p>{'word ' * 91}</p>", weights=("1", "0"))

    shown = text(desk.get(bank_url("questions:edit", question.pk)))

    assert "The question has 91 words." in shown
    assert "There are 2 options. Three to five work best." in shown
    assert "js/question-kinds.js" in shown
    assert 'data-kinds="short numeric gaps"' in shown


# Preview.


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_preview_shows_the_form_and_on_request_the_key(desk: Any, name: str) -> None:
    question = banked(EXAMPLES[name]("q"), feedback="")
    Question.objects.filter(pk=question.pk).update(feedback="<p>CANARY</p>")
    url = bank_url("questions:preview", question.pk)

    assert "CANARY" not in text(desk.get(url))
    assert "CANARY" in text(desk.get(f"{url}?keys"))


def test_an_answer_can_be_tried(desk: Any) -> None:
    question = banked(EXAMPLES["numeric"]("q"))
    url = bank_url("questions:preview", question.pk)

    assert "This answer earns 100 % of the marks." in text(desk.post(url, {"text": "12,7 km"}))
    assert "This answer earns 0 % of the marks." in text(desk.post(url, {"text": "20"}))
    refused = desk.post(url, {"text": "many"})
    assert refused.status_code == 400
    assert "Write a number, such as 12 or 12.5." in text(refused)


# History.


def test_a_version_is_compared_and_brought_back(desk: Any) -> None:
    question = banked(EXAMPLES["short"]("q"))
    for hints in ("First hint", "Second hint"):
        data = form(
            "short",
            hints=hints,
            accepted=inline_formset(accepted("bow")),
        )
        desk.post(bank_url("questions:edit", question.pk), data)
    url = bank_url("questions:versions", question.pk)

    shown = text(desk.get(url))
    assert "From version 1 to version 2" in shown
    assert shown.index("First hint") < shown.index("Second hint")

    desk.post(url, {"version": "1"})

    question.refresh_from_db()
    assert question.hints == "First hint"
    assert QuestionVersion.objects.count() == 3
    assert desk.post(url, {"version": "99"}).status_code == 404


def test_who_may_only_look_sees_neither_history_nor_editor(
    signed_in: Callable[[User], Client],
) -> None:
    reader = UserFactory.create()
    codes = ["view_question", "access_admin"]
    reader.user_permissions.add(*Permission.objects.filter(codename__in=codes))
    question = QuestionFactory.create()
    browser = signed_in(reader)

    for page in ("edit", "versions", "delete"):
        assert browser.get(bank_url(f"questions:{page}", question.pk)).status_code == 302


# Lists.


def test_the_list_is_filtered_by_category_with_all_below_it_tag_status_and_use(desk: Any) -> None:
    above = CategoryFactory.create(name="Talk")
    below = CategoryFactory.create(name="Talk/Seminars")
    names = ("Above", "Below", "Elsewhere")
    questions = [
        QuestionFactory.create(name=name, category=category)
        for name, category in zip(names, (above, below, None), strict=True)
    ]
    questions[0].tags.add("spoken")
    Question.objects.filter(pk=questions[2].pk).update(status="draft")
    QuizFactory.create(questions=[questions[1]])
    tag = questions[0].tags.get()

    for query, expected in {
        f"category={above.pk}": {"Above", "Below"},
        f"category={below.pk}": {"Below"},
        f"tag={tag.pk}": {"Above"},
        "status=draft": {"Elsewhere"},
        "used=true": {"Below"},
        "used=false": {"Above", "Elsewhere"},
    }.items():
        shown = text(desk.get(f"{bank_url('questions:index')}?{query}"))
        assert {name for name in names if f">{name}" in shown or f" {name} " in shown} == expected


def test_a_renamed_category_takes_along_what_is_below(desk: Any) -> None:
    above = CategoryFactory.create(name="Talk")
    below = CategoryFactory.create(name="Talk/Seminars")
    apart = CategoryFactory.create(name="Talking")

    desk.post(bank_url("categories:edit", above.pk), {"name": "Speech"})

    names = {one.pk: one.name for one in QuestionCategory.objects.all()}
    assert names == {above.pk: "Speech", below.pk: "Speech/Seminars", apart.pk: "Talking"}
    refused = desk.post(bank_url("categories:edit", above.pk), {"name": "Speech//x"})
    assert "Write a name on both sides of each slash." in text(refused)


def test_ticked_questions_are_tagged_moved_and_made_ready(desk: Any) -> None:
    ticked = [QuestionFactory.create(status="draft") for _n in range(2)]
    left = QuestionFactory.create(status="draft")
    category = CategoryFactory.create()

    for action, data in {
        "tag": {"tags": "spoken, first week"},
        "move": {"category": category.pk},
        "status": {"status": "ready"},
    }.items():
        where = reverse("wagtail_bulk_action", args=["quizzes", "question", action])
        url = f"{where}?{urlencode([('id', one.pk) for one in ticked])}"
        assert ticked[0].name in text(desk.get(url))
        assert desk.post(url, data).status_code == 302

    for one in ticked:
        one.refresh_from_db()
        assert set(one.tags.names()) == {"spoken", "first week"}
        assert (one.category, one.status) == (category, "ready")
    left.refresh_from_db()
    assert (left.category, left.status) == (None, "draft")


def test_hidden_questions_are_not_offered(desk: Any) -> None:
    QuestionFactory.create(name="Shown one")
    QuestionFactory.create(name="Hidden one", status="hidden")

    shown = text(desk.get("/admin/bank/choose-question/"))

    assert "Shown one" in shown
    assert "Hidden one" not in shown
