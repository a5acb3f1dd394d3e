import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from people.models import User
from quizzes import publishing
from quizzes.attempts import (
    AttemptClosed,
    BadAnswer,
    NewerAnswer,
    NoAttemptsLeft,
    NotPublished,
    save_answer,
    start,
    stored_answers,
    submit,
)
from quizzes.enums import AttemptState, StepKind
from quizzes.layouts import lay_out
from quizzes.models import AnswerStep, Attempt, Option, Quiz
from quizzes.papers import MULTIPLE, RATING
from quizzes.signals import attempt_finished
from tests.factories import papers
from tests.factories.people import ParticipantFactory
from tests.factories.quizzes import (
    NOON,
    MultipleChoiceFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    RatingFactory,
    SituationFactory,
    finish_attempt,
    option_ids,
    questions_of,
)

pytestmark = pytest.mark.django_db

LATER = NOON + dt.timedelta(minutes=5)


def answer(attempt: Attempt, number: int, *places: int, **kwargs: Any) -> Any:
    question = questions_of(attempt.quiz)[number]
    return save_answer(
        attempt=attempt,
        item_id=question.uuid,
        response=option_ids(question, *places),
        actor=attempt.participant,
        **{"at": NOON, **kwargs},
    )


def rng() -> Random:
    return Random(1)  # noqa: S311  the same shuffle in every run.


@pytest.fixture
def quiz() -> Quiz:
    return PublishedQuizFactory.create(
        questions=[QuestionFactory.create(), MultipleChoiceFactory.create()]
    )


@pytest.fixture
def attempt(quiz: Quiz, participant: User) -> Attempt:
    return start(quiz=quiz, participant=participant, at=NOON)


# Starting.


def test_starting_opens_the_first_attempt_on_the_live_version(
    quiz: Quiz, participant: User
) -> None:
    attempt = start(quiz=quiz, participant=participant, at=NOON)

    assert (attempt.number, attempt.state) == (1, AttemptState.IN_PROGRESS)
    assert (attempt.version, attempt.started_at) == (quiz.live_version, NOON)
    assert attempt.max_score == 2
    assert [line["item"] for line in attempt.layout] == [
        str(question.uuid) for question in questions_of(quiz)
    ]


def test_starting_again_returns_the_open_attempt(quiz: Quiz, participant: User) -> None:
    first = start(quiz=quiz, participant=participant, at=NOON)

    assert start(quiz=quiz, participant=participant, at=LATER) == first
    assert start(quiz=quiz, participant=ParticipantFactory.create(), at=LATER) != first


def test_a_draft_cannot_be_started(participant: User) -> None:
    with pytest.raises(NotPublished):
        start(quiz=QuizFactory.create(), participant=participant, at=NOON)


def test_the_number_of_attempts_is_kept_by_the_server(participant: User) -> None:
    quiz = PublishedQuizFactory.create(max_attempts=2)
    assert finish_attempt(quiz, participant, {}).number == 1
    assert finish_attempt(quiz, participant, {}).number == 2

    with pytest.raises(NoAttemptsLeft):
        start(quiz=quiz, participant=participant, at=NOON)

    assert Attempt.objects.count() == 2


def test_the_last_attempt_allowed_can_be_resumed(participant: User) -> None:
    quiz = PublishedQuizFactory.create(max_attempts=1)
    attempt = start(quiz=quiz, participant=participant, at=NOON)

    assert start(quiz=quiz, participant=participant, at=LATER) == attempt


def test_an_unpublished_change_of_the_limit_does_not_hold_yet(participant: User) -> None:
    quiz = PublishedQuizFactory.create(max_attempts=1)
    finish_attempt(quiz, participant, {})
    Quiz.objects.update(max_attempts=5)
    quiz.refresh_from_db()

    with pytest.raises(NoAttemptsLeft):
        start(quiz=quiz, participant=participant, at=NOON)


