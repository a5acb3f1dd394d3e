from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from people.models import User
from quizzes.attempts import save_answer, start, stored_answers, submit
from quizzes.enums import AttemptState
from quizzes.models import AnswerStep, Attempt, Quiz
from tests.factories.modules import ModuleQuizFactory
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    NOON,
    MultipleChoiceFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    finish_attempt,
    option_ids,
    questions_of,
)
from tests.quizzes.pages import page, post_answer, start_url, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Quiz:
    return PublishedQuizFactory.create(
        title="Safety abroad",
        introduction="<p>Eight situations.</p>",
        questions=[QuestionFactory.create(), MultipleChoiceFactory.create()],
    )


@pytest.fixture
def attempt(quiz: Quiz, participant: User) -> Attempt:
    return start(quiz=quiz, participant=participant, at=NOON)


# The start page.


def test_the_start_page_says_what_it_is(browser: Any, quiz: Quiz) -> None:
    shown = text(browser.get(start_url(quiz)))

    assert "Safety abroad" in shown
    assert "Eight situations." in shown
    assert "about 10 minutes" in shown
    assert "80 %" in shown
    assert "0 used, as many as you like" in shown
    assert ">Start</button>" in shown


def test_looking_at_the_start_page_begins_nothing(browser: Any, quiz: Quiz) -> None:
    browser.get(start_url(quiz))

    assert not Attempt.objects.exists()


def test_starting_leads_to_the_first_question(browser: Any, quiz: Quiz) -> None:
    response = browser.post(start_url(quiz))

    assert response.url == page(Attempt.objects.get(), "question", 1)


def test_going_on_leads_to_the_first_question_without_an_answer(
    browser: Any, attempt: Attempt
) -> None:
    post_answer(browser, attempt, 1, 0, seen=0)

    assert "Go on" in text(browser.get(start_url(attempt.quiz)))
    assert browser.post(start_url(attempt.quiz)).url == page(attempt, "question", 2)
    assert Attempt.objects.count() == 1


def test_a_quiz_that_is_not_published_is_not_there(browser: Any) -> None:
    draft = QuizFactory.create()

    assert browser.get(start_url(draft)).status_code == 404
    assert browser.post(start_url(draft)).status_code == 404
    assert browser.get(reverse("quizzes:start", args=[uuid4()])).status_code == 404


def test_attempts_used_and_left_and_the_best_so_far(browser: Any, participant: User) -> None:
    quiz = PublishedQuizFactory.create(max_attempts=3)
    finish_attempt(quiz, participant, {0: 0, 1: 1})

    shown = text(browser.get(start_url(quiz)))

    assert "1 of 3 used, 2 left" in shown
    assert "50 %" in shown
    assert ">Try again</button>" in shown
    assert page(Attempt.objects.get(), "result") in shown


@pytest.mark.parametrize(
    ("places", "words"),
    [({0: 0, 1: 0}, "what counts is done"), ({0: 1}, "can tell you what to do next")],
)
def test_without_attempts_left_nothing_can_be_started(
    browser: Any, participant: User, places: dict[int, int], words: str
) -> None:
    quiz = PublishedQuizFactory.create(max_attempts=1)
    finish_attempt(quiz, participant, places)

    assert words in text(browser.get(start_url(quiz)))
    main = text(browser.get(start_url(quiz))).split("<main")[1].split("</main>")[0]
    assert "<button" not in main
    assert browser.post(start_url(quiz)).status_code == 409
    assert Attempt.objects.count() == 1


def test_a_module_is_linked_from_start_and_result(browser: Any, participant: User) -> None:
    link = ModuleQuizFactory.create()
    done = finish_attempt(link.quiz, participant, {})

    for url in (start_url(link.quiz), page(done, "result")):
        assert f"Back to “{link.module.title}”" in text(browser.get(url))


# Questions.


def test_one_question_a_page_with_its_place(browser: Any, attempt: Attempt) -> None:
    first, second = questions_of(attempt.quiz)

    shown = text(browser.get(page(attempt, "question", 2)))

    assert "<h1>Question 2 of 2</h1>" in shown
    assert second.stem in shown
    assert first.stem not in shown
    assert 'type="checkbox"' in shown
    assert "Nothing saved yet" in shown
    assert "Choose all that fit" in shown


def test_save_and_continue_stores_the_answer_and_goes_on(browser: Any, attempt: Attempt) -> None:
    response = post_answer(browser, attempt, 1, 2, seen=0)

    assert response.url == page(attempt, "question", 2)
    stored = stored_answers(attempt)[questions_of(attempt.quiz)[0].uuid]
    assert stored.response == option_ids(questions_of(attempt.quiz)[0], 2)
    assert "Your answers are saved, the newest at" in text(browser.get(response.url))


