"""Which requirements hold for whom: the union of the sets, each requirement once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from modules.enums import Phase
from readiness.dates import due_on
from readiness.enums import RequirementKind, Strength
from readiness.kinds import KINDS, Surroundings
from readiness.models import Requirement, RequirementSet
from readiness.rules import Asked

STRENGTHS = [Strength.CAN.value, Strength.SHOULD.value, Strength.SHALL.value]
PHASES = [Phase.BEFORE.value, Phase.DURING.value, Phase.AFTER.value]


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One requirement as a report shows it, whichever sets it comes from.

    Attributes:
        key: names what is asked; waivers and the report's columns go by it.
        name: what is asked: the module's, quiz's or declaration's name.
        needed: the percentage a quiz asks for; None for other kinds.
        url: where everybody does it; empty where it differs by placement.
        sets: names of the sets that ask for it.
    """

    key: str
    kind: str
    name: str
    strength: str
    phase: str
    days_before: int
    minutes: int
    url: str
    sets: tuple[str, ...]
    asked: Asked
    position: tuple[str, int]
    needed: Decimal | None = None

    @property
    def blocks(self) -> bool:
        """Whether somebody who has not met it is not ready to depart."""
        return self.strength == Strength.SHALL.value and self.phase == Phase.BEFORE.value

    @property
    def kind_label(self) -> str:
        return str(RequirementKind(self.kind).label)

    @property
    def strength_label(self) -> str:
        return str(Strength(self.strength).label)

    @property
    def phase_label(self) -> str:
        return str(Phase(self.phase).label)

    def due_on(self, *, starts_on: dt.date, ends_on: dt.date) -> dt.date:
        return due_on(
            phase=self.phase, days_before=self.days_before, starts_on=starts_on, ends_on=ends_on
        )


def line(requirement: Requirement, position: int, around: Surroundings) -> RequirementLine:
    kind = KINDS[requirement.kind]
    asked = kind.asked(requirement, around)
    return RequirementLine(
        key=asked.key,
        kind=requirement.kind,
        name=kind.name(requirement),
        strength=requirement.strength,
        phase=requirement.phase,
        days_before=requirement.days_before,
        minutes=asked.minutes,
        url=kind.url(requirement, around),
        sets=(requirement.requirement_set.name,),
        asked=asked,
        position=(requirement.requirement_set.name, position),
        needed=asked.needed if requirement.kind == RequirementKind.QUIZ else None,
    )


def applies(requirement_set: RequirementSet, *, programme_id: int, audience: str) -> bool:
    return requirement_set.programme_id in {None, programme_id} and requirement_set.audience in {
        "",
        audience,
    }


def merge(lines: Iterable[RequirementLine]) -> tuple[RequirementLine, ...]:
    """Each requirement once, the strictest wish of all sets; first due comes first."""
    merged: dict[str, RequirementLine] = {}
    for one in lines:
        known = merged.get(one.key)
        merged[one.key] = _strictest(known, one) if known else one
    return tuple(sorted(merged.values(), key=_order))


def _strictest(one: RequirementLine, other: RequirementLine) -> RequirementLine:
    phase = min(one.phase, other.phase, key=PHASES.index)
    mark = max(one.asked, other.asked, key=lambda asked: (asked.needed, not asked.own_mark))
    asked = replace(
        one.asked,
        needed=mark.needed,
        own_mark=mark.own_mark,
        needs_verification=one.asked.needs_verification or other.asked.needs_verification,
    )
    return replace(
        one,
        strength=max(one.strength, other.strength, key=STRENGTHS.index),
        phase=phase,
        days_before=max(x.days_before for x in (one, other) if x.phase == phase),
        sets=tuple(sorted({*one.sets, *other.sets})),
        asked=asked,
        position=min(one.position, other.position),
        needed=None if one.needed is None else mark.needed,
    )


def _order(one: RequirementLine) -> tuple[int, int, tuple[str, int]]:
    return PHASES.index(one.phase), -one.days_before, one.position
