import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from people.models import User
from quizzes.attempts import check_answer, save_answer, start, submit
from quizzes.enums import RegradeKind
from quizzes.histories import history
from quizzes.models import Attempt, Quiz
from quizzes.overdue import finish_overdue
from quizzes.publishing import publish
from quizzes.regrading import commit, plan
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import (
    NOON,
    OptionFactory,
    PublishedQuizFactory,
    QuestionFactory,
    finish_attempt,
    live,
    option_ids,
    questions_of,
)
from tests.quizzes.pages import bank_url, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Quiz:
    question = QuestionFactory.create(stem="<p>Why?</p>", weights=("1", "0"))
    OptionFactory.create(question=question, text="A third way", weight=0, sort_order=2)
    return PublishedQuizFactory.create(questions=[question, QuestionFactory.create()])


@pytest.fixture
def attempt(quiz: Quiz) -> Attempt:
    """Answered, taken back, answered wrongly, handed in, and regraded a day later."""
    person = ParticipantFactory.create(first_name="Ada", last_name="Ek")
    found = start(quiz=quiz, participant=person, at=NOON)
    question = questions_of(quiz)[0]
    for minute, places in enumerate(([0], [], [2]), start=1):
        save_answer(
            attempt=found,
            item_id=question.uuid,
            response=option_ids(question, *places),
            actor=person,
            at=NOON + dt.timedelta(minutes=minute),
        )
    submit(attempt=found, actor=person, at=NOON + dt.timedelta(minutes=9))
    author = TrainerFactory.create(first_name="Ngaire", last_name="Toi")
    regrade = plan(
        from_version=live(quiz),
        kind=RegradeKind.ACCEPT_ANY,
        item_id=question.uuid,
        reason="No option was right.",
        by=author,
        at=NOON,
    )
    commit(regrade, by=author, at=NOON + dt.timedelta(days=1), link_to="{uuid}")
    return Attempt.objects.get(pk=found.pk)


def test_the_history_has_every_step_with_who_and_when(attempt: Attempt) -> None:
    lines = history(attempt)

    assert [line.what for line in lines] == [
        "Attempt begun",
        "Answer saved",
        "Answer taken back",
        "Answer saved",
        "Attempt handed in",
        "Marked",
        "Marked",
        "Marked again",
        "Ruling “Any answer is right”: 0 to 1 marks",
    ]
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert (lines[3].number, lines[3].question, lines[3].response) == (1, "Why?", "A third way")
    assert {line.actor for line in lines[:7]} == {"Ada Ek"}
    assert {line.actor for line in lines[7:]} == {"Ngaire Toi"}
    assert [line.fraction for line in lines if line.number == 1 and line.fraction is not None] == [
        0,
        1,
    ]
    assert (lines[-1].number, lines[-1].question) == (1, "Why?")
    assert lines[-1].reason == "No option was right."


def test_a_checked_answer_says_so(participant: User) -> None:
    quiz = PublishedQuizFactory.create(feedback_shown="during", purpose="practice")
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    question = questions_of(quiz)[0]
    save_answer(
        attempt=attempt,
        item_id=question.uuid,
        response=option_ids(question, 0),
        actor=participant,
        at=NOON,
    )
    check_answer(attempt=attempt, item_id=question.uuid, actor=participant, at=NOON)

    assert [line.what for line in history(attempt)][1:] == ["Answer saved", "Answer checked"]


HALF_AN_HOUR = NOON + dt.timedelta(minutes=30)
TOO_LATE = NOON + dt.timedelta(hours=2)
OVER = "Time was over: it could still be handed in"
BY_THE_CLOCK = "Time was over: handed in with the answers saved so far"
GIVEN_UP = "Time was over: not handed in"


@pytest.mark.parametrize(
    ("policy", "look_at", "told"),
    [
        ("submit", [TOO_LATE], [(HALF_AN_HOUR, BY_THE_CLOCK)]),
        ("abandon", [TOO_LATE], [(HALF_AN_HOUR, GIVEN_UP)]),
        ("grace", [HALF_AN_HOUR + dt.timedelta(minutes=5)], [(HALF_AN_HOUR, OVER)]),
        (
            "grace",
            [HALF_AN_HOUR + dt.timedelta(minutes=5), TOO_LATE],
            [(HALF_AN_HOUR, OVER), (HALF_AN_HOUR + dt.timedelta(minutes=20), GIVEN_UP)],
        ),
    ],
)
def test_what_the_clock_did_is_told_as_the_clocks(
    participant: User, policy: str, look_at: list[dt.datetime], told: list[Any]
) -> None:
    minutes = 20 if policy == "grace" else 0
    quiz = PublishedQuizFactory.create(
        time_limit=30, grace_seconds=30, at_deadline=policy, overdue_minutes=minutes
    )
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    for at in look_at:
        finish_overdue(at=at)
    attempt.refresh_from_db()

    lines = history(attempt)

    ends = [(line.at, line.what) for line in lines[1:] if not line.number]
    assert ends == told
    assert {line.actor for line in lines[1:]} == {"The clock"}


