import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

import pytest

from readiness import rules
from readiness.rules import Asked, DeclarationFact, Facts, WaiverFact, judge
from readiness.verdicts import Turn, Verdict, VerdictStatus

MODULE = UUID("00000000-0000-4000-8000-000000000001")
TASK = UUID("00000000-0000-4000-8000-000000000003")
QUIZ = 7
DUE = dt.datetime(2027, 2, 1, 23, 59, tzinfo=dt.UTC)
JANUARY = dt.datetime(2027, 1, 10, tzinfo=dt.UTC)
IN_TIME = dt.datetime(2027, 1, 20, tzinfo=dt.UTC)
TOO_LATE = dt.datetime(2027, 2, 20, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Module:
    steps_done: int = 2
    steps_total: int = 5
    started_at: dt.datetime | None = JANUARY
    completed_at: dt.datetime | None = None
    minutes_left: int = 25


@dataclass(frozen=True)
class Quiz:
    counting_percent: Decimal | None = Decimal(70)
    counting_at: dt.datetime | None = JANUARY
    attempts_used: int = 1
    attempts_allowed: int | None = None
    in_progress: bool = False
    being_marked: bool = False
    is_held: bool = False
    given_up_at: dt.datetime | None = None
    passed: bool = False
    passed_at: dt.datetime | None = None
    best_percent: Decimal | None = Decimal(75)
    best_at: dt.datetime | None = JANUARY
    last_percent: Decimal | None = Decimal(60)
    last_at: dt.datetime | None = IN_TIME


module = Asked(key="module:1", rule=rules.module_completed, target=MODULE, minutes=40)
quiz = Asked(key="quiz:7", rule=rules.quiz_passed, target=QUIZ, minutes=10, needed=Decimal(80))
self_assessment = Asked(
    key="self_assessment:7", rule=rules.self_assessment_done, target=QUIZ, minutes=10
)
passport = Asked(key="declaration:passport", rule=rules.declared, target="passport", minutes=5)
task = Asked(key="task:3", rule=rules.task_done, target=TASK, minutes=40, needs_acceptance=True)
ALL = [module, quiz, self_assessment, passport, task]

by_kind = pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.key)


def verdict(asked: Asked, facts: Facts, as_of: dt.datetime = IN_TIME) -> Verdict:
    return judge(asked, facts, due_at=DUE, as_of=as_of, link="/there/")


def with_module(**fields: object) -> Facts:
    return Facts(modules={MODULE: Module(**fields)})  # type: ignore[arg-type]


def with_quiz(**fields: object) -> Facts:
    return Facts(quizzes={QUIZ: Quiz(**fields)})  # type: ignore[arg-type]


def with_passport(**fields: dt.datetime | str | None) -> Facts:
    fact = DeclarationFact(kind="passport", declared_at=JANUARY)
    return Facts(declarations=(replace(fact, **fields),))  # type: ignore[arg-type]


@by_kind
def test_nothing_done_is_pending_until_the_due_date_and_overdue_after_it(asked: Asked) -> None:
    found = [verdict(asked, Facts(), as_of).status for as_of in (IN_TIME, DUE, TOO_LATE)]

    assert found == [VerdictStatus.PENDING, VerdictStatus.PENDING, VerdictStatus.OVERDUE]


@by_kind
def test_what_is_open_leads_to_where_it_is_done_and_says_how_long_it_takes(asked: Asked) -> None:
    found = verdict(asked, Facts())

    assert (found.link, found.minutes, found.turn) == ("/there/", asked.minutes, Turn.PARTICIPANT)


@pytest.mark.parametrize(
    ("asked", "facts"),
    [
        (module, with_module(completed_at=JANUARY)),
        (quiz, with_quiz(counting_percent=Decimal(80))),
        (self_assessment, with_quiz(counting_percent=None)),
        (passport, with_passport()),
    ],
    ids=lambda value: value.key if isinstance(value, Asked) else "",
)
@pytest.mark.parametrize("as_of", [IN_TIME, TOO_LATE])
def test_what_is_done_is_met_whether_or_not_the_date_has_passed(
    asked: Asked, facts: Facts, as_of: dt.datetime
) -> None:
    found = verdict(asked, facts, as_of)

    assert (found.status, found.fact_at) == (VerdictStatus.MET, JANUARY)
    assert (found.turn, found.minutes) == (Turn.NOBODY, 0)