@pytest.mark.parametrize(
    ("number", "go", "name", "args"),
    [
        (1, "next", "question", (2,)),
        (2, "next", "check", ()),
        (2, "back", "question", (1,)),
        (1, "back", "question", (1,)),
        (1, "check", "check", ()),
        (1, "", "question", (2,)),
    ],
)
def test_every_button_saves_first(
    browser: Any, attempt: Attempt, number: int, go: str, name: str, args: tuple[int, ...]
) -> None:
    response = post_answer(browser, attempt, number, 0, seen=0, go=go)

    assert response.url == page(attempt, name, *args)
    assert AnswerStep.objects.count() == 1


def test_a_stored_answer_is_shown_again(browser: Any, attempt: Attempt) -> None:
    post_answer(browser, attempt, 2, 0, 3, seen=0)

    shown = text(browser.get(page(attempt, "question", 2)))

    for chosen in option_ids(questions_of(attempt.quiz)[1], 0, 3):
        assert f'value="{chosen}" checked' in shown
    assert shown.count(" checked") == 2
    assert 'name="seen" value="1"' in shown


def test_the_layout_of_the_attempt_is_kept(browser: Any, attempt: Attempt) -> None:
    question = questions_of(attempt.quiz)[0]
    layout = attempt.layout
    layout[0]["options"] = option_ids(question, 2, 0, 1)
    attempt.layout = list(reversed(layout))
    attempt.save()

    shown = text(browser.get(page(attempt, "question", 2)))

    places = [shown.index(f'value="{one}"') for one in option_ids(question, 2, 0, 1)]
    assert places == sorted(places)


@pytest.mark.parametrize("number", [0, 3, 10**12])
def test_there_is_no_question_beyond_the_last(browser: Any, attempt: Attempt, number: int) -> None:
    assert browser.get(page(attempt, "question", number)).status_code == 404
    assert browser.post(page(attempt, "question", number)).status_code == 404


def test_an_older_form_asks_which_answer_is_meant(browser: Any, attempt: Attempt) -> None:
    texts = [option.text for option in questions_of(attempt.quiz)[0].options.all()]
    post_answer(browser, attempt, 1, 0, seen=0)

    response = post_answer(browser, attempt, 1, 1, seen=0, go="next")

    shown = text(response)
    assert response.status_code == 409
    assert "Which answer do you mean?" in shown
    assert shown.index(texts[0]) < shown.index(texts[1])
    assert texts[2] not in shown
    sent = option_ids(questions_of(attempt.quiz)[0], 1)[0]
    assert f'<input type="hidden" name="option" value="{sent}">' in shown
    assert AnswerStep.objects.count() == 1

    again = post_answer(browser, attempt, 1, 1, seen=1, go="next")

    assert again.url == page(attempt, "question", 2)
    assert AnswerStep.objects.count() == 2


def test_an_older_form_without_an_answer_asks_too(browser: Any, attempt: Attempt) -> None:
    post_answer(browser, attempt, 2, 0, seen=0)

    response = post_answer(browser, attempt, 2, seen=0)

    assert response.status_code == 409
    assert "No answer" in text(response)


@pytest.mark.parametrize("seen", ["", "x", "-1", "1.5", "9" * 400, "²"])
def test_a_form_that_does_not_say_what_it_saw_overwrites_nothing(
    browser: Any, attempt: Attempt, seen: str
) -> None:
    post_answer(browser, attempt, 1, 0, seen=seen)

    assert post_answer(browser, attempt, 1, 1, seen=seen).status_code == 409
    assert AnswerStep.objects.count() == 1


# Checking and submitting.


def test_the_check_page_lists_answers_and_gaps(browser: Any, attempt: Attempt) -> None:
    post_answer(browser, attempt, 1, 2, seen=0)
    answer = questions_of(attempt.quiz)[0].options.all()[2].text

    shown = text(browser.get(page(attempt, "check")))

    assert answer in shown
    assert "No answer yet" in shown
    assert "1 question has no answer yet." in shown
    assert page(attempt, "question", 1) in shown
    assert attempt.state == AttemptState.IN_PROGRESS


def test_submitting_leads_to_the_result(browser: Any, attempt: Attempt) -> None:
    post_answer(browser, attempt, 1, 0, seen=0)

    response = browser.post(page(attempt, "check"))

    assert response.url == page(attempt, "result")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.percent) == (AttemptState.FINISHED, Decimal(50))


def test_submitting_again_changes_nothing_and_shows_the_result(
    browser: Any, attempt: Attempt, participant: User
) -> None:
    submit(attempt=attempt, actor=participant, at=NOON)
    before = Attempt.objects.values().get()

    assert browser.post(page(attempt, "check")).url == page(attempt, "result")
    assert browser.get(page(attempt, "check")).url == page(attempt, "result")
    assert Attempt.objects.values().get() == before


