"""Real threads on real connections: what two browsers can do at the same moment."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from people.models import User
from quizzes import publishing
from quizzes.attempts import (
    AttemptClosed,
    NoAttemptsLeft,
    save_answer,
    start,
    stored_answers,
    submit,
)
from quizzes.enums import AttemptState, StepKind
from quizzes.freezing import freeze
from quizzes.grading import grade_paper
from quizzes.models import AnswerStep, Attempt, Quiz
from quizzes.publishing import NotPublishable
from quizzes.signals import attempt_finished
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import (
    NOON,
    MultipleChoiceFactory,
    PublishedQuizFactory,
    QuestionFactory,
    QuizFactory,
    option_ids,
    questions_of,
)
from tests.quizzes.pages import page, start_url

pytestmark = pytest.mark.usefixtures("committed_rows")

CROWD = 16
REFUSALS = (AttemptClosed, NoAttemptsLeft, NotPublishable)


def at_once(*deeds: Callable[[], object]) -> Counter[str]:
    """Run the deeds in threads that begin together; count results by kind of refusal."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        try:
            barrier.wait(timeout=30)
            deed()
        except REFUSALS as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(deeds)) as pool:
        return Counter(pool.map(run, deeds))


def begin(quiz: Quiz, participant: User) -> Callable[[], object]:
    return lambda: start(quiz=quiz, participant=participant, at=NOON)


def finish(attempt: Attempt) -> Callable[[], object]:
    return lambda: submit(attempt=attempt, actor=attempt.participant, at=NOON)


def choose(attempt: Attempt, item_id: object, chosen: list[str]) -> Callable[[], object]:
    return lambda: save_answer(
        attempt=attempt,
        item_id=str(item_id),
        response=chosen,
        actor=attempt.participant,
        at=NOON,
    )


def test_one_attempt_is_opened_however_many_start_it() -> None:
    quiz = PublishedQuizFactory.create(max_attempts=1)
    participant = ParticipantFactory.create()

    outcome = at_once(*[begin(quiz, participant)] * CROWD)

    assert outcome == {"done": CROWD}
    assert [attempt.number for attempt in Attempt.objects.all()] == [1]


def test_the_limit_holds_while_the_last_attempt_is_being_submitted() -> None:
    quiz = PublishedQuizFactory.create(max_attempts=1)
    participant = ParticipantFactory.create()
    attempt = start(quiz=quiz, participant=participant, at=NOON)

    at_once(finish(attempt), *[begin(quiz, participant)] * (CROWD - 1))

    assert Attempt.objects.count() == 1


def test_one_submission_counts_and_answers_after_it_are_refused() -> None:
    single, multiple = QuestionFactory.create(), MultipleChoiceFactory.create()
    quiz = PublishedQuizFactory.create(questions=[single, multiple])
    attempt = start(quiz=quiz, participant=ParticipantFactory.create(), at=NOON)
    answers = [(single, [0]), (single, [1]), (multiple, [0, 1]), (multiple, [2])] * 2
    heard = []

    def listen(attempt: Attempt, **kwargs: object) -> None:
        heard.append(attempt.pk)

    attempt_finished.connect(listen)

    outcome = at_once(
        *[finish(attempt)] * (CROWD // 2),
        *[
            choose(attempt, question.uuid, option_ids(question, *places))
            for question, places in answers
        ],
    )

    attempt_finished.disconnect(listen)
    done = Attempt.objects.get()
    stored = {item: one.response for item, one in stored_answers(done).items()}
    grade = grade_paper(freeze(quiz), stored)
    assert outcome["AttemptClosed"] >= CROWD // 2 - 1
    assert heard == [attempt.pk]
    assert (done.state, done.score) == (AttemptState.FINISHED, grade.score)
    assert AnswerStep.objects.filter(kind=StepKind.GRADED).count() == 2
    last = {step.item_id: step.kind for step in AnswerStep.objects.order_by("sequence")}
    assert set(last.values()) == {StepKind.GRADED}


def test_the_steps_of_an_answer_are_numbered_without_a_gap() -> None:
    quiz = PublishedQuizFactory.create()
    attempt = start(quiz=quiz, participant=ParticipantFactory.create(), at=NOON)
    question = questions_of(quiz)[0]

    at_once(
        *[
            choose(attempt, question.uuid, option_ids(question, number % 3))
            for number in range(CROWD)
        ]
    )

    steps = list(AnswerStep.objects.order_by("sequence"))
    assert [step.sequence for step in steps] == list(range(1, len(steps) + 1))
    assert all(one.response != two.response for one, two in pairwise(steps))


def test_publishing_twice_at_once_makes_one_version() -> None:
    quiz = QuizFactory.create()
    trainer = TrainerFactory.create()

    outcome = at_once(*[lambda: publishing.publish(quiz, by=trainer, at=NOON)] * 4)

    assert outcome == {"done": 1, "NotPublishable": 3}
    assert [version.number for version in quiz.versions.all()] == [1]


def browser_of(participant: User) -> Client:
    client = Client()
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_many_tabs_that_start_get_the_same_attempt() -> None:
    quiz = PublishedQuizFactory.create(max_attempts=1)
    tab = browser_of(ParticipantFactory.create())
    codes: Counter[int] = Counter()

    at_once(*[lambda: codes.update([tab.post(start_url(quiz)).status_code])] * CROWD)

    assert codes == {302: CROWD}
    assert Attempt.objects.count() == 1


def test_many_tabs_that_answer_and_submit_get_no_error_and_one_score() -> None:
    quiz = PublishedQuizFactory.create()
    participant = ParticipantFactory.create()
    attempt = start(quiz=quiz, participant=participant, at=NOON)
    tab = browser_of(participant)
    chosen = option_ids(questions_of(quiz)[0], 0)
    codes: Counter[int] = Counter()

    def answer() -> None:
        form = {"option": chosen, "seen": 0}
        codes[tab.post(page(attempt, "question", 1), form).status_code] += 1

    def send_in() -> None:
        codes[tab.post(page(attempt, "check")).status_code] += 1

    at_once(*[answer, send_in] * (CROWD // 2))

    assert set(codes) <= {302, 409}
    done = Attempt.objects.get()
    assert done.state == AttemptState.FINISHED
    assert done.score == (1 if done.steps.filter(kind=StepKind.SAVED).exists() else 0)
    assert done.steps.filter(kind=StepKind.GRADED).count() == 2
