import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from people.models import User
from quizzes import analysing
from quizzes.models import Attempt, Quiz
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    NOON,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    finish_attempt,
    live,
)
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Quiz:
    """Two questions, six attempts: the second is answered well by the weak ones."""
    questions = [
        QuestionFactory.create(stem="<p>Why?</p>"),
        QuestionFactory.create(stem="<p>=How?</p>"),
    ]
    quiz: Quiz = PublishedQuizFactory.create(questions=questions)
    for first, second in ((0, 1), (0, 1), (0, 2), (1, 0), (1, 0), (0, 0)):
        finish_attempt(quiz, ParticipantFactory.create(), {0: first, 1: second})
    return quiz


@pytest.fixture
def page(quiz: Quiz) -> str:
    return bank_url("quizzes:analysis", quiz.pk)


def rows_of(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response).decode())))


def test_the_page_tells_how_the_questions_do(desk: Any, page: str) -> None:
    shown = text(desk.get(page))

    assert "6 attempts looked at." in shown
    assert "As of " in shown
    assert "Is the key right?" in shown
    assert "best answer" in shown
    assert "Hardest questions first" in shown
    assert 'id="scores-title"' in shown


@pytest.mark.parametrize(
    "chosen", ["", "which=all", "which=last", "which=highest", "since=2026-11-01&until=2026-11-30"]
)
def test_files_say_what_the_page_says(desk: Any, quiz: Quiz, page: str, chosen: str) -> None:
    again = Attempt.objects.filter(quiz=quiz).select_related("participant").order_by("pk")[1]
    finish_attempt(quiz, again.participant, {0: 1, 1: 0})
    page = f"{page}?version={live(quiz).pk}&{chosen}"
    response = desk.get(page)
    table = response.context["rows"]

    lines = rows_of(desk.get(page + "&export=csv"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(desk.get(page + "&export=xlsx"))))

    assert lines[0][:5] == ["No.", "Question", "Kind", "Answers", "Mean share of the marks (%)"]
    assert lines[2][1] == "'=How?"
    for line, cells, row in zip(lines[1:], list(book.worksheets[0].values)[1:], table, strict=True):
        figures = [row.n, row.facility, row.sd, row.discrimination, row.efficiency]
        assert line[3:8] == [str(figure) for figure in figures]
        assert [float(str(cell)) for cell in cells[3:8]] == [float(figure) for figure in figures]
        assert all(str(figure) in text(response) for figure in figures)
        assert line[-1] == row.flags_in_words


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "At least 90 % choose the best answer"),
        ("es", "Al menos el 90 % coincide en la mejor respuesta"),
    ],
)
def test_a_question_that_nearly_all_answer_well_is_flagged_for_it(
    desk: Any, trainer: User, language: str, words: str
) -> None:
    trainer.language = language
    trainer.save()
    quiz = PublishedQuizFactory.create()
    for _number in range(5):
        finish_attempt(quiz, ParticipantFactory.create(), {0: 0})
    page = bank_url("quizzes:analysis", quiz.pk)

    assert words in text(desk.get(page))
    assert words in rows_of(desk.get(page + "?export=csv"))[1][-1]


def test_the_options_have_a_file_of_their_own(desk: Any, page: str) -> None:
    lines = rows_of(desk.get(page + "?export=csv&table=options"))

    assert lines[0][:5] == ["No.", "Option", "Text", "Chosen", "Chosen (%)"]
    assert lines[0][-1] == "Best answer"
    assert [line[3] for line in lines[1:]] == ["4", "2", "0", "3", "2", "1"]
    assert [line[-1] for line in lines[1:4]] == ["True", "False", "False"]


@pytest.fixture
def reader(signed_in: Callable[[User], Client], trainer: User) -> Client:
    """Somebody who works with quizzes but not with the bank's questions."""
    trainer.groups.clear()
    trainer.user_permissions.set(
        Permission.objects.filter(codename__in=["change_quiz", "access_admin"])
    )
    return signed_in(User.objects.get(pk=trainer.pk))


def test_no_key_for_those_who_may_not_edit_questions(reader: Client, page: str) -> None:
    shown = text(reader.get(page))
    lines = rows_of(reader.get(page + "?export=csv&table=options"))

    assert "Question by question" in shown
    assert "best answer" not in shown
    assert "qz-options__best" not in shown
    assert "Best answer" not in lines[0]


def test_the_table_is_sorted_by_any_column(desk: Any, page: str) -> None:
    def order(ordering: str) -> list[int]:
        found = desk.get(f"{page}?ordering={ordering}").context["table"].data
        return [row.number for row in found]

    assert order("facility") == [2, 1]
    assert order("-facility") == [1, 2]
    assert order("no-such") == [1, 2]


def test_the_selection_stays_in_the_address(desk: Any, quiz: Quiz, page: str) -> None:
    query = f"?version={live(quiz).pk}&which=all&since=2026-11-24&until=2026-11-25"

    shown = text(desk.get(page + query))

    assert "0 attempts looked at." in shown
    assert "Figures need at least five attempts." in shown
    assert 'value="2026-11-24"' in shown


def test_nonsense_in_the_address_shows_the_live_version(desk: Any, page: str) -> None:
    shown = text(desk.get(page + "?version=0&since=soon&cohort=no-such"))

    assert "Questions in figures" in shown


def test_a_draft_has_nothing_to_analyse(desk: Any) -> None:
    draft = QuizFactory.create()

    shown = text(desk.get(bank_url("quizzes:analysis", draft.pk)))

    assert "Publish the quiz first" in shown


def test_many_attempts_are_analysed_when_told_to(
    desk: Any, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysing, "MOST_AT_ONCE", 3)

    before = text(desk.get(page))
    sent = desk.post(page + "?which=all")
    after = text(desk.get(page + "?which=all"))

    assert "takes a while" in before
    assert sent["Location"] == page + "?which=all"
    assert "6 attempts looked at." in after


def test_opening_the_page_again_asks_little(
    desk: Any, page: str, django_assert_num_queries: Any
) -> None:
    desk.get(page)

    # Session, person, permissions, profile and site of every page in the CMS (7) / quiz /
    # live version / exchanges / what there is to analyse / the kept analysis / versions /
    # the categories that are kept to others.
    with django_assert_num_queries(14):
        desk.get(page)


def test_attempts_before_the_page_is_old_news(desk: Any, quiz: Quiz, page: str) -> None:
    desk.get(page)
    finish_attempt(quiz, ParticipantFactory.create(), {0: 0}, at=NOON)

    assert "7 attempts looked at." in text(desk.get(page))
