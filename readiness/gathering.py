"""Reads the facts that a report folds, in a number of queries that never grows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from exchanges.models import Placement
from progress.evidence import Evidence, gather
from readiness.dates import day_after, end_of_day
from readiness.enums import RequirementKind
from readiness.lines import RequirementLine
from readiness.models import Approval, Declaration, Extension, ExternalResult, Waiver
from readiness.rules import DeclarationFact, ExtensionFact, Facts, RecordedFact, WaiverFact

SHOWN = ("participant", "office", "exchange__programme", "exchange__host")
"""What a report names of a placement, fetched together with it."""


def facts(
    placements: Sequence[Placement], lines: Iterable[RequirementLine], *, as_of: dt.datetime
) -> dict[int, Facts]:
    """What is known about each placement that bears on these lines, by placement id."""
    asked = list(lines)
    quizzes = {one.asked.target for one in asked if isinstance(one.asked.target, int)}
    kinds = {one.kind for one in asked}
    evidence = gather(
        sorted({placement.participant_id for placement in placements}),
        module_keys=_keys(asked, *kinds - {RequirementKind.TASK}),
        quiz_ids=quizzes,
        workshop_keys=_keys(asked, RequirementKind.WORKSHOP),
        task_keys=_keys(asked, RequirementKind.TASK),
        as_of=as_of,
    )
    ids = [placement.pk for placement in placements]
    declarations = _declarations(ids)
    waivers = _waivers(placements)
    extensions = _extensions(placements)
    approvals = _approvals(ids) if RequirementKind.APPROVAL in kinds else {}
    results = _results(ids) if RequirementKind.EXTERNAL_RESULT in kinds else {}
    nothing = Evidence(modules={}, quizzes={})
    return {
        placement.pk: Facts(
            modules=evidence.get(placement.participant_id, nothing).modules,
            quizzes=evidence.get(placement.participant_id, nothing).quizzes,
            attended=evidence.get(placement.participant_id, nothing).attended,
            tasks=evidence.get(placement.participant_id, nothing).tasks,
            declarations=tuple(declarations[placement.pk]),
            waivers=tuple(waivers[placement.pk]),
            approvals=tuple(approvals.get(placement.pk, ())),
            results=tuple(results.get(placement.pk, ())),
            extensions=tuple(extensions[placement.pk]),
        )
        for placement in placements
    }


def _keys(asked: Iterable[RequirementLine], *kinds: str) -> set[UUID]:
    """The pages that requirements of these kinds name."""
    targets = (one.asked.target for one in asked if one.kind in kinds)
    return {target for target in targets if isinstance(target, UUID)}


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
                country=str(row.country.code or ""),
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
                does_not_apply=row.does_not_apply,
            )
        )
    return found


def _extensions(placements: Sequence[Placement]) -> dict[int, list[ExtensionFact]]:
    """Those that were granted; what is refused or still open changes no date."""
    zones = {placement.pk: placement.office.time_zone for placement in placements}
    found: dict[int, list[ExtensionFact]] = defaultdict(list)
    rows = Extension.objects.filter(placement__in=list(zones), until__isnull=False)
    for row in rows.order_by("decided_at", "pk"):
        if row.decided_at and row.until:
            until = end_of_day(row.until, zones[row.placement_id])
            found[row.placement_id].append(
                ExtensionFact(row.requirement_key, row.decided_at, until)
            )
    return found


def _approvals(placement_ids: list[int]) -> dict[int, list[RecordedFact]]:
    found: dict[int, list[RecordedFact]] = defaultdict(list)
    rows = Approval.objects.filter(placement__in=placement_ids).select_related("approved_by")
    for row in rows.order_by("approved_at", "pk"):
        found[row.placement_id].append(
            RecordedFact(row.target, row.approved_at, str(row.approved_by), row.withdrawn_at)
        )
    return found


def _results(placement_ids: list[int]) -> dict[int, list[RecordedFact]]:
    """That there are results; what they say is not read here."""
    found: dict[int, list[RecordedFact]] = defaultdict(list)
    rows = ExternalResult.objects.filter(placement__in=placement_ids)
    for row in rows.order_by("recorded_at", "pk"):
        found[row.placement_id].append(
            RecordedFact(row.target, row.recorded_at, withdrawn_at=row.withdrawn_at)
        )
    return found
