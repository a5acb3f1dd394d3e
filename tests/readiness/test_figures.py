"""Figures made on one day hold on every later one, as long as nobody does anything."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from readiness.figures import (
    NEVER,
    SLOWEST,
    USUAL_PACE,
    Deadline,
    Item,
    days_needed,
    measure,
    own_pace,
)
from readiness.rules import Asked, Facts, WaiverFact, judge
from readiness.verdicts import Turn, VerdictStatus
from tests.readiness.test_rules import MODULE, QUIZ
from tests.readiness.test_rules_properties import START, asked, declarations, modules, quizzes

DAY = dt.timedelta(days=1)
Demand = list[tuple[Asked, dt.datetime, bool]]
LAST_FACT = START + dt.timedelta(days=61)
waivers = st.builds(
    WaiverFact,
    requirement_key=st.sampled_from(["module", "quiz", "self_assessment", "declaration"]),
    granted_at=st.just(START),
    reason=st.just("Abroad before."),
    until=st.none() | st.integers(50, 130).map(lambda day: START + day * DAY),
)
facts = st.builds(
    lambda module, quiz, declared, waived: Facts(
        modules={MODULE: module},
        quizzes={QUIZ: quiz},
        declarations=tuple(declared),
        waivers=tuple(waived),
    ),
    modules,
    quizzes,
    st.lists(declarations, max_size=2),
    st.lists(waivers, max_size=3),
)
dues = st.integers(0, 120).map(lambda day: START + day * DAY)
demands = st.lists(st.tuples(asked, dues, st.booleans()), max_size=5)


def items(demand: Demand, known: Facts, as_of: dt.datetime) -> list[Item]:
    found = []
    for one, due_at, blocks in demand:
        verdict = judge(one, known, due_at=due_at, as_of=as_of)
        until = verdict.reason.facts.get("until")
        found.append(
            Item(
                key=one.key,
                status=verdict.status,
                turn=verdict.turn,
                due_at=due_at,
                blocks=blocks,
                minutes=verdict.minutes,
                whole=one.minutes,
                fact_at=verdict.fact_at,
                waived_until=until if isinstance(until, dt.datetime) else None,
            )
        )
    return found


@given(demands, facts, st.integers(0, 80))
def test_made_once_they_stay_true_as_time_passes(demand: Demand, known: Facts, days: int) -> None:
    then = LAST_FACT + days * DAY
    made, true = measure(items(demand, known, LAST_FACT)), measure(items(demand, known, then))

    assert made.is_ready(then) == true.is_ready(then)
    assert (made.deadline(then) == Deadline.LATE) == (true.deadline(then) == Deadline.LATE)
    if then < made.holds_until:
        assert made.progress(then) == true.progress(then)
        assert made.deadline(then) == true.deadline(then)
        assert (made.met, made.waived, made.minutes_left) == (
            true.met,
            true.waived,
            true.minutes_left,
        )


def open_item(due: dt.datetime, *, minutes: int, turn: Turn = Turn.PARTICIPANT) -> Item:
    return Item(
        key=f"module:{due}",
        status=VerdictStatus.PENDING,
        turn=turn,
        due_at=due,
        blocks=True,
        minutes=minutes,
        whole=minutes,
    )


def test_at_risk_once_the_days_left_are_fewer_than_the_work_takes() -> None:
    due = START + 30 * DAY
    found = measure([open_item(due, minutes=300)])

    assert found.pace == USUAL_PACE
    assert found.deadline(due - 11 * DAY) == Deadline.ON_TRACK
    assert found.deadline(due - 10 * DAY) == Deadline.AT_RISK
    assert found.deadline(due + DAY) == Deadline.LATE


def test_work_that_is_due_together_adds_up() -> None:
    due = START + 30 * DAY
    found = measure([open_item(due, minutes=300), open_item(due + DAY, minutes=300)])

    assert found.risk_from == due - 19 * DAY


def test_what_waits_for_the_office_needs_a_week() -> None:
    found = measure([open_item(START + 30 * DAY, minutes=0, turn=Turn.OFFICE)])

    assert found.risk_from == START + 23 * DAY


def test_nothing_asked_is_ready_and_never_late() -> None:
    found = measure([])

    assert found.is_ready(START)
    assert (found.late_from, found.risk_from, found.holds_until) == (NEVER, NEVER, NEVER)


def done(at: dt.datetime, minutes: int) -> Item:
    return Item(
        key=f"module:{at}",
        status=VerdictStatus.MET,
        turn=Turn.NOBODY,
        due_at=START,
        blocks=True,
        whole=minutes,
        fact_at=at,
    )


def test_the_own_pace_is_that_between_the_first_and_the_last_thing_done() -> None:
    some = [done(START, 100), done(START + 20 * DAY, 100)]

    assert own_pace(some, [START, START + 20 * DAY]) == 10
    assert own_pace(some[:1], [START]) == round(100 / 7, 2)
    assert own_pace([done(START, 1)], [START]) == SLOWEST
    assert own_pace([], []) == USUAL_PACE


def test_days_needed_are_whole_ones() -> None:
    assert [days_needed(minutes, 30) for minutes in (0, 1, 30, 31)] == [0, 1, 1, 2]
