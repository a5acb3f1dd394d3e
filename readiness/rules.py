"""From facts and dates to a verdict: plain Python, no Django, no clock of its own.

Each kind of requirement has one rule, which looks at the facts as they stood at
`as_of` and returns a `Finding`. `judge` puts the finding together with waivers,
misconfiguration and the due date, in the same order for every kind. A gate stands
alone: no rule ever sees the result of another.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol
from uuid import UUID

from readiness.verdicts import Reason, Verdict, VerdictStatus


class ModuleFact(Protocol):
    """How far a person is with a module; `progress.evidence` gathers it."""

    @property
    def steps_done(self) -> int: ...
    @property
    def steps_total(self) -> int: ...
    @property
    def started_at(self) -> dt.datetime | None: ...
    @property
    def completed_at(self) -> dt.datetime | None: ...
    @property
    def minutes_left(self) -> int: ...


class QuizFact(Protocol):
    """How a person stands in a quiz; `quizzes.results` gathers it."""

    @property
    def counting_percent(self) -> Decimal | None: ...
    @property
    def counting_at(self) -> dt.datetime | None: ...
    @property
    def attempts_used(self) -> int: ...
    @property
    def attempts_allowed(self) -> int | None: ...
    @property
    def in_progress(self) -> bool: ...
    @property
    def passed(self) -> bool: ...
    @property
    def passed_at(self) -> dt.datetime | None: ...


@dataclass(frozen=True, slots=True)
class DeclarationFact:
    kind: str
    declared_at: dt.datetime
    withdrawn_at: dt.datetime | None = None
    verified_at: dt.datetime | None = None
    verified_by: str = ""

    def stands(self, as_of: dt.datetime) -> bool:
        return _holds(self.declared_at, self.withdrawn_at, as_of)

    def is_verified(self, as_of: dt.datetime) -> bool:
        return self.verified_at is not None and self.verified_at <= as_of

    def rank(self, as_of: dt.datetime) -> tuple[bool, dt.datetime, str]:
        """Of several that stand, the one that says most comes last."""
        return self.is_verified(as_of), self.declared_at, self.verified_by


@dataclass(frozen=True, slots=True)
class WaiverFact:
    """`until` is the first moment at which the waiver no longer holds."""

    requirement_key: str
    granted_at: dt.datetime
    reason: str
    granted_by: str = ""
    withdrawn_at: dt.datetime | None = None
    until: dt.datetime | None = None

    def stands(self, as_of: dt.datetime) -> bool:
        return _holds(self.granted_at, self.withdrawn_at, as_of) and (
            self.until is None or as_of < self.until
        )


def _holds(since: dt.datetime, ended: dt.datetime | None, as_of: dt.datetime) -> bool:
    return since <= as_of and (ended is None or as_of < ended)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known about one person on one placement."""

    modules: Mapping[UUID, ModuleFact] = field(default_factory=dict)
    quizzes: Mapping[int, QuizFact] = field(default_factory=dict)
    declarations: tuple[DeclarationFact, ...] = ()
    waivers: tuple[WaiverFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a kind's rule found out, before dates, waivers and misconfiguration."""

    reason: Reason
    met: bool = False
    waiting: bool = False
    failed: bool = False
    fact_at: dt.datetime | None = None
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement in plain terms.

    Attributes:
        key: names what is asked, whichever set asks it.
        rule: the rule of its kind.
        target: a module's translation key, a quiz's id or a declaration's kind;
            None when it no longer exists.
        problem: why nobody can meet it, as a reason's code; empty when all is well.
        needed: the percentage that a quiz asks for.
        own_mark: `needed` is the quiz's own pass mark, so a pass stays a pass
            although the mark was raised afterwards.
        needs_verification: the office has to confirm what was declared.
        minutes: what it takes from start to end.
    """

    key: str
    rule: "Rule"
    target: UUID | int | str | None
    problem: str = ""
    needed: Decimal = Decimal(0)
    own_mark: bool = False
    needs_verification: bool = False
    minutes: int = 0


Rule = Callable[[Asked, Facts, dt.datetime], Finding]


def judge(
    asked: Asked, facts: Facts, *, due_at: dt.datetime, as_of: dt.datetime, link: str = ""
) -> Verdict:
    """Say how one requirement of one person stood at `as_of`.

    What was earned counts even where the requirement is misconfigured by now, and
    a waiver settles what is not met. A requirement that nobody can meet is never
    overdue: that is the office's turn, not the participant's.
    """
    finding = asked.rule(asked, facts, as_of)
    if finding.met:
        return Verdict(VerdictStatus.MET, finding.reason, finding.fact_at, link)
    if waiver := standing_waiver(facts.waivers, asked.key, as_of):
        return _waived(waiver)
    if asked.problem:
        return Verdict(VerdictStatus.MISCONFIGURED, Reason(asked.problem))
    status = _unmet_status(finding, due_at=due_at, as_of=as_of)
    return Verdict(status, finding.reason, finding.fact_at, link, finding.minutes)


def _unmet_status(finding: Finding, *, due_at: dt.datetime, as_of: dt.datetime) -> VerdictStatus:
    if finding.failed:
        return VerdictStatus.FAILED
    if finding.waiting:
        return VerdictStatus.WAITING
    return VerdictStatus.OVERDUE if as_of > due_at else VerdictStatus.PENDING


def _waived(waiver: WaiverFact) -> Verdict:
    reason = Reason(
        "waived",
        {"reason": waiver.reason, "by": waiver.granted_by, "until": waiver.until},
    )
    return Verdict(VerdictStatus.WAIVED, reason, waiver.granted_at)


def standing_waiver(
    waivers: Iterable[WaiverFact], key: str, as_of: dt.datetime
) -> WaiverFact | None:
    """The newest waiver of this requirement that holds at `as_of`."""
    found = [w for w in waivers if w.requirement_key == key and w.stands(as_of)]
    return max(found, key=lambda w: (w.granted_at, w.reason), default=None)


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
        code = "quiz_in_progress" if fact and fact.in_progress else "quiz_not_taken"
        return Finding(Reason(code, {"needed": asked.needed}), minutes=asked.minutes)
    percent = fact.counting_percent or Decimal(0)
    score = {"percent": percent, "needed": asked.needed}
    if asked.own_mark and fact.passed:
        return Finding(Reason("quiz_passed", score), met=True, fact_at=fact.passed_at)
    if percent >= asked.needed:
        return Finding(Reason("quiz_passed", score), met=True, fact_at=fact.counting_at)
    left = _attempts_left(fact)
    if left == 0 and not fact.in_progress:
        return Finding(
            Reason("quiz_no_attempts_left", score), failed=True, fact_at=fact.counting_at
        )
    return Finding(
        Reason("quiz_below", {**score, "left": left}),
        fact_at=fact.counting_at,
        minutes=asked.minutes,
    )


def self_assessment_done(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    """Handing it in is enough: its score never counts."""
    fact = _quiz_fact(asked, facts)
    if fact is not None and _has_result(fact, as_of):
        return Finding(Reason("self_assessment_done"), met=True, fact_at=fact.counting_at)
    started = fact is not None and fact.in_progress
    code = "self_assessment_in_progress" if started else "self_assessment_not_done"
    return Finding(Reason(code), minutes=asked.minutes)


def declared(asked: Asked, facts: Facts, as_of: dt.datetime) -> Finding:
    standing = [d for d in facts.declarations if d.kind == asked.target and d.stands(as_of)]
    fact = max(standing, key=lambda d: d.rank(as_of), default=None)
    if fact is None:
        return Finding(Reason("not_declared"), minutes=asked.minutes)
    if fact.is_verified(as_of):
        reason = Reason("declaration_verified", {"by": fact.verified_by})
        return Finding(reason, met=True, fact_at=fact.declared_at)
    if asked.needs_verification:
        return Finding(Reason("declaration_unverified"), waiting=True, fact_at=fact.declared_at)
    return Finding(Reason("declared"), met=True, fact_at=fact.declared_at)


def _quiz_fact(asked: Asked, facts: Facts) -> QuizFact | None:
    return facts.quizzes.get(asked.target) if isinstance(asked.target, int) else None


def _has_result(fact: QuizFact, as_of: dt.datetime) -> bool:
    return fact.counting_at is not None and fact.counting_at <= as_of


def _attempts_left(fact: QuizFact) -> int | None:
    if fact.attempts_allowed is None:
        return None
    return max(fact.attempts_allowed - fact.attempts_used, 0)
