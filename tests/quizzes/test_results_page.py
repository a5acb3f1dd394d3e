import csv
import datetime as dt
import io
from typing import Any

import openpyxl
import pytest

from people.models import User
from quizzes.attempts import start
from quizzes.enums import Purpose
from quizzes.models import Quiz
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    NOON,
    PublishedQuizFactory,
    QuestionFactory,
    RatingFactory,
    finish_attempt,
)
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Quiz:
    return PublishedQuizFactory.create(questions=[QuestionFactory.create(stem="<p>Why?</p>")])


def rows(response: Any) -> list[list[str]]:
    body = b"".join(response).decode()
    return list(csv.reader(io.StringIO(body)))


def test_an_empty_list_says_what_to_do(desk: Any, quiz: Quiz) -> None:
    shown = text(desk.get(bank_url("quizzes:attempts", quiz.pk)))

    assert "Nobody has submitted an attempt yet. Put the quiz into a module" in shown


def test_figures_and_attempts_of_the_quiz(desk: Any, quiz: Quiz, participant: User) -> None:
    finish_attempt(quiz, participant, {0: 0})
    finish_attempt(quiz, ParticipantFactory.create(first_name="Ada", last_name="Ek"), {0: 1})
    start(quiz=quiz, participant=participant, at=NOON)
    finish_attempt(PublishedQuizFactory.create(), ParticipantFactory.create(last_name="Away"), {})

    shown = text(desk.get(bank_url("quizzes:attempts", quiz.pk)))

    assert "2 attempts submitted by 2 people." in shown
    assert "Mean result: 50 %." in shown
    assert "Passed at least once: 50 % of the people." in shown
    assert "Why?" in shown
    assert "Ada Ek" in shown
    assert "in progress" in shown
    assert "Away" not in shown


def test_a_self_assessment_shows_no_rates(desk: Any, participant: User) -> None:
    quiz = PublishedQuizFactory.create(
        purpose=Purpose.SELF_ASSESSMENT, questions=[RatingFactory.create()]
    )
    finish_attempt(quiz, participant, {0: 1})

    shown = text(desk.get(bank_url("quizzes:attempts", quiz.pk)))

    assert "1 attempt submitted by 1 person." in shown
    assert "Mean result" not in shown
    assert "Passed at least once" not in shown
    assert "Questions of the live version" not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("state=finished", {"Ek", "Bo"}),
        ("state=in_progress", {"Cy"}),
        ("passed=true", {"Ek"}),
        ("passed=false", {"Bo"}),
        ("submitted_at_from=2026-11-24", {"Bo"}),
        ("submitted_at_to=2026-11-23", {"Ek"}),
        ("q=cy@", {"Cy"}),
        ("ordering=-participant__last_name", {"Ek", "Bo", "Cy"}),
    ],
)
def test_attempts_are_filtered_and_searched(
    desk: Any, quiz: Quiz, query: str, found: set[str]
) -> None:
    ek, bo, cy = (
        ParticipantFactory.create(
            first_name="Name", last_name=name, email=f"{name.lower()}@x.example"
        )
        for name in ("Ek", "Bo", "Cy")
    )
    finish_attempt(quiz, ek, {0: 0})
    finish_attempt(quiz, bo, {0: 1}, at=NOON + dt.timedelta(days=1))
    start(quiz=quiz, participant=cy, at=NOON)

    results = desk.get(bank_url("quizzes:attempts_results", quiz.pk) + f"?{query}")

    assert {name for name in ("Ek", "Bo", "Cy") if f"Name {name}" in text(results)} == found


def test_the_export_says_the_same_and_runs_no_formula(desk: Any, quiz: Quiz) -> None:
    person = ParticipantFactory.create(first_name="=1+1", last_name="Ek", email="ek@home.example")
    finish_attempt(quiz, person, {0: 0})

    lines = rows(desk.get(bank_url("quizzes:attempts", quiz.pk) + "?export=csv"))

    assert lines[0][:4] == ["Participant", "E-mail address", "Attempt", "Version"]
    assert lines[1][:5] == ["'=1+1 Ek", "ek@home.example", "1", "1", "finished"]
    assert lines[1][7:] == ["1.0000", "1.0000", "100.0000", "True"]
    assert len(lines) == 2


def test_the_workbook_keeps_numbers_as_numbers(desk: Any, quiz: Quiz, participant: User) -> None:
    finish_attempt(quiz, participant, {0: 0})

    response = desk.get(bank_url("quizzes:attempts", quiz.pk) + "?export=xlsx")

    book = openpyxl.load_workbook(io.BytesIO(b"".join(response)))
    line = list(book.worksheets[0].values)[1]
    assert line[0] == str(participant)
    assert line[9] == 100


def test_an_unknown_quiz_has_no_results(desk: Any) -> None:
    assert desk.get(bank_url("quizzes:attempts", 10**6)).status_code == 404


@pytest.mark.parametrize("size", [2, 20])
def test_the_list_asks_the_same_for_many_attempts(
    desk: Any, quiz: Quiz, size: int, django_assert_num_queries: Any
) -> None:
    for person in ParticipantFactory.create_batch(size):
        finish_attempt(quiz, person, {0: 0})
    page = bank_url("quizzes:attempts", quiz.pk)
    desk.get(page)

    # Session, person, permissions, profile and site of every page in the CMS (7) / quiz /
    # count / attempts / figures: shares, live version, attempts.
    with django_assert_num_queries(13):
        desk.get(page)
