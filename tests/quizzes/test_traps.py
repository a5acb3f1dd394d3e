"""Traps that other quizzes fell into, tried from the outside: through the doors of a browser."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from jobs.models import OutgoingMail
from people.models import User
from quizzes.accommodating import grant
from quizzes.attempts import save_answer, start, submit
from quizzes.enums import AttemptState
from quizzes.models import Accommodation, Attempt, Quiz
from quizzes.overdue import finish_overdue
from tests.factories.kinds import banked, open_text
from tests.factories.modules import ModuleQuizFactory
from tests.factories.quizzes import (
    NOON,
    AccommodationFactory,
    PublishedQuizFactory,
    QuestionFactory,
    option_ids,
    questions_of,
)
from tests.quizzes.pages import bank_url, page, post_answer, start_url, text

pytestmark = pytest.mark.django_db

MINUTE = dt.timedelta(minutes=1)
HALF_AN_HOUR = NOON + 30 * MINUTE
CLAIMS = {
    "at": "2020-01-01T00:00:00Z", "saved_at": "2020-01-01T00:00:00Z", "created_at": "2020-01-01",
    "started_at": "2099-01-01T00:00:00Z", "deadline": "2099-01-01T00:00:00Z", "time_limit": "600",
    "submitted_at": "2020-01-01T00:00:00Z", "now": "0", "time_left": "1800",
}  # fmt: skip


def put(browser: Any, attempt: Attempt, number: int = 1, place: int = 0, more: Any = ()) -> Any:
    """Save as a page's own script does it."""
    question = questions_of(attempt.quiz)[number - 1]
    fields = [["option", one] for one in option_ids(question, place)]
    sent = {"client": str(uuid4()), "key": str(uuid4()), "seq": 1, "seen": 0, "fields": fields}
    url = f"/quizzes/attempts/{attempt.uuid}/answers/{question.uuid}/"
    return browser.put(url, json.dumps(sent | dict(more)), content_type="application/json")


@pytest.fixture
def over(participant: User) -> Attempt:
    """An attempt whose half hour, and the seconds after it, are over since yesterday."""
    quiz = PublishedQuizFactory.create(time_limit=30, grace_seconds=30)
    return start(quiz=quiz, participant=participant, at=timezone.now() - dt.timedelta(days=1))


def test_what_a_browser_says_of_the_time_is_not_heard(browser: Any, over: Attempt) -> None:
    by_script = put(browser, over, more=CLAIMS)
    by_form = post_answer(browser, over, 1, 0, seen=0, **CLAIMS)
    handed_in = browser.post(page(over, "check"), CLAIMS)

    deadline = over.deadline
    over.refresh_from_db()
    assert (by_script.status_code, by_form.status_code) == (409, 409)
    assert handed_in.status_code == 302
    assert (over.state, over.submitted_at) == (AttemptState.FINISHED, deadline)
    assert over.percent == 0
    assert not over.steps.filter(fraction__isnull=True).exists()


def test_another_device_goes_on_with_the_same_attempt_and_the_same_clock(
    browser: Any, participant: User
) -> None:
    quiz = PublishedQuizFactory.create(time_limit=30)
    browser.post(start_url(quiz))
    attempt = Attempt.objects.get()
    post_answer(browser, attempt, 1, 1, seen=0)
    elsewhere: Any = Client()
    elsewhere.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")

    elsewhere.post(start_url(quiz))
    shown = elsewhere.get(page(attempt, "question", 1))

    again = Attempt.objects.get()
    assert (again.pk, again.started_at, again.deadline) == (
        attempt.pk,
        attempt.started_at,
        attempt.deadline,
    )
    (chosen,) = option_ids(questions_of(quiz)[0], 1)
    assert f'value="{chosen}" checked' in text(shown).replace('" required checked', '" checked')


def test_a_later_page_cannot_be_reached_by_its_address(browser: Any, participant: User) -> None:
    quiz = PublishedQuizFactory.create(is_sequential=True)
    attempt = start(quiz=quiz, participant=participant, at=timezone.now())
    second = questions_of(quiz)[1]

    shown = browser.get(page(attempt, "question", 2), follow=True)
    by_form = post_answer(browser, attempt, 2, 0, seen=0)
    by_script = put(browser, attempt, 2)

    assert str(second.uuid) not in text(shown).split("<main")[1]
    assert by_form.status_code in {302, 409}
    assert by_script.status_code == 409
    assert not attempt.steps.exists()