@pytest.mark.parametrize(
    ("asked", "facts"),
    [
        (module, with_module(started_at=JANUARY, completed_at=TOO_LATE)),
        (quiz, with_quiz(counting_percent=Decimal(99), counting_at=TOO_LATE)),
        (self_assessment, with_quiz(counting_at=TOO_LATE)),
        (passport, with_passport(declared_at=TOO_LATE)),
    ],
    ids=lambda value: value.key if isinstance(value, Asked) else "",
)
def test_what_was_done_later_did_not_count_earlier(asked: Asked, facts: Facts) -> None:
    assert verdict(asked, facts).status == VerdictStatus.PENDING
    assert verdict(asked, facts, TOO_LATE).status == VerdictStatus.MET


def test_a_module_under_way_says_how_far() -> None:
    found = verdict(module, with_module())

    assert found.reason.code == "module_under_way"
    assert found.reason.facts == {"done": 2, "total": 5}
    assert (found.minutes, found.fact_at) == (25, JANUARY)


def test_a_module_started_later_had_not_been_started() -> None:
    assert verdict(module, with_module(started_at=TOO_LATE)).reason.code == "module_not_started"


@pytest.mark.parametrize(
    ("percent", "met"), [("79.9999", False), ("80", True), ("80.0001", True), ("0", False)]
)
def test_a_quiz_is_passed_from_the_mark_on(percent: str, met: bool) -> None:
    found = verdict(quiz, with_quiz(counting_percent=Decimal(percent)))

    assert (found.status == VerdictStatus.MET) is met


def test_a_pass_stays_a_pass_when_the_quizs_own_mark_is_raised() -> None:
    facts = with_quiz(passed=True, passed_at=JANUARY)

    assert verdict(replace(quiz, own_mark=True), facts).fact_at == JANUARY
    assert verdict(replace(quiz, own_mark=True), facts).status == VerdictStatus.MET
    assert verdict(quiz, facts).status == VerdictStatus.PENDING


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"attempts_allowed": None}, VerdictStatus.PENDING, "quiz_below"),
        ({"attempts_allowed": 2}, VerdictStatus.PENDING, "quiz_below"),
        ({"attempts_allowed": 1}, VerdictStatus.FAILED, "quiz_no_attempts_left"),
        (
            {"attempts_allowed": 2, "attempts_used": 3},
            VerdictStatus.FAILED,
            "quiz_no_attempts_left",
        ),
        (
            {"attempts_allowed": 2, "attempts_used": 2, "in_progress": True},
            VerdictStatus.PENDING,
            "quiz_below",
        ),
        (
            {"counting_at": None, "counting_percent": None, "in_progress": True},
            VerdictStatus.PENDING,
            "quiz_in_progress",
        ),
        ({"counting_percent": None}, VerdictStatus.PENDING, "quiz_below"),
        (
            {"counting_at": None, "attempts_allowed": 1, "given_up_at": JANUARY},
            VerdictStatus.FAILED,
            "quiz_given_up",
        ),
        (
            {"counting_at": None, "attempts_allowed": 2, "given_up_at": JANUARY},
            VerdictStatus.PENDING,
            "quiz_not_taken",
        ),
    ],
)
def test_a_quiz_not_passed_says_what_is_left(
    fields: dict[str, object], status: VerdictStatus, code: str
) -> None:
    found = verdict(quiz, with_quiz(**fields))

    assert (found.status, found.reason.code) == (status, code)


@pytest.mark.parametrize("asked", [quiz, self_assessment])
@pytest.mark.parametrize("counting_at", [None, JANUARY])
def test_an_answer_that_is_being_marked_waits_for_a_trainer(
    asked: Asked, counting_at: dt.datetime | None
) -> None:
    facts = with_quiz(counting_at=counting_at, being_marked=True, attempts_allowed=1)
    found = verdict(asked, facts, TOO_LATE)

    if asked is self_assessment and counting_at:
        assert found.status == VerdictStatus.MET
        return
    assert (found.status, found.turn, found.reason.code) == (
        VerdictStatus.WAITING, Turn.TRAINER, "quiz_being_marked",
    )  # fmt: skip


def test_a_result_that_is_held_back_waits_for_nobody() -> None:
    facts = with_quiz(counting_at=None, being_marked=True, is_held=True)
    found = verdict(quiz, facts, TOO_LATE)

    assert (found.status, found.turn, found.reason.code) == (
        VerdictStatus.WAITING, Turn.NOBODY, "quiz_held",
    )  # fmt: skip


def test_no_attempts_left_is_the_offices_turn() -> None:
    assert verdict(quiz, with_quiz(attempts_allowed=1), TOO_LATE).turn == Turn.OFFICE