def test_the_database_itself_allows_one_open_attempt(attempt: Attempt) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            quiz=attempt.quiz,
            version=attempt.version,
            participant=attempt.participant,
            number=2,
            layout=[],
            started_at=NOON,
            max_score=2,
        )


def test_the_order_is_shuffled_as_the_author_chose_but_never_a_scale() -> None:
    names = [str(number) for number in range(8)]
    scale = dict.fromkeys("12345", "0")
    paper = papers.paper(
        *[papers.item(name, dict.fromkeys("abcdefgh", "1"), kind=MULTIPLE) for name in names],
        papers.item("scale", scale, kind=RATING),
    )
    both = replace(paper, shuffle_questions=True, shuffle_options=True)
    neither = replace(paper, shuffle_questions=False, shuffle_options=False)

    plain, shuffled = lay_out(neither, rng=rng()), lay_out(both, rng=rng())

    assert [line["item"] for line in plain] == [str(item.id) for item in paper.items]
    assert [line["item"] for line in shuffled] != [line["item"] for line in plain]
    by_item = {line["item"]: line["options"] for line in plain}
    for line in shuffled:
        is_scale = line["item"] == str(papers.uid("scale"))
        assert sorted(line["options"]) == sorted(by_item[line["item"]])
        assert (line["options"] == by_item[line["item"]]) is is_scale


# Answering.


def test_an_answer_is_stored_with_its_words(attempt: Attempt) -> None:
    question = questions_of(attempt.quiz)[0]

    stored = answer(attempt, 0, 1, at=LATER)

    step = AnswerStep.objects.get()
    assert (stored.sequence, stored.saved_at) == (1, LATER)
    assert (step.kind, step.sequence, step.actor) == (StepKind.SAVED, 1, attempt.participant)
    assert step.response == option_ids(question, 1)
    assert step.response_summary == question.options.all()[1].text
    assert (step.right_answer_summary, step.fraction) == ("", None)


def test_changing_an_answer_adds_a_step_and_keeps_the_earlier_one(attempt: Attempt) -> None:
    answer(attempt, 0, 1)
    answer(attempt, 0, 2, at=LATER)

    question = questions_of(attempt.quiz)[0]
    assert [step.response for step in AnswerStep.objects.order_by("sequence")] == [
        option_ids(question, 1),
        option_ids(question, 2),
    ]
    assert stored_answers(attempt)[question.uuid].response == (option_ids(question, 2))


def test_the_same_answer_again_adds_nothing(attempt: Attempt) -> None:
    first = answer(attempt, 1, 0, 1)
    again = answer(attempt, 1, 1, 0, at=LATER)

    assert again == first
    assert AnswerStep.objects.count() == 1


def test_an_answer_can_be_taken_back(attempt: Attempt) -> None:
    answer(attempt, 0, 1)

    assert answer(attempt, 0).response == []
    assert AnswerStep.objects.count() == 2


def test_no_answer_where_there_was_none_adds_nothing(attempt: Attempt) -> None:
    stored = answer(attempt, 0)

    assert (stored.sequence, stored.saved_at) == (0, None)
    assert AnswerStep.objects.count() == 0


@pytest.mark.parametrize("seen", [0, 1])
def test_an_older_form_does_not_overwrite_a_newer_answer(attempt: Attempt, seen: int) -> None:
    answer(attempt, 0, 0)
    newest = answer(attempt, 0, 1)

    with pytest.raises(NewerAnswer) as caught:
        answer(attempt, 0, 2, seen=seen)

    assert caught.value.stored == newest
    assert AnswerStep.objects.count() == 2
    assert answer(attempt, 0, 2, seen=2).sequence == 3


def test_an_older_form_with_the_newest_answer_is_no_conflict(attempt: Attempt) -> None:
    answer(attempt, 0, 0)
    newest = answer(attempt, 0, 1)

    assert answer(attempt, 0, 1, seen=0) == newest


