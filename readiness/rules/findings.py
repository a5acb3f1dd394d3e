"""What each kind of requirement finds in the facts as they stood at `as_of`.

A gate stands alone: no rule ever sees the result of another.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from readiness.rules.facts import DeclarationFact, Facts, QuizFact, RecordedFact
from readiness.verdicts import Reason, Turn


@dataclass(frozen=True, slots=True)
class Finding:
    """What a kind's rule found out, before dates, waivers and misconfiguration.

    `turn` is whose word is waited for, where it is not the one that the requirement names.
    """

    reason: Reason
    met: bool = False
    waiting: bool = False
    failed: bool = False
    fact_at: dt.datetime | None = None
    minutes: int = 0
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement in plain terms.

    Attributes:
        key: names what is asked, whichever set asks it.
        rule: the rule of its kind.
        target: a module's or task's translation key, a quiz's id or a declaration's kind;
            None when it no longer exists.
        problem: why nobody can meet it, as a reason's code; empty when all is well.
        needed: the percentage that a quiz asks for.
        own_mark: `needed` is the quiz's own pass mark, so a pass stays a pass
            although the mark was raised afterwards.
        needs_verification: the office has to confirm what was declared.
        country: where the person goes, if what is declared depends on it; else empty.
        needs_acceptance: a trainer has to accept the task that was handed in.
        counts: which attempt of a quiz counts, `best` or `last`; empty for the quiz's
            own way.
        turn: who has to act where the office's word is waited for.
        minutes: what it takes from start to end.
    """

    key: str
    rule: "Rule"
    target: UUID | int | str | None
    problem: str = ""
    needed: Decimal = Decimal(0)
    own_mark: bool = False
    needs_verification: bool = False
    needs_acceptance: bool = False
    country: str = ""
    counts: str = ""
    turn: Turn = Turn.OFFICE
    minutes: int = 0


Rule = Callable[[Asked, Facts, dt.datetime], Finding]


