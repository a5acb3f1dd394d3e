"""Time is the server's: deadlines, windows, what the clock does, and what is granted."""

import datetime as dt
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from people.models import User
from quizzes.accommodating import AlreadyWithdrawn, grant, withdraw
from quizzes.attempts import (
    AttemptClosed,
    NoAttemptsLeft,
    NotOpen,
    OutOfOrder,
    TimeIsUp,
    save_answer,
    start,
    submit,
    turn_to,
)
from quizzes.conditions import Allowance, Conditions, Journey
from quizzes.enums import AttemptState
from quizzes.models import Accommodation, Attempt, Quiz
from quizzes.overdue import finish_overdue
from quizzes.results import standing
from quizzes.signals import attempt_finished
from quizzes.terms import Bound, Terms
from tests.factories.exchanges import PlacementFactory
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    NOON,
    AccommodationFactory,
    PublishedQuizFactory,
    option_ids,
    questions_of,
)

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = NOON + dt.timedelta(minutes=30)
DAY = dt.timedelta(days=1)


def timed(**fields: Any) -> Quiz:
    return PublishedQuizFactory.create(**{"time_limit": 30, "grace_seconds": 30, **fields})


def answer(attempt: Attempt, at: dt.datetime, number: int = 0, place: int = 0) -> None:
    question = questions_of(attempt.quiz)[number]
    save_answer(
        attempt=attempt,
        item_id=question.uuid,
        response=option_ids(question, place),
        actor=attempt.participant,
        at=at,
    )


def begin(quiz: Quiz, participant: User, at: dt.datetime = NOON) -> Attempt:
    return start(quiz=quiz, participant=participant, at=at)


def test_the_deadline_is_fixed_at_the_start_and_no_second_tab_moves_it(participant: User) -> None:
    quiz = timed()
    first = begin(quiz, participant)

    again = begin(quiz, participant, NOON + dt.timedelta(minutes=20))

    assert again == first
    assert again.deadline == HALF_AN_HOUR


@pytest.mark.parametrize(
    ("seconds", "is_saved"), [(0, True), (29, True), (30, False), (900, False)]
)
def test_a_slow_last_request_counts_and_a_late_one_does_not(
    participant: User, seconds: int, is_saved: bool
) -> None:
    attempt = begin(timed(), participant)
    at = HALF_AN_HOUR + dt.timedelta(seconds=seconds)

    if is_saved:
        answer(attempt, at)
    else:
        with pytest.raises(TimeIsUp):
            answer(attempt, at)

    assert attempt.steps.exists() is is_saved


def test_the_job_hands_in_what_was_saved_exactly_once(participant: User) -> None:
    attempt = begin(timed(), participant)
    answer(attempt, NOON)
    heard = []
    listen = lambda attempt, **_: heard.append(attempt.pk)  # noqa: E731  one line says it.
    attempt_finished.connect(listen)

    early = finish_overdue(at=HALF_AN_HOUR + dt.timedelta(seconds=29))
    done = [finish_overdue(at=HALF_AN_HOUR + dt.timedelta(seconds=s)) for s in (30, 40)]

    attempt_finished.disconnect(listen)
    attempt.refresh_from_db()
    assert (early, done, heard) == (0, [1, 0], [attempt.pk])
    assert (attempt.state, attempt.submitted_at) == (AttemptState.FINISHED, HALF_AN_HOUR)
    assert attempt.percent == 50
    with pytest.raises(AttemptClosed):
        answer(attempt, HALF_AN_HOUR)


def test_the_next_start_closes_what_is_over_and_begins_anew(participant: User) -> None:
    quiz = timed()
    first = begin(quiz, participant)

    second = begin(quiz, participant, NOON + DAY)

    first.refresh_from_db()
    assert (first.state, second.number) == (AttemptState.FINISHED, 2)


def test_a_submission_after_the_deadline_is_dated_to_the_deadline(participant: User) -> None:
    attempt = begin(timed(), participant)

    done = submit(attempt=attempt, actor=participant, at=NOON + DAY)

    assert (done.state, done.submitted_at) == (AttemptState.FINISHED, HALF_AN_HOUR)


def test_late_handing_in_takes_no_answers_and_ends_too(participant: User) -> None:
    quiz = timed(at_deadline="grace", overdue_minutes=10)
    attempt, other = begin(quiz, participant), begin(quiz, ParticipantFactory.create())
    late = HALF_AN_HOUR + dt.timedelta(minutes=5)
    assert finish_overdue(at=late) == 2
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.OVERDUE
    with pytest.raises(TimeIsUp):
        answer(attempt, late)

    done = submit(attempt=attempt, actor=participant, at=late)
    finish_overdue(at=HALF_AN_HOUR + dt.timedelta(minutes=10))

    other.refresh_from_db()
    assert (done.state, done.submitted_at) == (AttemptState.FINISHED, late)
    assert (other.state, other.score) == (AttemptState.ABANDONED, None)


def test_an_attempt_can_be_given_up_by_the_clock(participant: User) -> None:
    quiz = timed(at_deadline="abandon", max_attempts=1)
    begin(quiz, participant)

    call_command("finish_overdue_attempts")

    found = standing(participant.pk, quiz.pk, as_of=NOON + DAY)
    assert Attempt.objects.get().state == AttemptState.ABANDONED
    assert (found.finished, found.attempts_left) == (False, 0)


# Windows.


