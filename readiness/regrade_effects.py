"""What a regrade of a quiz means for the departures that require it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import F

from exchanges.models import Exchange, Placement
from quizzes.models import Regrade, RegradeLine
from readiness.affected import not_over
from readiness.demands import demands
from readiness.enums import RequirementKind
from readiness.lines import RequirementLine


@dataclass(slots=True)
class Effect:
    """People of one departure whose attempt reaches what is required now, or no longer."""

    exchange: Exchange
    reach: set[int] = field(default_factory=set)
    miss: set[int] = field(default_factory=set)


def effects(regrade: Regrade, *, as_of: dt.datetime) -> list[Effect]:
    """Return the departures to come or under way that a regrade touches.

    It is about the regraded attempts; where another attempt of the person counts, the
    verdict may stay. The number of queries does not depend on the number of people.
    """
    lines = regrade.lines.filter(refusal="").select_related("attempt")
    found = defaultdict[int, list[RegradeLine]](list)
    for line in lines.exclude(old_passed=F("new_passed"), old_percent=F("new_percent")):
        found[line.attempt.participant_id].append(line)
    if not found:
        return []
    asked = demands(as_of=as_of)
    by_exchange: dict[int, Effect] = {}
    for placement in _placements(found, as_of):
        wanted = [
            one
            for one in asked.of(placement)
            if one.kind == RequirementKind.QUIZ and one.asked.target == regrade.quiz_id
        ]
        effect = by_exchange.setdefault(placement.exchange_id, Effect(placement.exchange))
        for line in found[placement.participant_id]:
            _count(effect, placement, wanted, line)
    return [effect for effect in by_exchange.values() if effect.reach or effect.miss]


def _placements(people: Collection[int], as_of: dt.datetime) -> Iterable[Placement]:
    placements = not_over(as_of.date()).filter(participant__in=people)
    return placements.select_related("office", "exchange__programme", "exchange__host").order_by(
        "exchange__start_date", "pk"
    )


def _count(
    effect: Effect, placement: Placement, wanted: Iterable[RequirementLine], line: RegradeLine
) -> None:
    for one in wanted:
        before, after = _reaches(one, line)
        if after and not before:
            effect.reach.add(placement.pk)
        elif before and not after:
            effect.miss.add(placement.pk)


def _reaches(wanted: RequirementLine, line: RegradeLine) -> tuple[bool, bool]:
    if wanted.asked.own_mark:
        return bool(line.old_passed), bool(line.new_passed)
    needed = wanted.asked.needed
    return (line.old_percent or 0) >= needed, (line.new_percent or 0) >= needed