def module_completed(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    fact = facts.modules.get(asked.target) if isinstance(asked.target, UUID) else None
    if fact and fact.completed_at and fact.completed_at <= as_of:
        return Finding(Reason("module_completed"), met=True, fact_at=fact.completed_at)
    if fact is None or fact.started_at is None or fact.started_at > as_of:
        return Finding(Reason("module_not_started"), minutes=asked.minutes)
    steps = {"done": fact.steps_done, "total": fact.steps_total}
    return Finding(
        Reason("module_under_way", steps), fact_at=fact.started_at, minutes=fact.minutes_left
    )


def quiz_passed(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    fact = _quiz_fact(asked, facts)
    if fact is None or not _has_result(fact, as_of):
        return _no_result(fact, asked)
    percent, at = _result(fact, asked.counts)
    score = {"percent": percent, "needed": asked.needed}
    if asked.own_mark and not asked.counts and fact.passed:
        return Finding(Reason("quiz_passed", score), met=True, fact_at=fact.passed_at)
    if percent >= asked.needed:
        return Finding(Reason("quiz_passed", score), met=True, fact_at=at)
    if fact.being_marked:
        return _awaited(fact)
    left = _attempts_left(fact)
    if left == 0 and not fact.in_progress:
        return Finding(Reason("quiz_no_attempts_left", score), failed=True, fact_at=at)
    return Finding(Reason("quiz_below", {**score, "left": left}), fact_at=at, minutes=asked.minutes)


def _no_result(fact: QuizFact | None, asked: Asked) -> Finding:
    """Nothing counts yet: it is being marked, was never handed in, or is still to do."""
    if fact and fact.being_marked:
        return _awaited(fact)
    if fact and fact.given_up_at and _attempts_left(fact) == 0 and not fact.in_progress:
        return Finding(Reason("quiz_given_up"), failed=True, fact_at=fact.given_up_at)
    code = "quiz_in_progress" if fact and fact.in_progress else "quiz_not_taken"
    return Finding(Reason(code, {"needed": asked.needed}), minutes=asked.minutes)


def _awaited(fact: QuizFact) -> Finding:
    if fact.is_held:
        return Finding(Reason("quiz_held"), waiting=True, turn=Turn.NOBODY)
    return Finding(Reason("quiz_being_marked"), waiting=True, turn=Turn.TRAINER)


def self_assessment_done(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    """Handing it in is enough: its score never counts."""
    fact = _quiz_fact(asked, facts)
    if fact is not None and _has_result(fact, as_of):
        return Finding(Reason("self_assessment_done"), met=True, fact_at=fact.counting_at)
    if fact and fact.being_marked:
        return _awaited(fact)
    started = fact is not None and fact.in_progress
    code = "self_assessment_in_progress" if started else "self_assessment_not_done"
    return Finding(Reason(code), minutes=asked.minutes)


def declared(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    standing = [d for d in facts.declarations if d.kind == asked.target and d.stands(as_of)]
    here = [d for d in standing if d.is_about(asked.country)]
    fact = max(here, key=lambda d: d.rank(as_of), default=None)
    if fact is None and standing:
        return _declared_elsewhere(asked, standing)
    if fact is None:
        return Finding(Reason("not_declared"), minutes=asked.minutes)
    if fact.is_verified(as_of):
        reason = Reason("declaration_verified", {"by": fact.verified_by})
        return Finding(reason, met=True, fact_at=fact.declared_at)
    if asked.needs_verification:
        return Finding(Reason("declaration_unverified"), waiting=True, fact_at=fact.declared_at)
    return Finding(Reason("declared"), met=True, fact_at=fact.declared_at)


def _declared_elsewhere(asked: Asked, standing: Iterable[DeclarationFact]) -> Finding:
    """The newest word, which was given for another country."""
    fact = max(standing, key=lambda d: (d.declared_at, d.country))
    said = {"day": fact.declared_at, "old_country": fact.country, "new_country": asked.country}
    return Finding(
        Reason("declared_elsewhere", said), fact_at=fact.declared_at, minutes=asked.minutes
    )


def workshop_attended(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    """One attended session, by a trainer's word, is enough."""
    held_at = facts.attended.get(asked.target) if isinstance(asked.target, UUID) else None
    if held_at and held_at <= as_of:
        return Finding(Reason("workshop_attended"), met=True, fact_at=held_at)
    return Finding(Reason("workshop_not_attended"), minutes=asked.minutes)


def task_done(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    """What was handed in once stays so; what a trainer asks again for is the writer's turn."""
    fact = facts.tasks.get(asked.target) if isinstance(asked.target, UUID) else None
    if fact is None or fact.first_submitted_at > as_of:
        return Finding(Reason("task_not_handed_in"), minutes=asked.minutes)
    if not asked.needs_acceptance:
        return Finding(Reason("task_handed_in"), met=True, fact_at=fact.first_submitted_at)
    if fact.accepted_at and fact.accepted_at <= as_of:
        return Finding(Reason("task_accepted"), met=True, fact_at=fact.accepted_at)
    if fact.asked_again_at and fact.asked_again_at <= as_of:
        reason = Reason("task_asked_again")
        return Finding(reason, fact_at=fact.asked_again_at, minutes=asked.minutes)
    return Finding(Reason("task_waits"), waiting=True, fact_at=fact.submitted_at)


def result_recorded(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    """That there is a result is enough: its value is recorded, never scored."""
    fact = _newest(facts.results, asked.target, as_of)
    if fact:
        return Finding(Reason("result_recorded"), met=True, fact_at=fact.recorded_at)
    return Finding(Reason("result_not_recorded"), minutes=asked.minutes)


def approved(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    fact = _newest(facts.approvals, asked.target, as_of)
    if fact:
        reason = Reason("approved", {"by": fact.by})
        return Finding(reason, met=True, fact_at=fact.recorded_at)
    return Finding(Reason(f"not_approved_by_{asked.turn}"), waiting=True)


def _newest(
    facts: Iterable[RecordedFact], target: object, as_of: dt.datetime
) -> RecordedFact | None:
    standing = [fact for fact in facts if fact.target == target and fact.stands(as_of)]
    return max(standing, key=lambda fact: (fact.recorded_at, fact.by), default=None)


def _result(fact: QuizFact, counts: str) -> tuple[Decimal, dt.datetime | None]:
    """The percentage that counts, and when it came about."""
    percent, at = {
        "best": (fact.best_percent, fact.best_at),
        "last": (fact.last_percent, fact.last_at),
    }.get(counts, (fact.counting_percent, fact.counting_at))
    return percent or Decimal(0), at


def _quiz_fact(asked: Asked, facts: Facts) -> QuizFact | None:
    return facts.quizzes.get(asked.target) if isinstance(asked.target, int) else None


def _has_result(fact: QuizFact, as_of: dt.datetime) -> bool:
    return fact.counting_at is not None and fact.counting_at <= as_of


def _attempts_left(fact: QuizFact) -> int | None:
    if fact.attempts_allowed is None:
        return None
    return max(fact.attempts_allowed - fact.attempts_used, 0)