def test_the_job_keeps_the_time_of_who_was_given_more(participant: User, trainer: User) -> None:
    quiz = PublishedQuizFactory.create(time_limit=30, grace_seconds=30)
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    given = Accommodation(participant=participant, quiz=quiz, time_factor=2, reason="Agreed")
    grant(given, by=trainer, at=NOON + MINUTE)

    assert finish_overdue(at=HALF_AN_HOUR + 5 * MINUTE) == 0
    question = questions_of(quiz)[0]
    save_answer(
        attempt=attempt,
        item_id=question.uuid,
        response=option_ids(question, 0),
        actor=participant,
        at=HALF_AN_HOUR + 6 * MINUTE,
    )
    assert finish_overdue(at=NOON + 61 * MINUTE) == 1

    attempt.refresh_from_db()
    assert attempt.submitted_at == NOON + 60 * MINUTE
    assert attempt.percent == 50


def test_more_time_is_said_before_the_start(browser: Any, participant: User) -> None:
    quiz = PublishedQuizFactory.create(time_limit=30)
    AccommodationFactory.create(participant=participant, quiz=quiz, time_factor="1.5")

    shown = text(browser.get(start_url(quiz)))

    assert "45 minutes from the start, extended from 30" in shown


def test_marked_by_key_and_by_hand_in_one_quiz_is_partly_graded(
    browser: Any, participant: User
) -> None:
    essay = banked(open_text())
    quiz = PublishedQuizFactory.create(questions=[QuestionFactory.create(), essay])
    attempt = start(quiz=quiz, participant=participant, at=timezone.now())
    post_answer(browser, attempt, 1, 0, seen=0)
    browser.post(page(attempt, "question", 2), {"text": "I would ask first.", "seen": 0})

    browser.post(page(attempt, "check"))

    attempt.refresh_from_db()
    shown = text(browser.get(page(attempt, "result")))
    assert (attempt.state, attempt.percent) == (AttemptState.PARTLY_GRADED, None)
    assert "100 %" not in shown
    assert "50 %" not in shown


def held_back(participant: User) -> Attempt:
    """Two of three right, 66 %: told when the quiz closes, in an hour."""
    now = timezone.now()
    quiz = PublishedQuizFactory.create(
        questions=QuestionFactory.create_batch(3),
        pass_mark=60,
        score_shown="closed",
        keys_shown="closed",
        feedback_shown="closed",
        closes_at=now + 60 * MINUTE,
    )
    attempt = start(quiz=quiz, participant=participant, at=now)
    for question, place in zip(questions_of(quiz), (0, 0, 1), strict=True):
        save_answer(
            attempt=attempt,
            item_id=question.uuid,
            response=option_ids(question, place),
            actor=participant,
            at=now,
        )
    return submit(attempt=attempt, actor=participant, at=now)


def test_a_result_that_is_held_back_is_nowhere(
    browser: Any, participant: User, signed_in: Callable[[User], Any], trainer: User
) -> None:
    attempt = held_back(participant)
    quiz: Quiz = attempt.quiz
    module = ModuleQuizFactory.create(quiz=quiz).module
    own = [start_url(quiz), page(attempt, "result"), page(attempt, "check"), module.url, "/my/",
           "/my/profile/", f"/search/?query={quiz.title}"]  # fmt: skip

    for url in own:
        shown = text(browser.get(url, follow=True)).partition("<main")[2]
        assert re.search(r"6[67](?:[.,]\d+)?(?:\s|&nbsp;)*%|66[.,]6", shown) is None, url
        assert "assed" not in shown.replace("Not passed yet", ""), url
    listed = b"".join(
        signed_in(trainer).get(bank_url("quizzes:attempts", quiz.pk) + "?export=csv")
    ).decode()

    assert "66.6" not in listed
    assert "True" not in listed
    assert not OutgoingMail.objects.exists()
