"""Attempts under whatever order of deeds, held against a model that keeps no database.

A machine starts, answers from two tabs, sends again what it sent, hands in, lets time pass,
grants, withdraws, marks, changes the key, rules and regrades. After each deed nothing of an
answer's history has changed, no answer is lost, and the score is what the model says.
SOJOURN_LIFECYCLES sets how many lives are tried.
"""

import datetime as dt
import os
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from people.models import User
from quizzes.accommodating import grant, withdraw
from quizzes.attempts import (
    AttemptClosed,
    NewerAnswer,
    NoAttemptsLeft,
    Sender,
    paper_of,
    save_answer,
    start,
    submit,
)
from quizzes.enums import OPEN_STATES, AttemptState, RegradeKind
from quizzes.marking import NotToMark, give_mark
from quizzes.models import Accommodation, AnswerStep, Attempt, Option, Quiz
from quizzes.overdue import finish_overdue
from quizzes.publishing import publish
from quizzes.regrading import commit, plan
from quizzes.remarking import differences
from tests.factories.kinds import banked, open_text
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import (
    NOON,
    AccommodationFactory,
    PublishedQuizFactory,
    QuestionFactory,
    live,
    option_ids,
    questions_of,
)

LIVES = int(os.environ.get("SOJOURN_LIFECYCLES", "8"))
MINUTE = dt.timedelta(minutes=1)
LIMIT, GRACE, LATE = 30 * MINUTE, dt.timedelta(seconds=30), 20 * MINUTE
OPEN, OVERDUE, HANDED_IN, GIVEN_UP = "open", "overdue", "handed in", "given up"
ANY = "any answer is right"
STATES = {
    AttemptState.IN_PROGRESS: OPEN,
    AttemptState.OVERDUE: OVERDUE,
    AttemptState.ABANDONED: GIVEN_UP,
}
TABS = (None, uuid4(), uuid4())


@dataclass
class Sat:
    """What the model knows of an attempt. `key` is the place of the right option, or `ANY`."""

    pk: int
    started: dt.datetime
    deadline: dt.datetime
    key: Any
    state: str = OPEN
    choice: list[str] = field(default_factory=list)
    essay: str = ""
    mark: Decimal | None = None

    def pass_time(self, at: dt.datetime, at_deadline: str) -> None:
        if self.state == OPEN and at >= self.deadline + GRACE:
            self.state = {"submit": HANDED_IN, "abandon": GIVEN_UP, "grace": OVERDUE}[at_deadline]
        if self.state == OVERDUE and at >= self.deadline + LATE:
            self.state = GIVEN_UP

    def score(self, options: list[str]) -> Decimal | None:
        """One mark for the choice and four for the essay; None while the essay waits."""
        if self.state != HANDED_IN or (self.essay and self.mark is None):
            return None
        right = bool(self.choice) if self.key == ANY else self.choice == [options[self.key]]
        return int(right) + 4 * (self.mark or Decimal(0))


