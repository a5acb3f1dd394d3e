"""Where the participant's pages are, and how to read and send them."""

from typing import Any

from django.urls import reverse

from quizzes.models import Attempt, Quiz
from tests.factories.quizzes import option_ids, questions_of


def start_url(quiz: Quiz) -> str:
    return reverse("quizzes:start", args=[quiz.uuid])


def page(attempt: Attempt, name: str = "question", *args: int) -> str:
    return reverse(f"quizzes:{name}", args=[attempt.uuid, *args])


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def post_answer(browser: Any, attempt: Attempt, number: int, *places: int, **data: Any) -> Any:
    chosen = option_ids(questions_of(attempt.quiz)[number - 1], *places)
    return browser.post(page(attempt, "question", number), {"option": chosen, **data})


def bank_url(name: str, *args: object) -> str:
    return reverse(f"bank_{name}", args=args)
