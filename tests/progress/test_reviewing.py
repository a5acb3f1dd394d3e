"""Short reviews through the doors: when they are offered, how they are left out, what they say."""

import datetime as dt
import html
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from modules.models import ModulePage
from people.models import User
from progress.models import ModuleRecord, ReviewSkip
from progress.reviewing import own_reviews, review_of, skip
from quizzes import publishing
from quizzes.enums import Purpose
from quizzes.models import Attempt, Quiz, QuizDraw, QuizSection
from tests.factories.modules import LessonPageFactory, TrainingSessionPageFactory
from tests.factories.people import ParticipantFactory
from tests.factories.progress import ModuleRecordFactory
from tests.factories.quizzes import (
    CategoryFactory,
    PublishedQuizFactory,
    QuestionFactory,
    RatingFactory,
    finish_attempt,
)
from tests.modules.test_changing import edit

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
AT = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def quiz() -> Quiz:
    quiz: Quiz = PublishedQuizFactory.create(title="Again", purpose=Purpose.PRACTICE, minutes=3)
    return quiz


@pytest.fixture
def module(quiz: Quiz) -> ModulePage:
    page: ModulePage = TrainingSessionPageFactory.create(title="Visas", review_quiz=quiz)
    LessonPageFactory.create(parent=page)
    return page


def completed(participant: User, module: ModulePage, *, at: dt.datetime) -> ModuleRecord:
    record: ModuleRecord = ModuleRecordFactory.create(
        participant=participant, module=module, started_at=at, completed_at=at
    )
    return record


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def test_home_offers_the_set_that_is_due_and_a_form_starts_it(
    participant: User, module: ModulePage, quiz: Quiz, signed_in: SignIn
) -> None:
    completed(participant, module, at=timezone.now() - 4 * DAY)
    client = signed_in(participant)

    assert "Short review: 2 questions, 3 minutes" in text(client, "/my/")
    client.post(reverse("quizzes:start", args=[quiz.uuid]))
    assert Attempt.objects.get().quiz == quiz
    assert "Go on with the short review of “Visas”" in text(client, "/my/")


@pytest.mark.parametrize("days", [1, 70])
def test_home_is_silent_before_the_first_day_and_after_the_last(
    participant: User, module: ModulePage, signed_in: SignIn, days: int
) -> None:
    completed(participant, module, at=timezone.now() - days * DAY)

    assert "Short review" not in text(signed_in(participant), "/my/")


def test_home_is_silent_for_who_has_not_completed_the_module(
    participant: User, module: ModulePage, signed_in: SignIn
) -> None:
    completed(ParticipantFactory.create(), module, at=timezone.now() - 4 * DAY)
    ModuleRecordFactory.create(participant=participant, module=module)

    assert "Short review" not in text(signed_in(participant), "/my/")


def test_a_module_that_is_not_published_any_more_asks_nothing(
    participant: User, module: ModulePage
) -> None:
    completed(participant, module, at=AT)
    assert own_reviews(participant, at=AT + 4 * DAY)

    module.unpublish()

    assert own_reviews(participant, at=AT + 4 * DAY) == []