def bad_answers(attempt: Attempt) -> dict[str, tuple[Any, list[Any]]]:
    single, multiple = questions_of(attempt.quiz)
    own = option_ids(single, 0)
    elsewhere = QuestionFactory.create()
    return {
        "two for a single choice": (single.uuid, option_ids(single, 0, 1)),
        "an option of another question": (single.uuid, option_ids(multiple, 0)),
        "an option of no question": (single.uuid, [str(uuid4())]),
        "one right, one strange": (multiple.uuid, [*option_ids(multiple, 0), str(uuid4())]),
        "the same twice": (multiple.uuid, option_ids(multiple, 0, 0)),
        "the same single twice": (single.uuid, own * 2),
        "no id at all": (single.uuid, ["1"]),
        "NaN": (single.uuid, ["NaN"]),
        "a huge number": (single.uuid, ["1e309"]),
        "a control character": (single.uuid, ["\x00"]),
        "a question of another quiz": (elsewhere.uuid, option_ids(elsewhere, 0)),
        "a question with a broken id": ("../1", own),
        "very many": (multiple.uuid, [str(uuid4()) for _ in range(1000)]),
    }


@pytest.mark.parametrize(
    "case",
    [
        "two for a single choice",
        "an option of another question",
        "an option of no question",
        "one right, one strange",
        "the same twice",
        "the same single twice",
        "no id at all",
        "NaN",
        "a huge number",
        "a control character",
        "a question of another quiz",
        "a question with a broken id",
        "very many",
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_changes(
    attempt: Attempt, case: str
) -> None:
    item_id, chosen = bad_answers(attempt)[case]

    with pytest.raises(BadAnswer, match=r"\w"):
        save_answer(
            attempt=attempt,
            item_id=item_id,
            response=chosen,
            actor=attempt.participant,
            at=NOON,
        )

    assert AnswerStep.objects.count() == 0


# Submitting.


def test_submitting_grades_the_stored_answers(attempt: Attempt) -> None:
    answer(attempt, 0, 1)
    answer(attempt, 0, 0)
    answer(attempt, 1, 0, 2)

    done = submit(attempt=attempt, actor=attempt.participant, at=LATER)

    done.refresh_from_db()
    assert (done.state, done.submitted_at) == (AttemptState.FINISHED, LATER)
    assert done.score == 1
    assert (done.percent, done.passed) == (Decimal(50), False)


def test_each_graded_question_gets_a_step_that_stays_readable(attempt: Attempt) -> None:
    answer(attempt, 0, 1)
    single, multiple = questions_of(attempt.quiz)

    submit(attempt=attempt, actor=attempt.participant, at=LATER)

    graded = {step.item_id: step for step in attempt.steps.filter(kind=StepKind.GRADED)}
    texts = [option.text for option in single.options.all()]
    assert graded[single.uuid].sequence == 2
    assert graded[single.uuid].fraction == 0
    assert graded[single.uuid].response_summary == texts[1]
    assert graded[single.uuid].right_answer_summary == texts[0]
    assert graded[multiple.uuid].sequence == 1
    assert graded[multiple.uuid].response == []
    assert graded[multiple.uuid].fraction == 0


def test_a_situation_is_scored_as_share_of_the_strongest_option(participant: User) -> None:
    quiz = PublishedQuizFactory.create(
        questions=[SituationFactory.create(), SituationFactory.create()]
    )

    done = finish_attempt(quiz, participant, {0: 1, 1: 0})

    assert done.score == Decimal("1.333")
    assert done.percent == Decimal("66.65")


def test_a_self_assessment_is_finished_and_never_scored(participant: User) -> None:
    quiz = PublishedQuizFactory.create(
        purpose="self_assessment", questions=[RatingFactory.create(), RatingFactory.create()]
    )

    done = finish_attempt(quiz, participant, {0: 3})

    assert done.state == AttemptState.FINISHED
    assert (done.percent, done.passed) == (None, None)
    assert not done.steps.filter(kind=StepKind.GRADED).exists()


def test_a_key_changed_after_the_start_does_not_change_the_grade(
    attempt: Attempt, trainer: User
) -> None:
    answer(attempt, 0, 0)
    answer(attempt, 1, 0, 1)
    Option.objects.update(weight=0)
    wrong_now = questions_of(attempt.quiz)
    for question in wrong_now:
        question.options.filter(sort_order=2).update(weight=1)
    publishing.publish(attempt.quiz, by=trainer, at=NOON)

    done = submit(attempt=attempt, actor=attempt.participant, at=LATER)

    assert (done.percent, done.passed) == (Decimal(100), True)


def test_a_submitted_attempt_takes_nothing_any_more(attempt: Attempt) -> None:
    answer(attempt, 0, 1)
    submit(attempt=attempt, actor=attempt.participant, at=LATER)
    before = list(AnswerStep.objects.order_by("pk").values())
    closed = Attempt.objects.values().get()

    with pytest.raises(AttemptClosed):
        answer(attempt, 0, 0)
    with pytest.raises(AttemptClosed):
        submit(attempt=attempt, actor=attempt.participant, at=LATER + dt.timedelta(hours=1))

    assert list(AnswerStep.objects.order_by("pk").values()) == before
    assert Attempt.objects.values().get() == closed


def test_a_clock_that_went_back_does_not_keep_anybody_from_submitting(attempt: Attempt) -> None:
    early = NOON - dt.timedelta(hours=1)

    assert submit(attempt=attempt, actor=attempt.participant, at=early).submitted_at == NOON


def test_finishing_is_announced_once_inside_the_transaction(attempt: Attempt) -> None:
    heard = []

    def listen(sender: Any, attempt: Attempt, **kwargs: Any) -> None:
        heard.append((attempt.pk, attempt.state, transaction.get_connection().in_atomic_block))

    attempt_finished.connect(listen)
    try:
        submit(attempt=attempt, actor=attempt.participant, at=LATER)
        with pytest.raises(AttemptClosed):
            submit(attempt=attempt, actor=attempt.participant, at=LATER)
    finally:
        attempt_finished.disconnect(listen)

    assert heard == [(attempt.pk, AttemptState.FINISHED, True)]


def test_what_a_listener_cannot_do_undoes_the_submission(attempt: Attempt) -> None:
    def fail(sender: Any, **kwargs: Any) -> None:
        raise RuntimeError("no room")

    attempt_finished.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="no room"):
            submit(attempt=attempt, actor=attempt.participant, at=LATER)
    finally:
        attempt_finished.disconnect(fail)

    assert Attempt.objects.get().state == AttemptState.IN_PROGRESS


# Queries.


@pytest.mark.parametrize("length", [1, 30])
def test_queries_do_not_grow_with_the_length(
    length: int, participant: User, django_assert_num_queries: Any
) -> None:
    quiz = PublishedQuizFactory.create(questions=QuestionFactory.create_batch(length))
    quiz.refresh_from_db()

    # Live version / the modules that may hold it back / savepoint / lock the person / earlier
    # attempts / what was granted to the person / insert / release.
    with django_assert_num_queries(8):
        attempt = start(quiz=quiz, participant=participant, at=NOON)
    question = questions_of(quiz)[0]
    chosen = option_ids(question, 0)

    # Savepoint / lock the attempt / last step / insert / release.
    with django_assert_num_queries(5):
        save_answer(
            attempt=attempt,
            item_id=question.uuid,
            response=chosen,
            actor=participant,
            at=NOON,
        )
    # Savepoint / lock the attempt / stored answers / graded steps / close it / the modules and
    # the lessons that progress looks up / the placements whose rows readiness keeps / release.
    with django_assert_num_queries(9):
        submit(attempt=attempt, actor=participant, at=LATER)
