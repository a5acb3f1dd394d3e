from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from wagtail.admin.panels import get_form_for_model

from modules.models import ModuleQuiz
from people.models import User
from quizzes.models import Question, Quiz
from readiness.models import Requirement
from tests.factories.quizzes import (
    CategoryFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    SituationFactory,
    questions_of,
)
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


def test_a_question_is_chosen_from_the_bank(desk: Any) -> None:
    question = QuestionFactory.create(name="Silent seminar")

    listed = desk.get(reverse("question_chooser:choose_results"))
    chosen = desk.get(reverse("question_chooser:chosen", args=[question.pk])).json()

    assert "Silent seminar" in text(listed)
    assert chosen["result"]["title"] == "Silent seminar"
    assert "Choose a question" in text(desk.get(bank_url("quizzes:add")))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Silent seminar", "Lost key"}),
        ("q=lost", {"Lost key"}),
        ("q=nobody+speaks", {"Silent seminar"}),
        ("kind=situational", {"Silent seminar"}),
        ("category={category}", {"Lost key"}),
        ("kind=rating&q=lost", set()),
    ],
)
def test_questions_are_searched_while_choosing(desk: Any, query: str, found: set[str]) -> None:
    category = CategoryFactory.create()
    SituationFactory.create(name="Silent seminar", stem="<p>Nobody speaks.</p>")
    QuestionFactory.create(name="Lost key", category=category)
    address = reverse("question_chooser:choose_results")

    shown = text(desk.get(f"{address}?{query.format(category=category.pk)}"))

    assert {name for name in ("Silent seminar", "Lost key") if name in shown} == found


def test_quizzes_are_searched_while_choosing_and_say_what_is_live(desk: Any) -> None:
    PublishedQuizFactory.create(title="Safety")
    QuizFactory.create(title="Seminars")

    shown = text(desk.get(reverse("quiz_chooser:choose_results")))
    found = text(desk.get(reverse("quiz_chooser:choose_results") + "?q=semi"))

    assert "version 1" in shown
    assert "not published" in shown
    assert "Safety" not in found
    assert "Seminars" in found


def test_the_chooser_opens_with_its_search(desk: Any) -> None:
    for name in ("question_chooser", "quiz_chooser"):
        assert 'name=\\"q\\"' in desk.get(reverse(f"{name}:choose")).content.decode()


def test_modules_and_requirements_choose_a_quiz_by_the_chooser() -> None:
    for model in (ModuleQuiz, Requirement):
        form = get_form_for_model(model, fields=["quiz"])
        assert type(form().fields["quiz"].widget).__name__ == "QuizChooserWidget"


def test_a_coordinator_chooses_quizzes_but_never_questions(
    signed_in: Callable[[User], Client], coordinator: User
) -> None:
    question = QuestionFactory.create(name="Secret situation")
    PublishedQuizFactory.create(title="Safety")
    desk = signed_in(coordinator)

    assert "Safety" in text(desk.get(reverse("quiz_chooser:choose_results")))
    for name, args in (
        ("choose", []),
        ("choose_results", []),
        ("chosen", [question.pk]),
        ("chosen_multiple", []),
    ):
        response = desk.get(reverse(f"question_chooser:{name}", args=args), {"id": question.pk})
        assert response.status_code in {302, 403}


def bank_urls(quiz: Quiz, question: Question) -> list[str]:
    lists = ["index", "index_results", "add"]
    objects = ["edit", "copy", "delete", "history", "usage"]
    return [
        *[bank_url(f"{kind}:{name}") for kind in ("questions", "quizzes") for name in lists],
        *[bank_url(f"questions:{name}", question.pk) for name in objects],
        *[bank_url(f"quizzes:{name}", quiz.pk) for name in objects],
        *[bank_url(f"quizzes:{name}", quiz.pk) for name in ("preview", "publish", "attempts")],
        bank_url("quizzes:attempts_results", quiz.pk),
        bank_url("quizzes:preview", quiz.pk) + "?keys",
        bank_url("quizzes:attempts", quiz.pk) + "?export=csv",
        bank_url("categories:index"),
    ]


@pytest.mark.parametrize("role", ["coordinator", "participant"])
def test_keys_are_the_trainers_alone(
    role: str, request: pytest.FixtureRequest, signed_in: Callable[[User], Client]
) -> None:
    question = QuestionFactory.create(name="CANARY-NAME", stem="<p>CANARY-STEM</p>")
    question.options.update(feedback="<p>CANARY-FEEDBACK</p>")
    quiz = PublishedQuizFactory.create(questions=[question])
    desk = signed_in(request.getfixturevalue(role))

    for page in bank_urls(quiz, question):
        for send in (desk.get, desk.post):
            response = send(page)
            assert response.status_code in {302, 403}, page
            assert b"CANARY" not in response.content
    assert quiz.versions.count() == 1
    assert Question.objects.count() == 1


def test_every_page_of_the_bank_opens_for_trainers_and_administrators(
    desk: Any, administrator: User, signed_in: Callable[[User], Client]
) -> None:
    quiz = PublishedQuizFactory.create()
    pages = bank_urls(quiz, questions_of(quiz)[0])

    for page in pages:
        assert desk.get(page).status_code == 200, page
    again = signed_in(administrator)
    for page in pages:
        assert again.get(page).status_code == 200, page


def test_publishing_needs_its_own_permission(desk: Any, trainer: User) -> None:
    quiz = QuizFactory.create()
    may_publish = Permission.objects.get(codename="publish_quiz")
    for group in trainer.groups.all():
        group.permissions.remove(may_publish)

    assert desk.post(bank_url("quizzes:publish", quiz.pk)).status_code == 302
    assert quiz.versions.count() == 0
    assert bank_url("quizzes:publish", quiz.pk) not in text(
        desk.get(bank_url("quizzes:edit", quiz.pk))
    )


def test_the_menu_has_the_question_bank_for_trainers_only(
    desk: Any, coordinator: User, signed_in: Callable[[User], Client]
) -> None:
    assert "Question bank" in text(desk.get("/admin/"))
    assert "Question bank" not in text(signed_in(coordinator).get("/admin/"))
