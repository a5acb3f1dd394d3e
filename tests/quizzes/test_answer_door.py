"""The save contract, as a page's own script uses it: one answer a request, in JSON."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from quizzes.attempts import start, submit
from quizzes.models import AnswerStep, Attempt
from tests.factories.kinds import EXAMPLES, banked
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import NOON, PublishedQuizFactory, option_ids, questions_of
from tests.quizzes.pages import page, post_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(participant: User) -> Attempt:
    return start(quiz=PublishedQuizFactory.create(), participant=participant, at=NOON)


def request_of(attempt: Attempt, place: int = 0, **sent: Any) -> tuple[str, str]:
    """The address and the body of a save, as the page's script sends it."""
    question = questions_of(attempt.quiz)[0]
    fields = [["option", option] for option in option_ids(question, place)]
    body = {"fields": fields, "client": str(uuid4()), "seq": 1, "key": str(uuid4()), "seen": 0}
    url = reverse("quizzes:answer", args=[attempt.uuid, question.uuid])
    return url, json.dumps(body | sent)


def put(browser: Client, attempt: Attempt, place: int = 0, **sent: Any) -> Any:
    url, body = request_of(attempt, place, **sent)
    return browser.put(url, body, content_type="application/json")


def places(attempt: Attempt) -> list[int]:
    options = option_ids(questions_of(attempt.quiz)[0], 0, 1, 2)
    steps = AnswerStep.objects.order_by("sequence")
    return [options.index(step.response[0]) for step in steps]


def test_a_save_says_what_is_stored_and_when(browser: Client, attempt: Attempt) -> None:
    response = put(browser, attempt, 1)

    told = response.json()
    step = AnswerStep.objects.get()
    assert response.status_code == 200
    assert told["value"] == [["option", step.response[0]]]
    assert told["saved_at"] == step.created_at.isoformat()
    assert (told["sequence"], told["deadline"]) == (1, None)
    assert "no-store" in response["Cache-Control"]


def test_a_save_and_the_state_say_what_is_answered(browser: Client, attempt: Attempt) -> None:
    assert browser.get(page(attempt, "state")).json()["answered"] == 0

    assert put(browser, attempt, 1).json()["is_answered"] is True
    assert browser.get(page(attempt, "state")).json()["answered"] == 1

    assert put(browser, attempt, fields=[], seen=1).json()["is_answered"] is False
    assert browser.get(page(attempt, "state")).json()["answered"] == 0


def test_the_same_request_again_changes_nothing(browser: Client, attempt: Attempt) -> None:
    sent = {"client": str(uuid4()), "key": str(uuid4())}
    first = put(browser, attempt, 1, **sent)
    put(browser, attempt, 2, client=str(uuid4()), seen=1)

    again = put(browser, attempt, 1, **sent)

    assert first.status_code == again.status_code == 200
    assert places(attempt) == [1, 2]
    assert again.json()["sequence"] == 2


def test_what_the_same_page_sent_earlier_overwrites_nothing(
    browser: Client, attempt: Attempt
) -> None:
    client = str(uuid4())
    put(browser, attempt, 2, client=client, seq=3)

    late = put(browser, attempt, 1, client=client, seq=2)

    assert late.status_code == 200
    assert late.json()["sequence"] == 1
    assert places(attempt) == [2]


def test_an_answer_that_was_taken_back_keeps_its_number(browser: Client, attempt: Attempt) -> None:
    client = str(uuid4())
    for seq, place in ((1, 0), (3, 0)):
        put(browser, attempt, place, client=client, seq=seq)

    put(browser, attempt, 1, client=client, seq=2)

    assert places(attempt)[-1] == 0


def test_another_page_is_told_of_the_newer_answer(browser: Client, attempt: Attempt) -> None:
    put(browser, attempt, 0)

    response = put(browser, attempt, 1)

    assert (response.status_code, response.json()["error"]) == (409, "newer")
    assert response.json()["sequence"] == 1
    assert places(attempt) == [0]
    assert put(browser, attempt, 1, seen=1).status_code == 200


def test_a_form_of_the_same_page_is_newer_than_its_script(
    browser: Client, attempt: Attempt
) -> None:
    client = str(uuid4())
    put(browser, attempt, 0, client=client, seq=1)

    response = post_answer(browser, attempt, 1, 1, seen=0, client=client, seq=2)

    assert response.status_code == 302
    assert places(attempt) == [0, 1]


