"""Which requirements hold for whom: the union of the sets, each requirement once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from modules.enums import Phase
from readiness.dates import Dates, Due
from readiness.enums import RequirementKind, Strength
from readiness.kinds import KINDS, Surroundings
from readiness.models import Requirement
from readiness.rules import Asked

STRENGTHS = [Strength.CAN.value, Strength.SHOULD.value, Strength.SHALL.value]
PHASES = [Phase.BEFORE.value, Phase.DURING.value, Phase.AFTER.value]


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One requirement as a report shows it, whichever sets it comes from.

    Attributes:
        key: names what is asked; waivers and the report's columns go by it.
        name: what is asked: the module's, quiz's, task's or declaration's name.
        needed: the percentage a quiz asks for; None for other kinds.
        url: where everybody does it; empty where it differs by placement.
        dues: its deadlines as rules, one from each set; the earliest holds.
        sets: names of the sets that ask for it.
        role: whose sign-off it is; empty for other kinds.
    """

    key: str
    kind: str
    name: str
    strength: str
    phase: str
    dues: tuple[Due, ...]
    minutes: int
    url: str
    sets: tuple[str, ...]
    asked: Asked
    position: tuple[str, int]
    needed: Decimal | None = None
    role: str = ""

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

    def due_on(self, dates: Dates) -> dt.date:
        """The last day to do it; of what several sets want, the earliest."""
        return min(due.on(dates) for due in self.dues)


def line(
    requirement: Requirement, position: int, around: Surroundings, *, set_name: str
) -> RequirementLine:
    kind = KINDS[requirement.kind]
    asked = kind.asked(requirement, around)
    return RequirementLine(
        key=asked.key,
        kind=requirement.kind,
        name=kind.name(requirement, around),
        strength=requirement.strength,
        phase=requirement.phase,
        dues=(Due(requirement.due_event, requirement.offset_days),),
        minutes=asked.minutes,
        url=kind.url(requirement, around),
        sets=(set_name,),
        asked=asked,
        position=(set_name, position),
        needed=asked.needed if requirement.kind == RequirementKind.QUIZ else None,
        role=requirement.role,
    )


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
        needs_acceptance=one.asked.needs_acceptance or other.asked.needs_acceptance,
    )
    return replace(
        one,
        strength=max(one.strength, other.strength, key=STRENGTHS.index),
        phase=phase,
        dues=tuple(sorted({*one.dues, *other.dues}, key=lambda due: (due.order, due.event))),
        sets=tuple(sorted({*one.sets, *other.sets})),
        asked=asked,
        position=min(one.position, other.position),
        needed=None if one.needed is None else mark.needed,
    )


def _order(one: RequirementLine) -> tuple[int, tuple[int, int], tuple[str, int]]:
    return PHASES.index(one.phase), min(due.order for due in one.dues), one.position
