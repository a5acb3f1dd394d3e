"""Reads everything that a report folds, in a number of queries that never grows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, QuerySet

from exchanges.models import Placement
from modules.models import ModulePage
from modules.outline import outlines
from progress.evidence import Evidence, gather
from readiness.dates import day_after
from readiness.kinds import Surroundings
from readiness.lines import RequirementLine, applies, line, merge
from readiness.models import Declaration, Requirement, RequirementSet, Waiver
from readiness.rules import DeclarationFact, Facts, WaiverFact

SHOWN = ("participant", "office", "exchange__programme", "exchange__host")
"""What a report names of a placement, fetched together with it."""


@dataclass(frozen=True, slots=True)
class Demands:
    """The requirement sets in force, and what each of their requirements asks."""

    sets: tuple[tuple[RequirementSet, tuple[RequirementLine, ...]], ...]

    def of(self, placement: Placement) -> tuple[RequirementLine, ...]:
        """The union of the sets that match the placement, each requirement once."""
        return merge(
            one
            for requirement_set, lines in self.sets
            if applies(
                requirement_set,
                programme_id=placement.exchange.programme_id,
                audience=placement.audience,
            )
            for one in lines
        )


def demands() -> Demands:
    """Every requirement set in force."""
    by_set: dict[RequirementSet, list[RequirementLine]] = defaultdict(list)
    for requirement, one in _lines(Requirement.objects.filter(requirement_set__is_active=True)):
        by_set[requirement.requirement_set].append(one)
    return Demands(tuple((one, tuple(lines)) for one, lines in by_set.items()))


def lines_of(requirement_set: RequirementSet) -> list[RequirementLine]:
    """What one set asks, whether or not it is in force."""
    found = Requirement.objects.filter(requirement_set=requirement_set)
    return [one for _requirement, one in _lines(found)]


def _lines(found: QuerySet[Requirement]) -> list[tuple[Requirement, RequirementLine]]:
    requirements = list(
        found.select_related("requirement_set", "module", "quiz")
        .annotate(live_pass_mark=F("quiz__live_version__paper__pass_mark"))
        .order_by("requirement_set__name", "sort_order", "pk")
    )
    around = Surroundings(outlines=outlines(_modules(requirements)))
    return [
        (requirement, line(requirement, position, around))
        for position, requirement in enumerate(requirements)
    ]


def _modules(requirements: Iterable[Requirement]) -> list[ModulePage]:
    found = {r.module.pk: r.module for r in requirements if r.module is not None}
    return list(found.values())


def facts(
    placements: Sequence[Placement], lines: Iterable[RequirementLine], *, as_of: dt.datetime
) -> dict[int, Facts]:
    """What is known about each placement that bears on these lines, by placement id."""
    targets = {one.asked.target for one in lines}
    evidence = gather(
        sorted({placement.participant_id for placement in placements}),
        module_keys={target for target in targets if isinstance(target, UUID)},
        quiz_ids={target for target in targets if isinstance(target, int)},
        as_of=as_of,
    )
    ids = [placement.pk for placement in placements]
    declarations = _declarations(ids)
    waivers = _waivers(placements)
    nothing = Evidence(modules={}, quizzes={})
    return {
        placement.pk: Facts(
            modules=evidence.get(placement.participant_id, nothing).modules,
            quizzes=evidence.get(placement.participant_id, nothing).quizzes,
            declarations=tuple(declarations[placement.pk]),
            waivers=tuple(waivers[placement.pk]),
        )
        for placement in placements
    }


def _declarations(placement_ids: list[int]) -> dict[int, list[DeclarationFact]]:
    found: dict[int, list[DeclarationFact]] = defaultdict(list)
    rows = Declaration.objects.filter(placement__in=placement_ids).select_related("verified_by")
    for row in rows.order_by("declared_at", "pk"):
        found[row.placement_id].append(
            DeclarationFact(
                kind=row.kind,
                declared_at=row.declared_at,
                withdrawn_at=row.withdrawn_at,
                verified_at=row.verified_at,
                verified_by=str(row.verified_by or ""),
            )
        )
    return found


def _waivers(placements: Sequence[Placement]) -> dict[int, list[WaiverFact]]:
    zones = {placement.pk: placement.office.time_zone for placement in placements}
    found: dict[int, list[WaiverFact]] = defaultdict(list)
    rows = Waiver.objects.filter(placement__in=list(zones)).select_related("granted_by")
    for row in rows.order_by("granted_at", "pk"):
        found[row.placement_id].append(
            WaiverFact(
                requirement_key=row.requirement_key,
                granted_at=row.granted_at,
                reason=row.reason,
                granted_by=str(row.granted_by),
                withdrawn_at=row.withdrawn_at,
                until=day_after(row.until, zones[row.placement_id]) if row.until else None,
            )
        )
    return found
