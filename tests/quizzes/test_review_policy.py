"""What may be seen when: kept by the server in every byte of its answers."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from people.models import User
from quizzes.attempts import start, submit
from quizzes.enums import AttemptState
from quizzes.models import Attempt, Quiz, QuizBand
from quizzes.overdue import finish_overdue
from quizzes.publishing import problems, publish
from quizzes.results import standing
from tests.factories.quizzes import (
    NOON,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    finish_attempt,
)
from tests.quizzes.pages import page, post_answer, start_url, text

pytestmark = pytest.mark.django_db

CANARY = "CANARY-FEEDBACK"


def asked(**fields: Any) -> Quiz:
    """A quiz of one question whose feedback of every option is a canary."""
    question = QuestionFactory.create(feedback=f"<p>{CANARY}-GENERAL</p>")
    for place, option in enumerate(question.options.all()):
        option.feedback = f"<p>{CANARY}-{place}</p>"
        option.save()
    return PublishedQuizFactory.create(questions=[question], **fields)


def seen(browser: Any, attempt: Attempt) -> str:
    response = browser.get(page(attempt, "result"))
    return text(response) + str(response.headers)


def test_without_feedback_no_byte_of_it_is_sent(browser: Any, participant: User) -> None:
    shown = seen(browser, finish_attempt(asked(feedback_shown="never"), participant, {0: 1}))

    assert CANARY not in shown
    assert "Not right" in shown


def test_without_keys_only_the_own_answer_and_its_feedback_are_told(
    browser: Any, participant: User
) -> None:
    shown = seen(browser, finish_attempt(asked(keys_shown="never"), participant, {0: 1}))

    assert f"{CANARY}-1" in shown
    assert f"{CANARY}-GENERAL" in shown
    assert f"{CANARY}-0" not in shown
    assert f"{CANARY}-2" not in shown
    assert "Not right" not in shown


def test_nothing_at_all_may_be_shown(browser: Any, participant: User) -> None:
    quiz = asked(
        purpose="measure", score_shown="never", answers_shown="never",
        keys_shown="never", feedback_shown="never",
    )  # fmt: skip
    shown = seen(browser, finish_attempt(quiz, participant, {0: 0})) + text(
        browser.get(start_url(quiz))
    )

    assert CANARY not in shown
    assert "100" not in shown.split("<main")[1]
    assert "This quiz does not show a score." in shown


def test_a_score_for_after_the_close_is_nowhere_before(browser: Any, participant: User) -> None:
    now = timezone.now()
    closes = now + dt.timedelta(hours=1)
    quiz = asked(score_shown="closed", keys_shown="closed", closes_at=closes)
    done = finish_attempt(quiz, participant, {0: 0}, at=now)
    before = standing(participant.pk, quiz.pk, as_of=now)

    assert done.state == AttemptState.SUBMITTED
    assert (done.score, done.percent, done.passed) == (None, None, None)
    assert (before.finished, before.passed, before.being_marked) == (False, False, True)
    assert "The result is shown on" in seen(browser, done)
    assert "100" not in text(browser.get(start_url(quiz))).split("<main")[1]

    assert finish_overdue(at=closes) == 1

    done.refresh_from_db()
    after = standing(participant.pk, quiz.pk, as_of=closes)
    assert (done.state, after.passed, after.being_marked) == (AttemptState.FINISHED, True, False)


def test_feedback_while_answering_closes_the_answer(browser: Any, participant: User) -> None:
    quiz = asked(feedback_shown="during", purpose="practice")
    attempt = start(quiz=quiz, participant=participant, at=timezone.now())
    item = attempt.layout[0]["item"]
    url = page(attempt, "question", 1)
    assert CANARY not in text(browser.get(url))
    assert CANARY not in text(browser.post(url, {"go": "stay"}, follow=True))

    post_answer(browser, attempt, 1, 1, seen=0, go=f"verify-{item}")
    shown = text(browser.get(url))

    assert f"{CANARY}-1" in shown
    assert f"{CANARY}-0" not in shown
    post_answer(browser, attempt, 1, 0, seen=9)
    assert [step.response for step in attempt.steps.all()] == [attempt.steps.all()[0].response] * 2
    assert submit(attempt=attempt, actor=participant, at=timezone.now()).percent == 0


def test_a_band_says_what_the_whole_result_means(
    browser: Any, participant: User, trainer: User
) -> None:
    quiz = QuizFactory.create()
    for start_at, words in ((0, "LOW"), (50, "MIDDLE"), (100, "HIGH")):
        QuizBand.objects.create(quiz=quiz, from_percent=start_at, text=f"<p>{words}-BAND</p>")
    publish(quiz, by=trainer, at=NOON)

    shown = seen(browser, finish_attempt(quiz, participant, {0: 0}))

    assert "MIDDLE-BAND" in shown
    assert "LOW-BAND" not in shown
    assert "HIGH-BAND" not in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"keys_shown": "closed"}, "but it never closes"),
        ({"score_shown": "never"}, "participants have to see it at some time"),
        ({"score_shown": "during"}, "Only right answers and feedback"),
        ({"at_deadline": "grace"}, "how many minutes"),
    ],
)
def test_terms_that_nobody_could_keep_are_named(fields: dict[str, str], words: str) -> None:
    assert words in " ".join(problems(QuizFactory.create(**fields)))
