"""When a lesson is done: the server decides it, by the rule that its author chose."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from modules.checking.running import check_one
from modules.enums import Problem
from modules.models import LessonPage
from modules.outline import outlines
from people.models import User
from progress.models import JournalEntry, LessonRecord, ModuleRecord
from progress.next_steps import ways_through
from progress.recording import AsksForMore, complete_lesson, tick
from progress.steps import StepState
from tests.factories.modules import LessonPageFactory
from tests.factories.progress import JournalEntryFactory, LessonRecordFactory
from tests.factories.quizzes import PublishedQuizFactory, finish_attempt

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
CHECKLIST = {"title": "Before you pack", "tasks": [{"text": "Two numbers"}, {"text": "A friend"}]}


@pytest.fixture
def ticked() -> LessonPage:
    lesson: LessonPage = LessonPageFactory.create(
        rule="ticked", body=[{"type": "checklist", "value": CHECKLIST}]
    )
    return lesson


def checked(rule: str, *quizzes: Any) -> LessonPage:
    body = [
        {"type": "knowledge_check", "value": {"quiz": quiz.pk, "reason": "See."}}
        for quiz in quizzes
    ]
    lesson: LessonPage = LessonPageFactory.create(rule=rule, body=body)
    return lesson


def state_of(lesson: LessonPage, person: User) -> StepState:
    module = lesson.module
    (way,) = ways_through(person, [module], as_of=timezone.now()).values()
    return way.states[0]


def test_a_checklist_is_kept_and_its_last_point_makes_the_lesson_done(
    participant: User, signed_in: SignIn, ticked: LessonPage
) -> None:
    client = signed_in(participant)
    first, second = ticked.tick_ids

    page = client.get(ticked.url).content.decode()
    assert "0 of 2 are ticked" in page
    assert "Mark as read" not in page

    client.post(ticked.url, {"deed": "tick", "tick": [first, "strange"]})
    page = client.get(ticked.url).content.decode()
    assert f'data-tick="{first}" checked' in page
    assert f'data-tick="{second}" checked' not in page
    assert "1 of 2 are ticked" in page
    assert LessonRecord.objects.get().ticks == [first]

    done = client.post(ticked.url, {"deed": "tick", "tick": [first, second]}, follow=True)
    assert "You have completed" in done.content.decode()
    assert "You did this on" in done.content.decode()
    assert ModuleRecord.objects.get().completed_at


def test_taking_a_tick_off_again_takes_no_completion_away(
    participant: User, ticked: LessonPage
) -> None:
    at = timezone.now()
    tick(participant=participant, lesson=ticked, points=ticked.tick_ids, at=at)

    tick(participant=participant, lesson=ticked, points=[], at=at + dt.timedelta(hours=1))

    assert state_of(ticked, participant).at == at
    assert LessonRecord.objects.get().ticks == []


def test_nobody_gets_past_a_checklist_by_pressing_the_button(
    participant: User, signed_in: SignIn, ticked: LessonPage
) -> None:
    answer = signed_in(participant).post(ticked.url, {"deed": "done"}, follow=True)

    assert "Not done yet" in answer.content.decode()
    assert LessonRecord.objects.get().completed_at is None
    with pytest.raises(AsksForMore):
        complete_lesson(participant=participant, lesson=ticked, at=timezone.now())


def test_ticks_of_a_lesson_that_is_done_by_reading_are_kept_too(
    participant: User, signed_in: SignIn, ticked: LessonPage
) -> None:
    LessonPage.objects.update(rule="read")
    client = signed_in(participant)

    kept = client.post(
        ticked.url,
        {"deed": "tick", "tick": ticked.tick_ids},
        headers={"X-Requested-With": "fetch"},
    )

    assert kept.status_code == 204
    assert LessonRecord.objects.get().ticks == ticked.tick_ids
    assert LessonRecord.objects.get().completed_at is None
    assert "Mark as read and go on" in client.get(ticked.url).content.decode()


def test_who_does_not_travel_has_no_boxes(
    trainer: User, signed_in: SignIn, ticked: LessonPage
) -> None:
    client = signed_in(trainer)

    assert "data-tick" not in client.get(ticked.url).content.decode()
    client.post(ticked.url, {"deed": "tick", "tick": ticked.tick_ids})

    assert not LessonRecord.objects.exists()


def test_knowledge_checks_are_answered_whatever_the_result(participant: User) -> None:
    quizzes = PublishedQuizFactory.create_batch(2)
    lesson = checked("answered", *quizzes)

    finish_attempt(quizzes[0], participant, {})
    state = state_of(lesson, participant)
    assert (state.is_done, state.met, state.needed) == (False, 1, 2)

    finish_attempt(quizzes[1], participant, {})
    assert state_of(lesson, participant).is_done
    assert ModuleRecord.objects.get().completed_at


def test_knowledge_checks_are_passed(participant: User, signed_in: SignIn) -> None:
    quiz = PublishedQuizFactory.create()
    lesson = checked("passed", quiz)
    client = signed_in(participant)
    finish_attempt(quiz, participant, {})
    assert "passed its knowledge check: 0 of 1" in client.get(lesson.url).content.decode()

    finish_attempt(quiz, participant, {0: 0, 1: 0}, at=timezone.now())

    assert state_of(lesson, participant).is_done
    assert "You did this on" in client.get(lesson.url).content.decode()


def test_a_rule_that_finds_nothing_to_ask_for_asks_for_reading(participant: User) -> None:
    quiz = PublishedQuizFactory.create()
    lesson = checked("passed", quiz)
    lesson.check_ids = [quiz.pk + 1000]
    LessonPage.objects.filter(pk=lesson.pk).update(check_ids=lesson.check_ids)

    assert state_of(lesson, participant).is_read_only
    complete_lesson(participant=participant, lesson=lesson, at=timezone.now())

    assert state_of(lesson, participant).is_done
    plain = LessonPageFactory.create(rule="ticked")
    assert outlines([plain.module])[plain.module.translation_key].steps[0].rule == "read"


def test_a_new_rule_undoes_nobody_s_reading(participant: User, ticked: LessonPage) -> None:
    at = timezone.now()
    LessonRecordFactory.create(
        participant=participant, lesson=ticked, opened_at=at, completed_at=at
    )

    assert state_of(ticked, participant).is_done


def test_queries_of_a_lesson_with_checks_and_ticks(
    participant: User, signed_in: SignIn, django_assert_num_queries: Callable[[int], Any]
) -> None:
    quiz = PublishedQuizFactory.create()
    body = [
        {"type": "knowledge_check", "value": {"quiz": quiz.pk, "reason": "See."}},
        {"type": "checklist", "value": CHECKLIST},
    ]
    lesson = LessonPageFactory.create(rule="passed", body=body, parent__is_sequential=True)
    client = signed_in(participant)
    client.get(lesson.url)
    client.get(lesson.url)

    # Session, person; the module, the lessons; what was read and ticked, the quiz's rules,
    # the attempts; what the person may do.
    with django_assert_num_queries(8):
        client.get(lesson.url)


def asking(*prompts: str, rule: str = "reflected") -> LessonPage:
    body = [{"type": "reflection", "value": {"prompt": one, "minutes": 3}} for one in prompts]
    made = LessonPageFactory.create(rule=rule, body=body)
    return LessonPage.objects.get(pk=made.pk)


def answer(client: Client, lesson: LessonPage, place: int, text: str = "I waited.") -> str:
    address = f"/my/journal/answers/{lesson.translation_key}/{lesson.body[place].id}/"
    return client.post(address, {"text": text}, follow=True).content.decode()


def test_the_last_question_that_is_answered_makes_the_lesson_done(
    participant: User, signed_in: SignIn
) -> None:
    lesson = asking("What did you see?", "What else?")
    client = signed_in(participant)
    assert (
        "answered its questions in your journal: 0 of 2" in client.get(lesson.url).content.decode()
    )

    page = answer(client, lesson, 0)
    assert "answered its questions in your journal: 1 of 2" in page
    answer(client, lesson, 0, "Once more, and it is still one question.")
    half = state_of(lesson, participant)
    assert (half.status, half.met, half.needed) == ("started", 1, 2)
    assert not LessonRecord.objects.get().completed_at
    done = answer(client, lesson, 1)

    assert "Every question of this lesson is answered: it is done." in done
    assert state_of(lesson, participant).is_done
    assert LessonRecord.objects.get().completed_at
    assert ModuleRecord.objects.get().completed_at
    why = client.get(lesson.module.url).content.decode()
    assert "You answered every question in your journal by" in why
    assert "I waited." not in why


def test_nobody_gets_past_a_question_by_pressing_the_button(
    participant: User, signed_in: SignIn
) -> None:
    lesson = asking("What did you see?")
    client = signed_in(participant)

    client.post(lesson.url, {"deed": "done"})
    with pytest.raises(AsksForMore):
        complete_lesson(participant=participant, lesson=lesson, at=timezone.now())

    assert not state_of(lesson, participant).is_done
    client.post(
        f"/my/journal/answers/{lesson.translation_key}/{lesson.body[0].id}/", {"text": "   "}
    )
    assert not state_of(lesson, participant).is_done


def test_erasing_an_answer_takes_no_completion_away(participant: User, signed_in: SignIn) -> None:
    lesson = asking("What did you see?")
    client = signed_in(participant)
    answer(client, lesson, 0)

    JournalEntry.objects.all().delete()

    assert state_of(lesson, participant).is_done


def test_answers_of_others_and_of_other_lessons_count_for_nobody_else(participant: User) -> None:
    lesson, other = asking("What did you see?"), asking("What did you hear?")
    block = lesson.body[0].id
    JournalEntryFactory.create(lesson=lesson, block_id=block)
    JournalEntryFactory.create(participant=participant, lesson=other, block_id=other.body[0].id)
    JournalEntryFactory.create(participant=participant)

    assert state_of(lesson, participant).met == 0


def test_without_a_question_the_rule_asks_for_reading_and_the_author_hears_of_it(
    participant: User,
) -> None:
    lesson: LessonPage = LessonPageFactory.create(rule="reflected")

    assert state_of(lesson, participant).is_read_only
    assert [one.problem for one in check_one(lesson, at=timezone.now())] == [Problem.RULE]
    assert not check_one(asking("What did you see?"), at=timezone.now())


def test_where_reading_is_enough_an_answer_completes_nothing(
    participant: User, signed_in: SignIn
) -> None:
    lesson = asking("What did you see?", rule="read")

    answer(signed_in(participant), lesson, 0)

    assert not state_of(lesson, participant).is_done


def test_queries_of_a_lesson_with_questions_that_count(
    participant: User, signed_in: SignIn, django_assert_num_queries: Callable[[int], Any]
) -> None:
    lesson = asking("What did you see?", "What else?")
    LessonPageFactory.create(parent=lesson.module, rule="reflected", body=lesson.body)
    client = signed_in(participant)
    answer(client, lesson, 0)
    client.get(lesson.url)

    # Session, person; the module, the lessons; what was read and written; rights.
    with django_assert_num_queries(6):
        client.get(lesson.url)
