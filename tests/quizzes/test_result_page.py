import datetime as dt
from typing import Any

import pytest

from people.models import User
from quizzes.enums import Purpose
from quizzes.models import QuestionDimension
from tests.factories.competence import DimensionFactory
from tests.factories.quizzes import (
    NOON,
    PublishedQuizFactory,
    RatingFactory,
    SituationFactory,
    finish_attempt,
)
from tests.quizzes.pages import page, start_url, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("limit", "places", "words"),
    [
        (3, {0: 0}, "You need 80 %. You can try again: 2 attempts left."),
        (2, {0: 0}, "You need 80 %. You can try again: 1 attempt left."),
        (1, {0: 0}, "You need 80 %. All attempts are used."),
        (None, {0: 0}, "You need 80 %. You can try again as often as you like."),
        (None, {0: 0, 1: 0}, "You needed 80 %."),
    ],
)
def test_the_result_says_what_it_means(
    browser: Any, participant: User, limit: int | None, places: dict[int, int], words: str
) -> None:
    done = finish_attempt(PublishedQuizFactory.create(max_attempts=limit), participant, places)

    shown = text(browser.get(page(done, "result")))

    assert words in shown
    assert f"<h1>{50 * len(places)} %</h1>" in shown


def test_a_worse_attempt_says_what_counts(browser: Any, participant: User) -> None:
    quiz = PublishedQuizFactory.create()
    finish_attempt(quiz, participant, {0: 0, 1: 0})
    worse = finish_attempt(quiz, participant, {}, at=NOON + dt.timedelta(days=1))

    shown = text(browser.get(page(worse, "result")))

    assert "What counts over all your attempts: 100 %." in shown
    assert "has passed, and it counts" in shown


def test_every_option_is_explained_after_submission(browser: Any, participant: User) -> None:
    situation = SituationFactory.create(feedback="<p>Ask before you act.</p>")
    done = finish_attempt(PublishedQuizFactory.create(questions=[situation]), participant, {0: 0})

    shown = text(browser.get(page(done, "result")))

    for option in situation.options.all():
        assert option.text in shown
        assert option.feedback in shown
    assert "Ask before you act." in shown
    assert shown.count("Strongest choice") == 1
    assert shown.count("Partly helpful") == 3
    assert shown.count("Not helpful here") == 1
    assert shown.count("Your answer<") == 1


def test_an_unanswered_question_says_so(browser: Any, participant: User) -> None:
    done = finish_attempt(PublishedQuizFactory.create(), participant, {0: 1})

    shown = text(browser.get(page(done, "result")))

    assert shown.count("No answer") == 1
    assert "Not right yet" in shown


def test_practice_does_not_count(browser: Any, participant: User) -> None:
    quiz = PublishedQuizFactory.create(purpose=Purpose.PRACTICE)
    done = finish_attempt(quiz, participant, {})

    assert "the result does not count" in text(browser.get(page(done, "result")))
    assert "You pass with" not in text(browser.get(start_url(quiz)))


def test_a_self_assessment_shows_means_and_never_a_score(browser: Any, participant: User) -> None:
    empathy, openness = RatingFactory.create(), RatingFactory.create()
    for question, name in ((empathy, "Empathy"), (openness, "Openness")):
        QuestionDimension.objects.create(
            question=question, dimension=DimensionFactory.create(name=name)
        )
    quiz = PublishedQuizFactory.create(
        purpose=Purpose.SELF_ASSESSMENT, questions=[empathy, openness]
    )
    done = finish_attempt(quiz, participant, {0: 3})

    shown = text(browser.get(page(done, "result")))

    assert "never a score" in shown
    assert "Empathy" in shown
    assert "4.0 of 5" in shown
    assert "Openness" not in shown
    assert " %" not in shown.split("<main")[1]
    assert "never a score" in text(browser.get(start_url(quiz)))


def test_a_practice_of_ratings_alone_is_simply_done(browser: Any, participant: User) -> None:
    quiz = PublishedQuizFactory.create(purpose=Purpose.PRACTICE, questions=[RatingFactory.create()])
    done = finish_attempt(quiz, participant, {0: 0})

    assert "<h1>Done</h1>" in text(browser.get(page(done, "result")))
    assert "–" in text(browser.get(start_url(quiz)))
