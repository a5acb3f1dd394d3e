"""What holds for every requirement, whatever the facts and the day."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from progress.facts import TaskFact
from readiness import rules
from readiness.rules import Asked, DeclarationFact, Facts, WaiverFact, judge
from readiness.verdicts import Turn, Verdict
from tests.readiness.test_rules import MODULE, QUIZ, TASK, Module, Quiz

START = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)
moments = st.integers(0, 60).map(lambda day: START + dt.timedelta(days=day))
later = st.none() | moments
DUE = START + dt.timedelta(days=30)

modules = st.builds(
    Module,
    steps_done=st.integers(0, 5),
    started_at=later,
    completed_at=later,
    minutes_left=st.integers(0, 60),
)
percents = st.decimals(0, 100, places=2)
quizzes = st.builds(
    Quiz,
    counting_percent=percents,
    counting_at=later,
    attempts_used=st.integers(0, 4),
    attempts_allowed=st.none() | st.integers(1, 4),
    in_progress=st.booleans(),
)
countries = st.sampled_from(["", "ES", "SE"])
declarations = st.builds(
    DeclarationFact,
    kind=st.sampled_from(["passport", "visa"]),
    declared_at=moments,
    withdrawn_at=later,
    verified_at=later,
    verified_by=st.sampled_from(["Ada", "Grace"]),
    country=countries,
)
submissions = st.builds(
    TaskFact,
    submitted_at=moments,
    first_submitted_at=moments,
    accepted_at=later,
    asked_again_at=later,
)
asked = st.one_of(
    st.just(Asked(key="module", rule=rules.module_completed, target=MODULE)),
    st.builds(
        Asked,
        key=st.just("quiz"),
        rule=st.just(rules.quiz_passed),
        target=st.just(QUIZ),
        needed=percents,
    ),
    st.just(Asked(key="self_assessment", rule=rules.self_assessment_done, target=QUIZ)),
    st.builds(
        Asked,
        key=st.just("declaration"),
        rule=st.just(rules.declared),
        target=st.just("passport"),
        needs_verification=st.booleans(),
        country=countries,
    ),
    st.builds(
        Asked,
        key=st.just("task"),
        rule=st.just(rules.task_done),
        target=st.just(TASK),
        needs_acceptance=st.booleans(),
    ),
)
waivers = st.builds(
    WaiverFact,
    requirement_key=st.sampled_from(["module", "quiz", "self_assessment", "declaration", "task"]),
    granted_at=moments,
    reason=st.sampled_from(["one", "two"]),
    withdrawn_at=later,
    until=later,
)
facts = st.builds(
    Facts,
    modules=st.fixed_dictionaries({}, optional={MODULE: modules}),
    quizzes=st.fixed_dictionaries({}, optional={QUIZ: quizzes}),
    tasks=st.fixed_dictionaries({}, optional={TASK: submissions}),
    declarations=st.lists(declarations, max_size=4).map(tuple),
    waivers=st.lists(waivers, max_size=4).map(tuple),
)
problems = st.sampled_from(["", "module_unpublished"])


def verdict(one: Asked, known: Facts, as_of: dt.datetime) -> Verdict:
    return judge(one, known, due_at=DUE, as_of=as_of)


@given(asked, facts, moments, problems, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(
    one: Asked, known: Facts, as_of: dt.datetime, problem: str, random: st.DataObject
) -> None:
    one = replace(one, problem=problem)
    shuffled_declarations, shuffled_waivers = list(known.declarations), list(known.waivers)
    random.shuffle(shuffled_declarations)  # type: ignore[attr-defined]
    random.shuffle(shuffled_waivers)  # type: ignore[attr-defined]
    shuffled = replace(
        known, declarations=tuple(shuffled_declarations), waivers=tuple(shuffled_waivers)
    )

    assert verdict(one, shuffled, as_of) == verdict(one, known, as_of)


@given(asked, facts, moments, moments, problems)
def test_time_alone_never_takes_away_what_is_settled(
    one: Asked, known: Facts, first: dt.datetime, second: dt.datetime, problem: str
) -> None:
    one = replace(one, problem=problem)
    first, second = sorted((first, second))
    ends = [fact.withdrawn_at for fact in known.declarations]
    ends += [moment for waiver in known.waivers for moment in (waiver.withdrawn_at, waiver.until)]
    dated_cause = any(end and first < end <= second for end in ends)

    if verdict(one, known, first).is_settled and not dated_cause:
        assert verdict(one, known, second).is_settled


@given(asked, facts, moments)
def test_nothing_settled_rests_on_a_later_fact(
    one: Asked, known: Facts, as_of: dt.datetime
) -> None:
    found = verdict(one, known, as_of)

    if found.is_settled:
        assert found.fact_at is not None
        assert found.fact_at <= as_of


@given(asked, facts, moments, declarations, waivers)
def test_one_more_standing_fact_never_unsettles(
    one: Asked,
    known: Facts,
    as_of: dt.datetime,
    declaration: DeclarationFact,
    waiver: WaiverFact,
) -> None:
    more = replace(
        known,
        declarations=(*known.declarations, replace(declaration, declared_at=START)),
        waivers=(*known.waivers, waiver),
    )

    if verdict(one, known, as_of).is_settled:
        assert verdict(one, more, as_of).is_settled


@given(asked, facts, moments, st.decimals(0, 50, places=2), st.integers(0, 5))
def test_better_results_never_unsettle(
    one: Asked, known: Facts, as_of: dt.datetime, gain: Decimal, steps: int
) -> None:
    better = replace(
        known,
        quizzes={
            key: replace(fact, counting_percent=fact.counting_percent + gain)  # type: ignore[type-var, operator]
            for key, fact in known.quizzes.items()
        },
        modules={
            key: replace(fact, steps_done=fact.steps_done + steps)  # type: ignore[type-var]
            for key, fact in known.modules.items()
        },
    )

    if verdict(one, known, as_of).is_settled:
        assert verdict(one, better, as_of).is_settled


@given(st.lists(declarations, max_size=4).map(tuple), moments, countries)
def test_a_word_for_another_country_asks_and_never_settles(
    known: tuple[DeclarationFact, ...], as_of: dt.datetime, country: str
) -> None:
    wish = Asked(key="declaration", rule=rules.declared, target="passport", country=country)
    found = verdict(wish, Facts(declarations=known), as_of)
    here = Facts(declarations=tuple(one for one in known if one.is_about(country)))

    assert found.is_settled == verdict(wish, here, as_of).is_settled
    if found.reason.code == "declared_elsewhere":
        assert found.turn == Turn.PARTICIPANT
        assert found.reason.facts["old_country"] != found.reason.facts["new_country"] == country


@given(submissions, moments, moments)
def test_what_was_handed_in_stays_so_whatever_a_trainer_says(
    fact: TaskFact, as_of: dt.datetime, decided_at: dt.datetime
) -> None:
    wish = Asked(key="task", rule=rules.task_done, target=TASK)
    again = replace(fact, accepted_at=None, asked_again_at=decided_at)
    found, after = (verdict(wish, Facts(tasks={TASK: one}), as_of) for one in (fact, again))

    assert found == after
    assert found.is_settled == (fact.first_submitted_at <= as_of)


@given(submissions, moments)
def test_accepting_asks_for_at_least_what_handing_in_does(
    fact: TaskFact, as_of: dt.datetime
) -> None:
    mild = Asked(key="task", rule=rules.task_done, target=TASK)
    strict = replace(mild, needs_acceptance=True)
    known = Facts(tasks={TASK: fact})

    if verdict(strict, known, as_of).is_settled:
        assert verdict(mild, known, as_of).is_settled
    if verdict(strict, known, as_of).turn == Turn.TRAINER:
        assert fact.first_submitted_at <= as_of


@given(asked, facts, moments)
def test_what_nobody_can_do_is_never_held_against_the_participant(
    one: Asked, known: Facts, as_of: dt.datetime
) -> None:
    found = verdict(replace(one, problem="module_unpublished"), known, as_of)

    assert found.status in {"met", "waived", "misconfigured"}


def test_of_two_waivers_of_one_moment_the_longer_one_is_told() -> None:
    endless = WaiverFact("module", START, "one")
    short = replace(endless, until=DUE)
    one = Asked(key="module", rule=rules.module_completed, target=MODULE)

    for waived in ((endless, short), (short, endless)):
        found = verdict(one, Facts(waivers=waived), START)
        assert found.reason.facts["until"] is None