def test_a_quiz_that_was_never_published_is_not_offered(participant: User, quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(live_version=None)
    module = TrainingSessionPageFactory.create(review_quiz=quiz)
    completed(participant, module, at=AT)

    assert own_reviews(participant, at=AT + 4 * DAY) == []


def test_leaving_it_out_says_when_the_next_one_comes(
    participant: User, module: ModulePage, signed_in: SignIn
) -> None:
    completed(participant, module, at=timezone.now() - 4 * DAY)
    client = signed_in(participant)

    answer = client.post(reverse("skip_review", args=[module.translation_key]), follow=True)

    assert "The next short review of this module comes on" in answer.content.decode()
    assert "Short review:" not in answer.content.decode()
    left = ReviewSkip.objects.get()
    assert (left.participant, left.number) == (participant, 1)


def test_the_last_one_left_out_is_the_end(
    participant: User, module: ModulePage, signed_in: SignIn
) -> None:
    completed(participant, module, at=timezone.now() - 30 * DAY)

    answer = signed_in(participant).post(
        reverse("skip_review", args=[module.translation_key]), follow=True
    )

    assert "It was the last short review" in answer.content.decode()
    assert ReviewSkip.objects.get().number == 3


def test_nothing_is_left_out_that_is_not_due_or_another_s(
    participant: User, module: ModulePage, signed_in: SignIn
) -> None:
    completed(ParticipantFactory.create(), module, at=timezone.now() - 4 * DAY)
    client = signed_in(participant)

    for key in (module.translation_key, uuid.uuid4()):
        assert client.post(reverse("skip_review", args=[key])).status_code == 404
    completed(participant, module, at=timezone.now())
    answer = client.post(reverse("skip_review", args=[module.translation_key]))
    assert answer.status_code == 404
    assert client.get(reverse("skip_review", args=[module.translation_key])).status_code == 405
    assert not ReviewSkip.objects.exists()


def test_leaving_out_twice_leaves_out_once(participant: User, module: ModulePage) -> None:
    completed(participant, module, at=AT)

    assert skip(participant=participant, module_key=module.translation_key, at=AT + 4 * DAY)
    assert not skip(participant=participant, module_key=module.translation_key, at=AT + 5 * DAY)
    assert skip(participant=participant, module_key=module.translation_key, at=AT + 11 * DAY)
    assert sorted(ReviewSkip.objects.values_list("number", flat=True)) == [1, 2]


@pytest.mark.parametrize("number", [0, 4])
def test_there_are_three(participant: User, number: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewSkip.objects.create(
            participant=participant, module_key=uuid.uuid4(), number=number, skipped_at=AT
        )


def test_the_three_sittings_are_attempts_that_count_once_each(
    participant: User, module: ModulePage, quiz: Quiz
) -> None:
    completed(participant, module, at=AT)
    for day, places in ((4, {0: 0, 1: 0}), (5, {}), (12, {0: 0}), (30, {})):
        finish_attempt(quiz, participant, places, at=AT + day * DAY)

    found = review_of(participant, module.translation_key, at=AT + 31 * DAY)

    assert found is not None
    results = [one.taken.percent for one in found.sets if one.taken]
    assert results == [100, 50, 0]
    assert found.mean == 50


def test_what_came_later_was_not_known_then(
    participant: User, module: ModulePage, quiz: Quiz
) -> None:
    completed(participant, module, at=AT)
    finish_attempt(quiz, participant, {}, at=AT + 5 * DAY)
    skip(participant=participant, module_key=module.translation_key, at=AT + 11 * DAY)

    [then] = own_reviews(participant, at=AT + 4 * DAY)

    assert [one.state for one in then.sets] == ["due", "coming", "coming"]
    assert own_reviews(participant, at=AT - DAY) == []


def test_the_result_and_the_module_say_how_it_went(
    participant: User, module: ModulePage, quiz: Quiz, signed_in: SignIn
) -> None:
    now = timezone.now()
    completed(participant, module, at=now - 4 * DAY)
    attempt = finish_attempt(quiz, participant, {0: 0}, at=now)
    client = signed_in(participant)

    result = text(client, reverse("quizzes:result", args=[attempt.uuid]))
    page = text(client, module.url)

    for shown in (result, page):
        assert "done, 50 %" in shown
        assert shown.count("still to come") == 2
        assert "On average, each counting the same: 50 %." in shown
    assert "Back to “Visas”" in result
    assert "This was practice" in result


def test_a_module_without_reviews_says_nothing_of_them(
    participant: User, signed_in: SignIn
) -> None:
    lesson = LessonPageFactory.create()
    completed(participant, lesson.get_parent(), at=timezone.now() - 4 * DAY)

    assert "Short review" not in text(signed_in(participant), lesson.get_parent().url)


def test_the_coordinator_has_no_door_to_it(
    coordinator: User, module: ModulePage, quiz: Quiz, signed_in: SignIn
) -> None:
    client = signed_in(coordinator)

    assert client.get(f"/admin/bank/quizzes/attempts/{quiz.pk}/").status_code in {302, 403}
    assert "Short review" not in text(client, module.url)


def test_a_review_is_no_step_and_takes_nothing_away(
    participant: User, module: ModulePage, quiz: Quiz, signed_in: SignIn
) -> None:
    record = completed(participant, module, at=AT)
    finish_attempt(quiz, participant, {}, at=AT + 4 * DAY)

    record.refresh_from_db()

    assert record.completed_at == AT
    assert "Again" not in text(signed_in(participant), module.url).split("Short reviews")[0]


def test_a_draw_spreads_the_questions_over_the_three(participant: User, trainer: User) -> None:
    category = CategoryFactory.create()
    QuestionFactory.create_batch(15, category=category)
    quiz = Quiz.objects.create(title="Drawn", purpose=Purpose.PRACTICE)
    section = QuizSection.objects.create(quiz=quiz, sort_order=0)
    QuizDraw.objects.create(section=section, category=category, count=5)
    publishing.publish(quiz, by=trainer, at=AT)

    asked: set[str] = set()
    for day in (3, 10, 24):
        attempt = finish_attempt(quiz, participant, {}, at=AT + day * DAY)
        asked |= {line["item"] for line in attempt.layout}

    assert len(asked) == 15


def test_the_author_chooses_a_quiz_with_right_answers(
    trainer: User, quiz: Quiz, signed_in: SignIn
) -> None:
    module: Any = TrainingSessionPageFactory.create()
    rated = PublishedQuizFactory.create(
        purpose=Purpose.SELF_ASSESSMENT, questions=[RatingFactory.create()]
    )

    refused = edit(signed_in(trainer), module, review_quiz=rated.pk).content.decode()
    edit(signed_in(trainer), module, review_quiz=quiz.pk)
    module.refresh_from_db()

    assert "A short review has right answers. Choose a practice quiz" in refused
    assert module.get_latest_revision_as_object().review_quiz == quiz


def test_the_number_of_queries_is_that_of_the_kinds_of_thing(
    participant: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):  # records.
        assert own_reviews(participant, at=AT) == []
    for _number in range(3):
        quiz = PublishedQuizFactory.create(purpose=Purpose.PRACTICE)
        module = TrainingSessionPageFactory.create(review_quiz=quiz)
        completed(participant, module, at=AT)
    with django_assert_num_queries(4):  # records, modules with quizzes, attempts, left out.
        assert len(own_reviews(participant, at=AT + 4 * DAY)) == 3