def test_a_late_handing_in_is_the_participants(participant: User) -> None:
    quiz = PublishedQuizFactory.create(time_limit=30, at_deadline="grace", overdue_minutes=20)
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    late = HALF_AN_HOUR + dt.timedelta(minutes=5)
    finish_overdue(at=late)

    done = submit(attempt=attempt, actor=participant, at=late)

    assert [(line.at, line.actor, line.what) for line in history(done)][1:3] == [
        (HALF_AN_HOUR, "The clock", OVER),
        (late, str(participant), "Attempt handed in"),
    ]


def test_a_slow_last_request_is_still_the_participants(participant: User) -> None:
    quiz = PublishedQuizFactory.create(time_limit=30, grace_seconds=30)
    attempt = start(quiz=quiz, participant=participant, at=NOON)

    done = submit(attempt=attempt, actor=participant, at=HALF_AN_HOUR + dt.timedelta(seconds=9))

    handed_in = history(done)[1]
    assert (handed_in.at, handed_in.actor) == (HALF_AN_HOUR, str(participant))
    assert handed_in.what == "Attempt handed in"


def test_a_new_key_and_what_it_could_not_judge_are_told(participant: User, trainer: User) -> None:
    quiz = PublishedQuizFactory.create()
    question = questions_of(quiz)[0]
    changed = finish_attempt(quiz, participant, {0: 1})
    third = OptionFactory.create(question=question, text="Neither", weight=0, sort_order=9)
    publish(quiz, by=trainer, at=NOON)
    left = finish_attempt(quiz, ParticipantFactory.create(), {0: 3})
    for attempt in (changed, left):
        Attempt.objects.filter(pk=attempt.pk).update(version=live(quiz))
    old = live(quiz)
    third.delete()
    question.options.filter(sort_order=0).update(weight=0)
    question.options.filter(sort_order=1).update(weight=1)
    publish(quiz, by=trainer, at=NOON)
    regrade = plan(
        from_version=old, kind=RegradeKind.NEW_KEY, reason="The key was wrong.", by=trainer, at=NOON
    )
    assert not [line for line in history(left) if "regrade" in line.what]

    commit(regrade, by=trainer, at=TOO_LATE, link_to="{uuid}")

    changed.refresh_from_db()
    left.refresh_from_db()
    said = [history(one)[-1] for one in (changed, left)]
    assert [line.what for line in said] == [
        "Regraded, 0 to 1 marks",
        "Left as it was by a regrade",
    ]
    assert {(line.at, line.actor) for line in said} == {(TOO_LATE, str(trainer))}
    assert said[1].reason.endswith("The key was wrong.")
    assert len(said[1].reason) > len("The key was wrong.")


def test_an_open_attempt_has_no_end(quiz: Quiz) -> None:
    attempt = start(quiz=quiz, participant=ParticipantFactory.create(), at=NOON)

    assert [line.what for line in history(attempt)] == ["Attempt begun"]


def test_the_same_queries_for_any_length(attempt: Attempt, django_assert_num_queries: Any) -> None:
    attempt = Attempt.objects.select_related("participant", "version").get()

    # Steps / marks / lines of regrades.
    with django_assert_num_queries(3):
        history(attempt)


def test_the_list_leads_to_the_history(desk: Any, quiz: Quiz, attempt: Attempt) -> None:
    page = bank_url("quizzes:attempt", quiz.pk, attempt.uuid)

    listed = text(desk.get(bank_url("quizzes:attempts", quiz.pk)))
    shown = text(desk.get(page))

    assert page in listed
    assert "Ada Ek" in shown
    assert "A third way" in shown
    assert "Right answer" in shown
    assert "No option was right." in shown


def test_no_right_answers_for_those_who_may_not_edit_questions(
    signed_in: Callable[[User], Client], quiz: Quiz, attempt: Attempt
) -> None:
    reader = TrainerFactory.create()
    reader.groups.clear()
    reader.user_permissions.set(
        Permission.objects.filter(codename__in=["view_quiz", "access_admin"])
    )

    shown = text(signed_in(reader).get(bank_url("quizzes:attempt", quiz.pk, attempt.uuid)))

    assert "Step by step" in shown
    assert "Right answer" not in shown


def test_an_attempt_of_another_quiz_is_not_found(desk: Any, attempt: Attempt) -> None:
    other = PublishedQuizFactory.create()

    assert desk.get(bank_url("quizzes:attempt", other.pk, attempt.uuid)).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [("number=1", True), ("number=2", False), ("version=2", True), ("version=1", False)],
)
def test_attempts_are_filtered_by_number_and_version(
    desk: Any, quiz: Quiz, attempt: Attempt, query: str, found: bool
) -> None:
    shown = text(desk.get(bank_url("quizzes:attempts_results", quiz.pk) + f"?{query}"))

    assert ("Ada Ek" in shown) == found