class Lives(RuleBasedStateMachine):
    """One participant with one quiz: a choice and an essay, 30 minutes, two attempts."""

    quiz_id: int
    sent: Bundle[Any] = Bundle("sent")

    def __init__(self) -> None:
        super().__init__()
        self.room = transaction.atomic()
        self.room.__enter__()
        self.quiz = Quiz.objects.get(pk=self.quiz_id)
        self.person: User = ParticipantFactory.create()
        self.trainer: User = TrainerFactory.create()
        choice, essay = questions_of(self.quiz)
        self.choice, self.essay = choice.uuid, essay.uuid
        self.options = option_ids(choice, 0, 1, 2)
        self.at, self.place = NOON, 0
        self.keys: dict[int, Any] = {live(self.quiz).pk: 0}
        self.sats: list[Sat] = []
        self.grants: list[Accommodation] = []
        self.steps: dict[int, Any] = {}
        self.numbers = iter(range(1, 10_000))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.room.__exit__(None, None, None)

    @property
    def terms(self) -> str:
        return paper_of(live(self.quiz)).terms.at_deadline

    def allowed(self) -> tuple[dt.timedelta, int]:
        """The time, and the number of attempts, that hold for the person now."""
        factor = max((one.time_factor for one in self.grants), default=Decimal(1))
        extra = max((one.extra_attempts for one in self.grants), default=0)
        return LIMIT * float(factor), 2 + extra

    def pass_time(self) -> None:
        for sat in self.sats:
            sat.pass_time(self.at, self.terms)

    def attempt(self, sat: Sat) -> Attempt:
        return Attempt.objects.select_related("quiz", "participant", "version").get(pk=sat.pk)

    @rule(minutes=st.sampled_from([1, 10, 29, 31, 60]))
    def wait(self, minutes: int) -> None:
        self.at += minutes * MINUTE

    @rule()
    def clock(self) -> None:
        finish_overdue(at=self.at)
        self.pass_time()
        for sat in self.sats:
            assert STATES.get(self.attempt(sat).state, HANDED_IN) == sat.state  # type: ignore[call-overload]

    @rule()
    def begin(self) -> None:
        self.pass_time()
        under_way = [sat for sat in self.sats if sat.state in {OPEN, OVERDUE}]
        limit, most = self.allowed()
        if not under_way and len(self.sats) >= most:
            with pytest.raises(NoAttemptsLeft):
                start(quiz=self.quiz, participant=self.person, at=self.at)
            return
        attempt = start(quiz=self.quiz, participant=self.person, at=self.at)
        if under_way:
            assert attempt.pk == under_way[0].pk
            return
        key = self.keys[live(self.quiz).pk]
        self.sats.append(Sat(attempt.pk, self.at, self.at + limit, key))

    @precondition(lambda self: self.sats)
    @rule(
        target=sent,
        tab=st.sampled_from(TABS),
        essay=st.booleans(),
        value=st.integers(0, 3),
        behind=st.integers(0, 2),
        late=st.booleans(),
    )
    def answer(self, tab: UUID | None, essay: bool, value: int, behind: int, late: bool) -> Any:
        """A page sends what it shows; it may have missed the last steps, or be overtaken."""
        item = self.essay if essay else self.choice
        response: Any = self.options[value : value + 1]
        if essay:
            response = f"Answer {value}." if value else ""
        number = max(1, next(self.numbers) - 3 * late)
        sender = Sender(tab, number, uuid4()) if tab else None
        last = self.last(self.sats[-1], item)
        seen = max(0, last.sequence - behind) if last and tab else None
        request = (item, response, sender, seen)
        self.send(request)
        return request

    @precondition(lambda self: self.sats)
    @rule(request=sent)
    def send_again(self, request: Any) -> None:
        if request[2] is not None:
            self.send(request)

    def send(self, request: Any) -> None:
        item, response, sender, seen = request
        sat = self.sats[-1]
        self.pass_time()
        last = self.last(sat, item)
        may = sat.state == OPEN and self.at < sat.deadline + GRACE
        deed = {"item_id": item, "response": response, "actor": self.person, "at": self.at}
        try:
            save_answer(attempt=self.attempt(sat), seen=seen, sender=sender, **deed)
        except AttemptClosed:
            assert not may
            return
        except NewerAnswer:
            assert sender is not None
            assert last.client != sender.client
            assert last.sequence > (seen or 0)
            assert last.response != response
            return
        assert may
        if self.is_older(sat, last, sender):
            return
        if item == self.essay:
            sat.essay = response
        else:
            sat.choice = response

    def is_older(self, sat: Sat, last: Any, sender: Sender | None) -> bool:
        """Whether the same page has sent something newer, or this request came before."""
        if last is None or sender is None:
            return False
        keys = {step[-1] for step in self.steps.values() if step[0] == sat.pk}
        overtaken = last.client == sender.client and sender.seq <= last.client_seq
        return sender.key in keys or overtaken

    def last(self, sat: Sat, item: UUID) -> Any:
        steps = AnswerStep.objects.filter(attempt=sat.pk, item_id=item, fraction__isnull=True)
        return steps.order_by("-sequence").first()

    @precondition(lambda self: self.sats)
    @rule()
    def hand_in(self) -> None:
        sat = self.sats[-1]
        self.pass_time()
        before = self.attempt(sat)
        if before.state not in OPEN_STATES:
            with pytest.raises(AttemptClosed):
                submit(attempt=before, actor=self.person, at=self.at)
            return
        done = submit(attempt=before, actor=self.person, at=self.at)
        if sat.state in {OPEN, OVERDUE}:
            sat.state = HANDED_IN
        assert STATES.get(done.state, HANDED_IN) == sat.state  # type: ignore[call-overload]
        assert done.submitted_at is None or done.started_at <= done.submitted_at <= self.at

    @precondition(lambda self: self.sats)
    @rule(share=st.sampled_from(["0", "0.25", "0.5", "1"]))
    def mark(self, share: str) -> None:
        self.clock()
        sat, fraction = self.sats[-1], Decimal(share)
        deed: Any = {"levels": {}, "comment": "", "by": self.trainer, "at": self.at}
        deed |= {"attempt": self.attempt(sat), "item_id": self.essay, "link_to": "/{uuid}/"}
        if sat.state != HANDED_IN or not sat.essay:
            with pytest.raises(NotToMark), transaction.atomic():
                give_mark(fraction=fraction, **deed)
            return
        give_mark(fraction=fraction, **deed)
        sat.mark = fraction

    @rule(factor=st.sampled_from(["1", "1.5", "2"]), extra=st.integers(0, 1))
    def accommodate(self, factor: str, extra: int) -> None:
        if factor == "1" and not extra:
            return
        self.clock()
        wanted: Accommodation = AccommodationFactory.build(
            participant=self.person,
            granted_by=self.trainer,
            time_factor=Decimal(factor),
            extra_attempts=extra,
        )
        self.grants.append(grant(wanted, by=self.trainer, at=self.at))
        for sat in self.sats:
            if sat.state == OPEN:
                sat.deadline = max(sat.deadline, sat.started + self.allowed()[0])

    @precondition(lambda self: self.grants)
    @rule()
    def take_back(self) -> None:
        withdraw(self.grants.pop(), by=self.trainer, at=self.at)

    @rule()
    def change_the_key(self) -> None:
        self.place = (self.place + 1) % 3
        for place, option in enumerate(self.options):
            Option.objects.filter(uuid=option).update(weight=int(place == self.place))
        publish(self.quiz, by=self.trainer, at=self.at)
        self.quiz.refresh_from_db()
        self.keys[live(self.quiz).pk] = self.place

    @precondition(lambda self: self.keys[live(self.quiz).pk] != ANY)
    @rule()
    def accept_any(self) -> None:
        self.regrade(live(self.quiz).pk, kind=RegradeKind.ACCEPT_ANY, item_id=self.choice)
        self.keys[live(self.quiz).pk] = ANY

    @precondition(lambda self: len(self.keys) > 1)
    @rule()
    def regrade_all(self) -> None:
        for pk in self.keys:
            if pk != live(self.quiz).pk:
                self.regrade(pk, kind=RegradeKind.NEW_KEY)

    def regrade(self, version: int, **wanted: Any) -> None:
        of = self.quiz.versions.get(pk=version)
        regrade = plan(from_version=of, reason="Wrong.", by=self.trainer, at=self.at, **wanted)
        commit(regrade, by=self.trainer, at=self.at, link_to="/{uuid}/", most=1)
        commit(regrade, by=self.trainer, at=self.at, link_to="/{uuid}/")
        self.quiz.refresh_from_db()
        old = self.keys[version]
        new = self.keys.get(live(self.quiz).pk, ANY)
        for sat in self.sats:
            attempt = self.attempt(sat)
            finished = attempt.state == AttemptState.FINISHED
            assert not (finished and attempt.version_id == version)
            if finished and sat.key == old and attempt.version_id == live(self.quiz).pk:
                sat.key = new

    @invariant()
    def nothing_of_the_history_changes(self) -> None:
        fields = ("attempt_id", "item_id", "sequence", "kind", "response", "fraction", "actor_id")
        steps = AnswerStep.objects.filter(attempt__participant=self.person)
        now = {one[0]: one[1:] for one in steps.values_list("pk", *fields, "client_key")}
        assert {pk: now.get(pk) for pk in self.steps} == self.steps
        self.steps = now

    @invariant()
    def no_answer_is_lost(self) -> None:
        for sat in self.sats:
            choice, essay = self.last(sat, self.choice), self.last(sat, self.essay)
            assert (choice.response if choice else []) == sat.choice
            assert (essay.response if essay else "") == sat.essay

    @invariant()
    def one_attempt_is_open_and_none_is_too_many(self) -> None:
        attempts = Attempt.objects.filter(participant=self.person).order_by("number")
        assert [one.pk for one in attempts] == [sat.pk for sat in self.sats]
        assert sum(one.state in OPEN_STATES for one in attempts) <= 1
        deadlines = [one.deadline for one in attempts]
        assert deadlines == [sat.deadline for sat in self.sats]

    @invariant()
    def the_score_is_what_the_answers_earn(self) -> None:
        own = Attempt.objects.filter(participant=self.person)
        for sat, attempt in zip(self.sats, own.order_by("number"), strict=True):
            if attempt.submitted_at:
                assert attempt.score == sat.score(self.options)
        finished = own.filter(state=AttemptState.FINISHED)
        assert [found for _count, found in differences(finished) if found] == []


@pytest.fixture
def lives(db: None, request: Any) -> type[Lives]:
    asked = [QuestionFactory.create(), banked(open_text("essay"))]
    quiz = PublishedQuizFactory.create(
        questions=asked, max_attempts=2, time_limit=30, grace_seconds=30, overdue_minutes=20,
        at_deadline=request.param,
    )  # fmt: skip
    return type("Lives", (Lives,), {"quiz_id": quiz.pk})


@pytest.mark.parametrize("lives", ["submit", "grace", "abandon"], indirect=True)
def test_no_order_of_deeds_loses_an_answer_or_moves_a_score(lives: type[Lives]) -> None:
    wanted = settings(
        max_examples=LIVES,
        stateful_step_count=25,
        deadline=None,
        derandomize="SOJOURN_LIFECYCLES" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(lives, settings=wanted)
