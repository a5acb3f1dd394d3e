from typing import Any

import pytest

from quizzes.enums import RegradeState
from quizzes.models import Attempt, Option, Quiz, Regrade
from quizzes.views import regrading
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    PublishedQuizFactory,
    finish_attempt,
    live,
    questions_of,
)
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Quiz:
    """One attempt that chose the second option of the first question, which is wrong."""
    quiz: Quiz = PublishedQuizFactory.create(pass_mark=80)
    person = ParticipantFactory.create(first_name="Ada", last_name="Ek")
    finish_attempt(quiz, person, {0: 1, 1: 0})
    return quiz


def page(quiz: Quiz) -> str:
    return bank_url("quizzes:regrades", quiz.pk)


def asked(quiz: Quiz, **more: Any) -> dict[str, Any]:
    return {
        "version": live(quiz).pk,
        "kind": "disregard",
        "item": str(questions_of(quiz)[0].uuid),
        "reason": "No option was right.",
    } | more


def test_a_flawed_question_is_tried_out_and_carried_out(desk: Any, quiz: Quiz) -> None:
    shown = text(desk.get(page(quiz)))
    trial = desk.post(page(quiz), asked(quiz), follow=True)
    before = text(trial)
    unchanged = Attempt.objects.get().percent
    after = text(desk.post(trial.redirect_chain[-1][0], follow=True))

    assert "version 1, live: 1 finished" in shown
    assert "Ada Ek" in before
    assert "50 %" in before
    assert "+50 %" in before
    assert "not yet → yes" in before
    assert unchanged == 50
    assert "The regrade is done." in after
    assert Attempt.objects.get().percent == 100
    assert Regrade.objects.get().to_version == live(Quiz.objects.get())


def test_a_trial_is_thrown_away(desk: Any, quiz: Quiz) -> None:
    trial = desk.post(page(quiz), asked(quiz))

    desk.post(trial["Location"], {"away": "1"})

    assert not Regrade.objects.exists()
    assert Attempt.objects.get().percent == 50


def test_many_attempts_are_carried_out_in_steps(
    desk: Any, quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regrading, "MOST_IN_A_REQUEST", 0)
    trial = desk.post(page(quiz), asked(quiz))

    shown = text(desk.post(trial["Location"], follow=True))

    assert "Go on with the regrade" in shown
    assert Regrade.objects.get().state == RegradeState.RUNNING


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "new_key"}, "judged by the live version already"),
        ({"item": ""}, "Choose a question that counts"),
        ({"reason": ""}, "This field is required."),
        ({"version": "0"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_regraded_is_said(
    desk: Any, quiz: Quiz, change: dict[str, str], words: str
) -> None:
    shown = text(desk.post(page(quiz), asked(quiz, **change)))

    assert words in shown
    assert not Regrade.objects.exists()


def test_publishing_a_new_key_offers_a_regrade(desk: Any, quiz: Quiz) -> None:
    old = live(quiz)
    options = Option.objects.filter(question=questions_of(quiz)[0]).order_by("sort_order")
    for place, option in enumerate(options):
        Option.objects.filter(pk=option.pk).update(weight=place == 1)

    published = text(desk.post(bank_url("quizzes:publish", quiz.pk), follow=True))
    trial = text(
        desk.post(page(quiz), asked(quiz, version=old.pk, kind="new_key", item=""), follow=True)
    )

    assert "Was a key wrong?" in published
    assert page(quiz) in published
    assert "From version 1 to version 2." in trial


def test_a_quiz_without_attempts_has_nothing_to_regrade(desk: Any) -> None:
    assert "there is nothing to regrade" in text(desk.get(page(PublishedQuizFactory.create())))


def test_a_regrade_of_another_quiz_is_not_found(desk: Any, quiz: Quiz) -> None:
    trial = desk.post(page(quiz), asked(quiz))["Location"]
    other = PublishedQuizFactory.create()

    elsewhere = trial.replace(f"/{quiz.pk}/", f"/{other.pk}/")

    assert desk.get(elsewhere).status_code == 404


def test_only_those_who_may_publish_regrade(browser: Any, quiz: Quiz) -> None:
    refused = browser.post(page(quiz), asked(quiz))

    assert refused.status_code in {302, 403}
    assert not Regrade.objects.exists()
