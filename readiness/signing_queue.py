"""Whose sign-off is waited for: what one person can sign off in the roles that they have."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from exchanges.models import Placement
from exchanges.visibility import NOTHING, coordinated_by
from people import roles
from people.models import User
from readiness.demands import Demands, demands
from readiness.enums import ApprovingRole, RequirementKind
from readiness.lines import RequirementLine
from readiness.models import OpenRequirement, StateChange

Lines = QuerySet[OpenRequirement]
SHOWN = ("row__placement__participant", "row__placement__office", "row__host", "row__programme")
Tick = tuple[UUID, str]
"""A mobility ID, and the key of what is to be signed off for it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One sign-off that is waited for; `since` is when the person was first on record here."""

    line: OpenRequirement
    asked: RequirementLine
    due_on: dt.date
    since: dt.datetime | None
    is_late: bool

    @property
    def placement(self) -> Placement:
        return self.line.row.placement

    @property
    def name(self) -> str:
        return str(self.placement.participant)

    @property
    def tick(self) -> str:
        """As it stands in an address; `read_tick` reads it."""
        return f"{self.placement.omobility_id}:{self.asked.key}"


def signs_off(user: User) -> bool:
    """Whether the user has a role whose sign-off can be asked for."""
    return roles.is_trainer(user) or roles.is_coordinator(user)


def lines_waiting(
    user: User, *, at: dt.datetime, asked_of_all: Demands | None = None
) -> tuple[Lines, Mapping[str, RequirementLine]]:
    """What waits for this person, the longest wait first, and what each key asks.

    Whose stay is over, and oneself, is left out. `asked_of_all` stands in for what is
    asked at that moment.
    """
    asked = {
        one.key: one
        for one in (asked_of_all or demands(as_of=at)).all_lines()
        if one.kind == RequirementKind.APPROVAL
    }
    first = StateChange.objects.filter(placement=OuterRef("row")).order_by("noticed_at")
    found = (
        OpenRequirement.objects.filter(
            _mine(user, asked.values()),
            open_from__lte=at,
            row__is_cancelled=False,
            row__ends_on__gte=at.date(),
        )
        .exclude(row__participant=user)
        .annotate(since=Subquery(first.values("noticed_at")[:1]))
    )
    return found.order_by(F("since").asc(nulls_last=True), "due_at", "pk"), asked


def waiting(
    lines: Iterable[OpenRequirement], asked: Mapping[str, RequirementLine], *, at: dt.datetime
) -> list[Waiting]:
    """These lines, read with `SHOWN`, with whom they are about."""
    return [
        Waiting(
            line=line,
            asked=asked[line.key],
            due_on=line.due_at.astimezone(line.row.placement.office.time_zone).date(),
            since=line.since,  # type: ignore[attr-defined]  # annotated by `lines_waiting`.
            is_late=line.due_at < at,
        )
        for line in lines
    ]


def ticked(user: User, ticks: Sequence[Tick], *, at: dt.datetime) -> list[Waiting]:
    """Those of the ticked ones that still wait for this person."""
    lines, asked = lines_waiting(user, at=at)
    some = lines.filter(
        row__placement__omobility_id__in=[mobility for mobility, _key in ticks],
        key__in=[key for _mobility, key in ticks],
    ).select_related(*SHOWN)
    wanted = set(ticks)
    found = waiting(some, asked, at=at)
    return [one for one in found if (one.placement.omobility_id, one.asked.key) in wanted]


def read_tick(text: str) -> Tick | None:
    """A tick out of an address; None of anything else."""
    mobility, _colon, key = text.partition(":")
    try:
        return UUID(mobility), key
    except ValueError:
        return None


def _mine(user: User, asked: Iterable[RequirementLine]) -> Q:
    keys: dict[str, list[str]] = {role: [] for role in ApprovingRole.values}
    for one in asked:
        keys[one.role].append(one.key)
    own = coordinated_by(user, through="row__placement__")
    found = NOTHING
    if roles.is_trainer(user):
        found |= Q(key__in=keys[ApprovingRole.TRAINER])
    if roles.is_coordinator(user):
        found |= Q(key__in=keys[ApprovingRole.COORDINATOR]) & own
    if roles.is_administrator(user):
        found |= Q(key__in=keys[ApprovingRole.ADMINISTRATOR]) & own
    return found
