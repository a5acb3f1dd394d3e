import csv
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import override

from people.models import User
from quizzes.attempts import start
from quizzes.enums import AttemptState, Purpose
from quizzes.models import Attempt, Question, Quiz
from quizzes.publishing import publish
from quizzes.templatetags.quiz_words import percent
from tests.factories.people import ParticipantFactory, TrainerFactory
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
    assert "In progress" in shown
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
    assert lines[1][:5] == ["'=1+1 Ek", "ek@home.example", "1", "1", "Finished"]
    assert lines[1][7:] == ["1.0000", "1.0000", "100.0000", "True"]
    assert len(lines) == 2


FILTERS = (
    "", "state=finished", "state=in_progress", "state=abandoned", "state=partly_graded",
    "state=submitted&state=finished", "passed=true", "passed=false", "number=1", "number=2",
    "version=1", "version=2", "submitted_at_from=2026-11-24", "submitted_at_to=2026-11-23",
    "q=two@x.example", "q=nobody", "ordering=percent", "passed=true&number=2&ordering=-percent",
)  # fmt: skip


@pytest.fixture
def mixed(quiz: Quiz) -> Quiz:
    """Six people: all right, wrong, right at the second go, open, given up, held back."""
    people = [
        ParticipantFactory.create(
            first_name=f"P{number}", last_name="Ek", email=f"{name}@x.example"
        )
        for number, name in enumerate(("one", "two", "three", "four", "five", "six"))
    ]
    finish_attempt(quiz, people[0], {0: 0})
    finish_attempt(quiz, people[1], {0: 1}, at=NOON + dt.timedelta(days=1))
    finish_attempt(quiz, people[2], {0: 1})
    Question.objects.update(default_mark=3)
    publish(quiz, by=TrainerFactory.create(), at=NOON)
    finish_attempt(quiz, people[2], {0: 0}, at=NOON + dt.timedelta(days=1))
    for person in people[3:]:
        start(quiz=quiz, participant=person, at=NOON)
    Attempt.objects.filter(participant=people[4]).update(state="abandoned")
    Attempt.objects.filter(participant=people[5]).update(state="partly_graded", submitted_at=NOON)
    return quiz


def shown_rows(response: Any) -> list[list[str]]:
    """The cells of each line of the list as somebody reads them; none if there is no list."""
    tables = BeautifulSoup(response.content, "html.parser").select("table.listing")
    lines = tables[-1].select("tbody tr") if tables else []
    return [[one.get_text(" ", strip=True) for one in line.select("td")] for line in lines]


@pytest.mark.parametrize("query", FILTERS)
def test_both_files_carry_what_the_screen_shows(desk: Any, mixed: Quiz, query: str) -> None:
    page = bank_url("quizzes:attempts", mixed.pk)
    results = bank_url("quizzes:attempts_results", mixed.pk)
    screen = shown_rows(desk.get(f"{results}?{query}"))
    lines = rows(desk.get(f"{page}?{query}&export=csv"))[1:]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(desk.get(f"{page}?{query}&export=xlsx"))))
    cells = list(book.worksheets[0].values)[1:]

    told = {"True": "Yes", "False": "Not yet", "None": "–", "": "–"}
    assert len(screen) == len(lines) == len(cells)
    for seen, line, cell in zip(screen, lines, cells, strict=True):
        result = percent(Decimal(line[9])) if line[4] == "Finished" else line[4]
        assert (seen[1], seen[2], seen[5], seen[6]) == (line[2], line[3], result, told[line[10]])
        assert [str(value) for value in cell[:5]] == line[:5]
        for number, value in zip(line[7:10], cell[7:10], strict=True):
            assert (Decimal(number) if number else None) == (
                None if value is None else Decimal(str(value))
            )
        assert told[str(cell[10])] == seen[6]


def test_files_speak_the_readers_language_and_keep_the_readers_clock(
    signed_in: Callable[[User], Client], quiz: Quiz, participant: User, trainer: User
) -> None:
    trainer.language, trainer.time_zone = "es", "Europe/Helsinki"
    trainer.save()
    desk: Any = signed_in(trainer)
    finish_attempt(quiz, participant, {0: 0})
    page = bank_url("quizzes:attempts", quiz.pk)

    heading, line = rows(desk.get(page + "?export=csv"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(desk.get(page + "?export=xlsx"))))
    titles, cells = book.worksheets[0].values

    with override("es"):
        spoken = str(AttemptState.FINISHED.label)
    here = NOON.astimezone(ZoneInfo("Europe/Helsinki"))
    assert heading == list(titles)
    assert heading[0] != "Participant"
    assert [line[4], cells[4]] == [spoken] * 2
    assert (line[5], cells[5]) == (here.isoformat(" "), here.replace(tzinfo=None))


def test_the_list_says_what_waits(desk: Any, mixed: Quiz) -> None:
    shown = text(desk.get(bank_url("quizzes:attempts", mixed.pk)))

    assert "1 attempt waits for its result." in shown
    assert "Not handed in" in shown
    assert "Nobody has submitted" not in shown


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