@pytest.mark.parametrize("percent", [None, Decimal(0), Decimal(100)])
def test_the_score_of_a_self_assessment_never_counts(percent: Decimal | None) -> None:
    found = verdict(self_assessment, with_quiz(counting_percent=percent))

    assert found.status == VerdictStatus.MET


def test_a_self_assessment_under_way_is_not_done() -> None:
    found = verdict(self_assessment, with_quiz(counting_at=None, in_progress=True))

    assert (found.status, found.reason.code) == (
        VerdictStatus.PENDING,
        "self_assessment_in_progress",
    )


def test_a_declaration_counts_until_it_is_withdrawn() -> None:
    facts = with_passport(withdrawn_at=TOO_LATE)

    assert verdict(passport, facts).status == VerdictStatus.MET
    assert verdict(passport, facts, TOO_LATE).status == VerdictStatus.OVERDUE


def test_a_declaration_that_the_office_verifies_waits_for_it() -> None:
    asked = replace(passport, needs_verification=True)
    facts = with_passport(verified_at=TOO_LATE, verified_by="Ada Byron")

    waiting, met = verdict(asked, facts), verdict(asked, facts, TOO_LATE)

    assert (waiting.status, waiting.turn) == (VerdictStatus.WAITING, Turn.OFFICE)
    assert (met.status, met.reason.facts) == (VerdictStatus.MET, {"by": "Ada Byron"})


def test_one_declaration_says_nothing_about_another() -> None:
    assert verdict(replace(passport, target="visa"), with_passport()).status != VerdictStatus.MET


def waiver(**fields: object) -> WaiverFact:
    plain = WaiverFact(
        requirement_key="quiz:7", granted_at=JANUARY, reason="Passed it in 2025.", granted_by="Ada"
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def test_a_waiver_settles_what_is_not_met_and_says_who_and_why() -> None:
    found = verdict(quiz, Facts(waivers=(waiver(),)), TOO_LATE)

    assert (found.status, found.fact_at, found.is_settled) == (
        VerdictStatus.WAIVED,
        JANUARY,
        True,
    )
    assert found.reason.facts == {"reason": "Passed it in 2025.", "by": "Ada", "until": None}


@pytest.mark.parametrize(
    "fields",
    [
        {"granted_at": TOO_LATE},
        {"withdrawn_at": IN_TIME},
        {"until": IN_TIME},
        {"requirement_key": "quiz:8"},
    ],
)
def test_a_waiver_holds_only_for_its_requirement_and_its_time(fields: dict[str, object]) -> None:
    assert verdict(quiz, Facts(waivers=(waiver(**fields),))).status == VerdictStatus.PENDING


def test_what_is_met_needs_no_waiver() -> None:
    facts = replace(with_quiz(counting_percent=Decimal(90)), waivers=(waiver(),))

    assert verdict(quiz, facts).status == VerdictStatus.MET


@by_kind
@pytest.mark.parametrize("as_of", [IN_TIME, TOO_LATE])
def test_what_nobody_can_do_is_misconfigured_and_never_overdue(
    asked: Asked, as_of: dt.datetime
) -> None:
    found = verdict(replace(asked, problem="quiz_unpublished"), Facts(), as_of)

    assert (found.status, found.turn) == (VerdictStatus.MISCONFIGURED, Turn.OFFICE)
    assert (found.reason.code, found.link, found.minutes) == ("quiz_unpublished", "", 0)


def test_what_was_earned_counts_although_nobody_else_can_earn_it_now() -> None:
    unpublished = replace(module, problem="module_unpublished")

    assert verdict(unpublished, with_module(completed_at=JANUARY)).status == VerdictStatus.MET


def test_a_waiver_settles_a_misconfigured_requirement() -> None:
    broken = replace(quiz, problem="quiz_missing", target=None)

    assert verdict(broken, Facts(waivers=(waiver(),))).status == VerdictStatus.WAIVED


@pytest.mark.parametrize(
    "rule", [rules.module_completed, rules.quiz_passed, rules.self_assessment_done, rules.declared]
)
def test_a_deleted_target_meets_no_fact(rule: Callable[..., rules.Finding]) -> None:
    asked = Asked(key="x", rule=rule, target=None, problem="quiz_missing")
    facts = Facts(modules={MODULE: Module(completed_at=JANUARY)}, quizzes={QUIZ: Quiz()})

    assert verdict(asked, facts).status == VerdictStatus.MISCONFIGURED