def test_a_window_is_kept_by_the_server(participant: User) -> None:
    quiz = PublishedQuizFactory.create(opens_at=NOON, closes_at=NOON + DAY)

    for at in (NOON - DAY, NOON + DAY):
        with pytest.raises(NotOpen):
            begin(quiz, participant, at)
    assert begin(quiz, participant).deadline == NOON + DAY


def test_a_window_follows_the_exchange_that_is_prepared(participant: User) -> None:
    quiz = PublishedQuizFactory.create(closes_event="starts", closes_days=-7)
    leaves = NOON.date() + dt.timedelta(days=30)
    placement = PlacementFactory.create(
        participant=participant,
        own_start_date=leaves,
        own_end_date=leaves + dt.timedelta(days=90),
    )

    attempt = begin(quiz, participant)

    assert attempt.deadline is not None
    local = attempt.deadline.astimezone(placement.office.time_zone)
    assert (local.date(), local.hour) == (leaves - dt.timedelta(days=7), 23)
    assert begin(quiz, ParticipantFactory.create()).deadline is None


@pytest.mark.parametrize(
    "begun",
    [
        dt.datetime(2026, 3, 29, 0, 45, tzinfo=dt.UTC),  # clocks go forward in Helsinki
        dt.datetime(2026, 10, 25, 0, 45, tzinfo=dt.UTC),  # and back
        dt.datetime(2028, 2, 28, 23, 45, tzinfo=dt.UTC),
        dt.datetime(2028, 2, 29, 23, 45, tzinfo=dt.UTC),
    ],
)
def test_no_night_of_the_calendar_makes_the_time_shorter_or_longer(begun: dt.datetime) -> None:
    zone = ZoneInfo("Europe/Helsinki")
    today = begun.astimezone(zone).date()
    terms = Terms(time_limit=30, closes=Bound(event="ends"))
    conditions = Conditions(terms, journey=Journey(today, today, today, zone))

    assert conditions.deadline(begun) == begun + dt.timedelta(minutes=30)
    assert conditions.closes is not None
    assert conditions.closes.astimezone(dt.UTC).astimezone(zone).date() == today
    assert dt.timedelta() < conditions.closes - begun <= dt.timedelta(hours=25)


def test_extra_time_moves_the_close_too() -> None:
    closes = Bound(event="ends", days=1)
    day = dt.date(2026, 11, 23)
    for factor, minutes in (("1", 0), ("1.5", 15), ("2", 30)):
        allowance = Allowance(time_factor=Decimal(factor))
        found = Conditions(
            Terms(time_limit=30, closes=closes), allowance=allowance, journey=Journey(day, day, day)
        )
        midnight = dt.datetime(2026, 11, 24, 23, 59, 59, 999999, tzinfo=dt.UTC)
        assert found.plain_close == midnight
        assert found.closes == midnight + dt.timedelta(minutes=minutes)
        last = midnight - dt.timedelta(minutes=30)
        assert found.deadline(last) == found.closes


# Accommodations.


def test_more_time_and_attempts_are_granted_to_one_person(participant: User) -> None:
    quiz = timed(max_attempts=1)
    AccommodationFactory.create(participant=participant, quiz=quiz, extra_attempts=1)
    AccommodationFactory.create(quiz=quiz, time_factor=3)

    first = begin(quiz, participant)
    submit(attempt=first, actor=participant, at=NOON)
    found = standing(participant.pk, quiz.pk, as_of=NOON)
    second = begin(quiz, participant)
    submit(attempt=second, actor=participant, at=NOON)

    assert first.deadline == NOON + dt.timedelta(minutes=45)
    assert (found.attempts_allowed, found.attempts_left) == (2, 1)
    with pytest.raises(NoAttemptsLeft):
        begin(quiz, participant)


def test_a_grant_prolongs_an_attempt_under_way_and_withdrawing_does_not_cut_it(
    participant: User, trainer: User
) -> None:
    quiz = timed()
    attempt = begin(quiz, participant)
    given = Accommodation(
        participant=participant, quiz=quiz, time_factor=Decimal("1.5"), reason="Agreed"
    )

    grant(given, by=trainer, at=NOON)
    attempt.refresh_from_db()
    withdraw(given, by=trainer, at=NOON + dt.timedelta(minutes=1))

    longer = NOON + dt.timedelta(minutes=45)
    assert attempt.deadline == longer
    assert Attempt.objects.get().deadline == longer
    assert Accommodation.objects.get().withdrawn_by == trainer
    assert begin(quiz, ParticipantFactory.create()).deadline == HALF_AN_HOUR
    with pytest.raises(AlreadyWithdrawn):
        withdraw(given, by=trainer, at=NOON + DAY)


def test_what_has_expired_or_is_for_another_quiz_does_not_hold(participant: User) -> None:
    AccommodationFactory.create(
        participant=participant, expires_on=NOON.date() - dt.timedelta(days=1)
    )
    AccommodationFactory.create(participant=participant, quiz=timed())

    assert begin(timed(), participant).deadline == HALF_AN_HOUR


# Pages one after the other.


def test_no_page_is_skipped_or_opened_again(participant: User) -> None:
    attempt = begin(PublishedQuizFactory.create(is_sequential=True), participant)
    with pytest.raises(OutOfOrder):
        answer(attempt, NOON, number=1)
    turn_to(attempt=attempt, page=2, at=NOON)
    attempt.refresh_from_db()
    assert attempt.page == 0

    answer(attempt, NOON)
    turn_to(attempt=attempt, page=1, at=NOON)

    answer(attempt, NOON, number=1)
    with pytest.raises(OutOfOrder):
        answer(attempt, NOON, number=0, place=1)
