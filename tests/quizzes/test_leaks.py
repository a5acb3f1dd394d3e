"""No byte of a key, a weight or a feedback reaches a browser before submission."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from quizzes.attempts import start
from quizzes.models import Attempt, Quiz
from tests.factories.modules import LessonPageFactory, ModuleQuizFactory
from tests.factories.quizzes import (
    NOON,
    MultipleChoiceFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    RatingFactory,
    SituationFactory,
    live,
    option_ids,
    questions_of,
)

pytestmark = pytest.mark.django_db

CANARY = "CANARY-KEY"
# A weight that stands nowhere else, so that its digits are a canary, too.
WEIGHTS = (("0.417", "1", "0", "0.583"), ("1", "0", "0.417"))


@pytest.fixture
def quiz() -> Quiz:
    situation = SituationFactory.create(weights=WEIGHTS[0])
    single = QuestionFactory.create(weights=WEIGHTS[1])
    others = [MultipleChoiceFactory.create(), RatingFactory.create()]
    for question in (situation, single, *others):
        question.feedback = f"<p>{CANARY}-GENERAL</p>"
        question.note = f"{CANARY}-NOTE"
        question.name = f"{CANARY}-NAME-{question.pk}"
        question.save()
        question.options.update(feedback=f"<p>{CANARY}-OPTION</p>")
    return PublishedQuizFactory.create(
        title="Findable quiz", questions=[situation, single, *others]
    )


@pytest.fixture
def attempt(quiz: Quiz, participant: User) -> Attempt:
    return start(quiz=quiz, participant=participant, at=NOON)


def urls(attempt: Attempt) -> list[str]:
    number = range(len(attempt.layout) + 2)
    own = [reverse("quizzes:question", args=[attempt.uuid, one]) for one in number]
    return [
        *own,
        reverse("quizzes:start", args=[attempt.quiz.uuid]),
        reverse("quizzes:check", args=[attempt.uuid]),
        reverse("quizzes:result", args=[attempt.uuid]),
    ]


def around(attempt: Attempt) -> list[str]:
    module = ModuleQuizFactory.create(quiz=attempt.quiz).module
    lesson = LessonPageFactory.create(parent=module)
    words = quote(attempt.quiz.title)
    return [
        module.url,
        lesson.url,
        "/my/",
        f"/search/?query={words}",
        f"/search/?query={CANARY}-KEY",
        "/sitemap.xml",
        "/api/v2/pages/",
        "/api/v3/pages/",
    ]


def whole(response: Any) -> str:
    """Everything that the browser gets: status line, headers, cookies and body."""
    body = b"".join(response) if response.streaming else response.content
    cookies = "".join(morsel.OutputString() for morsel in response.cookies.values())
    return f"{response.headers}{cookies}{body.decode(errors='replace')}"


def gives_away(text: str, asked: str = "") -> list[str]:
    secrets = [CANARY, "0.417", "0.583", "weight", "fraction", "feedback"]
    return [secret for secret in secrets if secret in text.replace(asked, "") if secret]


def test_the_canaries_are_in_the_paper(quiz: Quiz) -> None:
    paper = json.dumps(live(quiz).paper)

    assert gives_away(paper) == [CANARY, "0.417", "0.583", "weight", "feedback"]


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "patch", "delete"])
def test_nothing_before_submission_gives_a_key_away(
    signed_in: Callable[[User], Client], attempt: Attempt, method: str
) -> None:
    browser = signed_in(attempt.participant)
    for question in questions_of(attempt.quiz)[:2]:
        number = [line["item"] for line in attempt.layout].index(str(question.uuid)) + 1
        url = reverse("quizzes:question", args=[attempt.uuid, number])
        browser.post(url, {"option": option_ids(question, 1), "seen": 0})

    for url in urls(attempt):
        for suffix in ("", "?format=json", "?preview=1", "?keys=1"):
            for accept in ("text/html", "application/json"):
                response = getattr(browser, method)(url + suffix, headers={"accept": accept})
                assert gives_away(whole(response)) == [], url


def test_no_page_around_it_gives_a_key_away(
    signed_in: Callable[[User], Client], attempt: Attempt
) -> None:
    browser = signed_in(attempt.participant)

    for url in around(attempt):
        response = browser.get(url, follow=True)
        body = "".join(response.content.decode().split(f"{CANARY}-KEY"))
        assert CANARY not in body, url


def test_neither_refusals_nor_questions_back_give_a_key_away(
    signed_in: Callable[[User], Client], attempt: Attempt
) -> None:
    browser = signed_in(attempt.participant)
    question = questions_of(attempt.quiz)[0]
    url = reverse("quizzes:question", args=[attempt.uuid, 1])
    browser.post(url, {"option": option_ids(question, 0), "seen": 0})

    newer = browser.post(url, {"option": option_ids(question, 1), "seen": 0})
    bad = browser.post(url, {"option": option_ids(question, 0, 1), "seen": 1})

    assert (newer.status_code, bad.status_code) == (409, 400)
    assert gives_away(whole(newer)) == gives_away(whole(bad)) == []


def test_a_right_and_a_wrong_answer_are_answered_alike(
    signed_in: Callable[[User], Client], attempt: Attempt
) -> None:
    browser = signed_in(attempt.participant)
    question = questions_of(attempt.quiz)[1]
    url = reverse("quizzes:question", args=[attempt.uuid, 2])
    answers = {}

    for seen, place in enumerate((0, 1)):
        saved = browser.post(url, {"option": option_ids(question, place), "seen": seen})
        answers[place] = (saved.status_code, saved["Location"], saved.content)

    assert answers[0] == answers[1]


def test_after_submission_the_feedback_is_there(
    signed_in: Callable[[User], Client], attempt: Attempt
) -> None:
    browser = signed_in(attempt.participant)
    browser.post(reverse("quizzes:check", args=[attempt.uuid]))

    body = browser.get(reverse("quizzes:result", args=[attempt.uuid])).content.decode()

    assert body.count(f"{CANARY}-GENERAL") == 4
    assert f"{CANARY}-OPTION" in body
    assert f"{CANARY}-NOTE" not in body
    assert f"{CANARY}-NAME" not in body


@pytest.mark.parametrize(
    "claims",
    [
        {"score": "99"},
        {"is_correct": "true", "passed": "true", "percent": "100"},
        {"max_score": "0", "submitted_at": "2020-01-01T00:00:00Z"},
        {"fraction": "1e309", "weight": "NaN", "mark": "-5"},
        {"state": "finished", "participant": "1", "version": "1", "item_id": "x"},
    ],
)
def test_what_a_browser_claims_about_its_score_is_not_read(
    signed_in: Callable[[User], Client], participant: User, claims: dict[str, str]
) -> None:
    quiz = PublishedQuizFactory.create()
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    browser = signed_in(participant)
    right, wrong = questions_of(quiz)

    for number, question, place in ((1, right, 0), (2, wrong, 1)):
        url = reverse("quizzes:question", args=[attempt.uuid, number])
        chosen = option_ids(question, place)
        browser.post(url + "?score=99", {"option": chosen, "seen": 0, **claims})
    browser.post(reverse("quizzes:check", args=[attempt.uuid]), claims)

    attempt.refresh_from_db()
    assert (attempt.score, attempt.max_score) == (Decimal(1), Decimal(2))
    assert (attempt.percent, attempt.passed) == (Decimal(50), False)
    assert attempt.participant == participant


@pytest.mark.parametrize(
    "options",
    [["NaN"], ["1e309"], ["-1"], [""], ["\x00"], ["0" * 10_000], [f"{n}" for n in range(10_001)]],
    ids=lambda options: f"{options[0][:8]!r} x{len(options)}",
)
def test_a_strange_option_is_refused_without_a_trace(
    signed_in: Callable[[User], Client], attempt: Attempt, options: list[str]
) -> None:
    browser = signed_in(attempt.participant)
    url = reverse("quizzes:question", args=[attempt.uuid, 1])

    response = browser.post(url, {"option": options, "seen": 0})

    assert response.status_code == 400
    assert attempt.steps.count() == 0


def test_a_draft_question_gives_nothing_away_either(
    signed_in: Callable[[User], Client], participant: User
) -> None:
    question = QuestionFactory.create(stem=f"<p>{CANARY}</p>")
    draft = QuizFactory.create(questions=[question], title=CANARY)

    response = signed_in(participant).get(reverse("quizzes:start", args=[draft.uuid]))

    assert response.status_code == 404
    assert CANARY not in response.content.decode()