def test_a_submitted_attempt_answers_409(
    browser: Client, attempt: Attempt, participant: User
) -> None:
    submit(attempt=attempt, actor=participant, at=NOON)
    before = list(AnswerStep.objects.values())

    response = put(browser, attempt)

    assert (response.status_code, response.json()) == (409, {"error": "closed"})
    assert list(AnswerStep.objects.values()) == before


def test_an_ended_session_is_told_in_json_and_saves_nothing(
    client: Client, attempt: Attempt
) -> None:
    for response in (put(client, attempt), client.get(page(attempt, "state"))):
        assert (response.status_code, response.json()) == (401, {"error": "signed_out"})
    assert not AnswerStep.objects.exists()


def test_without_its_token_a_save_is_refused_and_state_gives_one(
    participant: User, attempt: Attempt
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    assert put(strict, attempt).status_code == 403

    token = strict.get(page(attempt, "state")).json()["token"]

    strict.defaults["HTTP_X_CSRFTOKEN"] = token
    assert put(strict, attempt).status_code == 200


def test_other_peoples_attempts_are_not_there(
    signed_in: Callable[[User], Client], attempt: Attempt
) -> None:
    other = signed_in(ParticipantFactory.create())

    assert put(other, attempt).status_code == 404
    assert other.get(page(attempt, "state")).status_code == 404


@pytest.mark.parametrize(
    "sent",
    [
        {"seq": -1},
        {"seq": 1e309},
        {"seq": True},
        {"seq": 2**64},
        {"seen": "1"},
        {"client": "x"},
        {"key": None},
        {"fields": "x"},
        {"fields": [["option"]]},
        {"fields": [["option", 1]]},
        {"fields": [["option", "x"]] * 1001},
        {"fields": [["option", "not-an-option"]]},
    ],
)
def test_what_no_page_sends_is_refused(
    browser: Client, attempt: Attempt, sent: dict[str, Any]
) -> None:
    assert put(browser, attempt, **sent).status_code == 400
    assert not AnswerStep.objects.exists()


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_a_field_that_comes_twice_is_refused_by_page_and_script(
    browser: Client, participant: User, name: str
) -> None:
    question = banked(EXAMPLES[name]("q"))
    purpose = "graded" if question.kind not in ("rating", "likert") else "self_assessment"
    quiz = PublishedQuizFactory.create(questions=[question], purpose=purpose)
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    shown = browser.get(page(attempt, "question", 1)).content.decode()
    named = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', shown)
    fields = {*named} - {"csrfmiddlewaretoken", "next", "seen"}
    assert fields
    url = reverse("quizzes:answer", args=[attempt.uuid, question.uuid])

    for field in fields:
        sent = {"fields": [[field, "1"]] * 2, "client": str(uuid4()), "seq": 1}
        told = browser.put(
            url,
            json.dumps(sent | {"key": str(uuid4()), "seen": 0}),
            content_type="application/json",
        )
        formed = browser.post(page(attempt, "question", 1), {field: ["1", "1"], "seen": 0})

        assert (told.status_code, told.json()["error"]) == (400, "bad_answer")
        assert formed.status_code == 400
    assert not AnswerStep.objects.exists()


def test_a_huge_body_is_not_read(browser: Client, attempt: Attempt) -> None:
    assert put(browser, attempt, more="x" * 200_001).status_code == 413


def test_a_save_takes_eight_queries(
    browser: Client, attempt: Attempt, django_assert_num_queries: Any
) -> None:
    put(browser, attempt)

    url, body = request_of(attempt, 1, seen=1)

    # Session / person / attempt with version / savepoint / lock / last step / insert / release.
    with django_assert_num_queries(8):
        assert browser.put(url, body, content_type="application/json").status_code == 200


def test_a_right_and_a_wrong_answer_get_replies_of_one_size(
    browser: Client, attempt: Attempt
) -> None:
    question = questions_of(attempt.quiz)[0]
    question.options.update(text="<p>Same</p>")
    sizes = {len(put(browser, attempt, place, seen=place).content) for place in (0, 1, 2)}

    assert max(sizes) - min(sizes) < 64
