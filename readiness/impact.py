"""What a new version of a requirement set would change, for whom: shown before it is published."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from exchanges.models.placements import PlacementQuerySet
from library.cells import neutralise
from readiness import report
from readiness.affected import not_over, scope_of_draft, within
from readiness.demands import Demands, demands
from readiness.models import RequirementSet, RequirementSetVersion
from readiness.shapes import PlacementReadiness
from readiness.verdicts import PlacementState
from readiness.wording import STATE_LABELS


@dataclass(frozen=True, slots=True)
class Effect:
    """One person before and after."""

    omobility_id: UUID
    name: str
    exchange: str
    departs_on: dt.date
    before: PlacementState
    after: PlacementState
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[str, ...]

    @property
    def in_words(self) -> str:
        parts = (
            (_("asked in addition: %(names)s"), self.added),
            (_("no longer asked: %(names)s"), self.removed),
            (_("asked differently: %(names)s"), self.moved),
        )
        return "; ".join(text % {"names": ", ".join(names)} for text, names in parts if names)

    @property
    def before_label(self) -> str:
        return str(STATE_LABELS[self.before])

    @property
    def after_label(self) -> str:
        return str(STATE_LABELS[self.after])


@dataclass(frozen=True, slots=True)
class Impact:
    """Everybody looked at, and those for whom something changes."""

    looked_at: int
    effects: tuple[Effect, ...]

    @property
    def transitions(self) -> list[tuple[str, str, int]]:
        """How many go from which state to which, most first."""
        counted = Counter((one.before_label, one.after_label) for one in self.effects)
        return [(before, after, number) for (before, after), number in counted.most_common()]


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
    found = [_effect(one, new[one.placement_id]) for one in old]
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


def _effect(before: PlacementReadiness, after: PlacementReadiness) -> Effect | None:
    was = {cell.requirement.key: cell for cell in before.cells}
    now = {cell.requirement.key: cell for cell in after.cells}
    moved = [
        now[key].requirement.name
        for key in was.keys() & now.keys()
        if (was[key].due_on, was[key].requirement.strength, was[key].status)
        != (now[key].due_on, now[key].requirement.strength, now[key].status)
    ]
    added = [now[key].requirement.name for key in now if key not in was]
    removed = [was[key].requirement.name for key in was if key not in now]
    if not (added or removed or moved or before.state != after.state):
        return None
    return Effect(
        omobility_id=after.omobility_id,
        name=after.participant_name,
        exchange=after.exchange.title,
        departs_on=after.departs_on,
        before=before.state,
        after=after.state,
        added=tuple(added),
        removed=tuple(removed),
        moved=tuple(sorted(moved)),
    )


def to_csv(found: Impact) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(_rows(found))
    return out.getvalue()


def _rows(found: Impact) -> Iterator[list[str]]:
    yield [
        _("Mobility ID"),
        _("Name"),
        _("Exchange"),
        _("Leaves home"),
        _("State now"),
        _("State afterwards"),
        _("What changes"),
    ]
    for one in found.effects:
        yield [
            str(one.omobility_id),
            neutralise(one.name),
            neutralise(one.exchange),
            one.departs_on.isoformat(),
            one.before_label,
            one.after_label,
            neutralise(one.in_words),
        ]
