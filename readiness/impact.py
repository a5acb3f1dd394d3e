"""What a new version of a requirement set would change, for whom: shown before it is published."""

import datetime as dt

from exchanges.models.placements import PlacementQuerySet
from readiness import report
from readiness.affected import not_over, scope_of_draft, within
from readiness.demands import Demands, demands
from readiness.effects import Impact, effect
from readiness.models import RequirementSet, RequirementSetVersion


def impact(proposed: RequirementSetVersion, *, at: dt.datetime, among: PlacementQuerySet) -> Impact:
    """Compare how people whose stay is not over stand at `at` under both sets of rules.

    Only people of `among` are looked at: those whom the reader may see. The same number
    of queries however many they are.
    """
    since = max(at, proposed.effective_at)
    before = demands(as_of=since)
    after = demands(as_of=since, proposed=[proposed])
    people = among.filter(pk__in=_concerned(proposed.requirement_set, before, at))
    old = report.fold(people, as_of=at, asked=before)
    new = {one.placement_id: one for one in report.fold(people, as_of=at, asked=after)}
    found = [effect(one, new[one.placement_id]) for one in old]
    return Impact(len(old), tuple(one for one in found if one is not None))


def _concerned(requirement_set: RequirementSet, before: Demands, at: dt.datetime) -> list[int]:
    """Who is in the draft's scope, or was in that of a version that holds now."""
    scopes = {scope_of_draft(requirement_set)} | {
        one.scope
        for versions in before.sets
        for one in versions
        if one.set_id == requirement_set.pk and one.scope is not None
    }
    people = not_over(at.date())
    found: set[int] = set()
    for scope in scopes:
        found |= set(within(people, scope).values_list("pk", flat=True))
    return sorted(found)
