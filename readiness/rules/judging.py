"""Puts a finding together with waivers, misconfiguration and the due date.

In the same order for every kind of requirement.
"""

import datetime as dt
from collections.abc import Iterable

from readiness.rules.facts import ExtensionFact, Facts, WaiverFact
from readiness.rules.findings import Asked, Finding
from readiness.verdicts import Reason, Verdict, VerdictStatus


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
    turn = asked.turn if finding.turn is None else finding.turn
    return Verdict(status, finding.reason, finding.fact_at, link, finding.minutes, waiting_on=turn)


def _unmet_status(finding: Finding, *, due_at: dt.datetime, as_of: dt.datetime) -> VerdictStatus:
    if finding.failed:
        return VerdictStatus.FAILED
    if finding.waiting:
        return VerdictStatus.WAITING
    return VerdictStatus.OVERDUE if as_of > due_at else VerdictStatus.PENDING


def _waived(waiver: WaiverFact) -> Verdict:
    facts = {"reason": waiver.reason, "by": waiver.granted_by, "until": waiver.until}
    if waiver.does_not_apply:
        reason = Reason("does_not_apply", facts)
        return Verdict(VerdictStatus.NOT_APPLICABLE, reason, waiver.granted_at)
    return Verdict(VerdictStatus.WAIVED, Reason("waived", facts), waiver.granted_at)


def standing_waiver(
    waivers: Iterable[WaiverFact], key: str, as_of: dt.datetime
) -> WaiverFact | None:
    """The newest waiver of this requirement that holds at `as_of`; of two, the longer one."""
    found = [w for w in waivers if w.requirement_key == key and w.stands(as_of)]
    return max(found, key=WaiverFact.rank, default=None)


def extended(
    due_at: dt.datetime, extensions: Iterable[ExtensionFact], key: str, as_of: dt.datetime
) -> dt.datetime:
    """The due moment with the extensions granted by `as_of`; more time never becomes less."""
    granted = [
        one.until for one in extensions if one.requirement_key == key and one.decided_at <= as_of
    ]
    return max([due_at, *granted])