def test_an_answer_to_a_submitted_attempt_is_refused(
    browser: Any, attempt: Attempt, participant: User
) -> None:
    submit(attempt=attempt, actor=participant, at=NOON)
    before = list(AnswerStep.objects.order_by("pk").values())

    response = post_answer(browser, attempt, 1, 0, seen=0)

    assert response.status_code == 409
    assert "nothing has been changed now" in text(response)
    assert list(AnswerStep.objects.order_by("pk").values()) == before
    assert browser.get(page(attempt, "question", 1)).url == page(attempt, "result")


def test_an_open_attempt_has_no_result(browser: Any, attempt: Attempt) -> None:
    assert browser.get(page(attempt, "result")).url == page(attempt, "check")


# Doors.


def own_urls(attempt: Attempt) -> list[str]:
    return [page(attempt, "question", 1), page(attempt, "check"), page(attempt, "result")]


def test_other_peoples_attempts_are_not_there(
    signed_in: Callable[[User], Client], attempt: Attempt
) -> None:
    other = signed_in(ParticipantFactory.create())

    for url in own_urls(attempt):
        assert other.get(url).status_code == 404
        unknown = url.replace(str(attempt.uuid), str(uuid4()))
        assert other.get(unknown).status_code == 404
    assert post_answer(other, attempt, 1, 0, seen=0).status_code == 404
    assert other.post(page(attempt, "check")).status_code == 404
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.IN_PROGRESS
    assert not AnswerStep.objects.exists()


def test_trainers_have_no_way_into_a_participants_attempt(
    signed_in: Callable[[User], Client], attempt: Attempt, trainer: User
) -> None:
    for url in own_urls(attempt):
        assert signed_in(trainer).get(url).status_code == 404


def test_nobody_comes_in_without_signing_in(client: Any, attempt: Attempt) -> None:
    for url in [*own_urls(attempt), start_url(attempt.quiz)]:
        assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_no_page_may_be_stored(browser: Any, attempt: Attempt, participant: User) -> None:
    urls = [start_url(attempt.quiz), *own_urls(attempt)[:2]]
    pages = [browser.get(url) for url in urls]
    submit(attempt=attempt, actor=participant, at=NOON)
    pages += [browser.get(page(attempt, "result")), post_answer(browser, attempt, 1, 0)]

    for response in pages:
        assert "no-store" in response["Cache-Control"]


# Queries.


@pytest.mark.parametrize("length", [1, 25])
def test_no_page_asks_more_for_a_longer_quiz(
    length: int,
    browser: Any,
    participant: User,
    django_assert_num_queries: Any,
) -> None:
    quiz = PublishedQuizFactory.create(questions=QuestionFactory.create_batch(length))
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    for question in questions_of(quiz):
        save_answer(
            attempt=attempt,
            item_id=question.uuid,
            response=option_ids(question, 0),
            actor=participant,
            at=NOON,
        )
    chosen = {"option": option_ids(questions_of(quiz)[0], 1), "seen": 1}

    # On each page: session / person / what the person may do.
    # Quiz with live version / own attempts / what was granted / standing (2) / modules of
    # the quiz.
    with django_assert_num_queries(9):
        browser.get(start_url(quiz))
    # Attempt with version / stored answers.
    with django_assert_num_queries(5):
        browser.get(page(attempt, "question", 1))
    # Session / person / attempt / answers / savepoint / lock / last step / insert / release.
    with django_assert_num_queries(9):
        browser.post(page(attempt, "question", 1), chosen)
    with django_assert_num_queries(5):
        browser.get(page(attempt, "check"))
    # Session / person / attempt / savepoint / lock / answers / graded steps / close / the
    # modules and the lessons that progress looks up / the placements whose rows readiness
    # keeps / release.
    with django_assert_num_queries(12):
        browser.post(page(attempt, "check"))
    # Attempt with version / its history / standing (2) / modules of the quiz / what to read
    # again / the pair that the quiz ends / completed modules that it reviews.
    with django_assert_num_queries(11):
        browser.get(page(attempt, "result"))


@pytest.mark.parametrize("length", [1, 8])
def test_a_start_asks_the_same_for_a_longer_quiz(
    length: int, browser: Any, django_assert_num_queries: Any
) -> None:
    quiz = PublishedQuizFactory.create(questions=QuestionFactory.create_batch(length))

    # Session / person / quiz / live version / modules that hold it back / savepoint / lock the
    # person / earlier attempts / what was granted / insert / release / the first page's answer.
    with django_assert_num_queries(12):
        browser.post(start_url(quiz))
