"""The desk's lists, asked of the rows: who, in which state, and how many of each.

Every question takes `as_of` and compares stored moments with it, so that an answer is
right at any time although nobody has touched the rows (see `readiness.figures`).
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet

from exchanges.models import Exchange, Placement
from exchanges.visibility import answers_for, looks_at
from people.models import User
from readiness.figures import Deadline, Progress
from readiness.models import OpenRequirement, StateRow
from readiness.verdicts import PlacementState, Turn

Rows = QuerySet[StateRow]

GROUPS = {
    "programme": "programme__name",
    "host": "host__name",
    "country": "country",
    "office": "office__name",
    "term": "term",
    "audience": "audience",
    "activity_type": "activity_type",
    "coordinator": "coordinator__email",
}
"""What people can be counted by, and what names each group."""


def rows_of(user: User) -> Rows:
    """The rows of the placements that user answers for."""
    return StateRow.objects.filter(answers_for(user, through="office__"))


def rows_seen_by(user: User) -> Rows:
    """The rows of the placements that user may look at: answered for or observed."""
    return StateRow.objects.filter(looks_at(user, through="office__"))


def ready(as_of: dt.datetime) -> Q:
    return Q(unready_from__gt=as_of)


def departed(as_of: dt.datetime) -> Q:
    return Q(leaves_at__lte=as_of)


def in_state(state: str, as_of: dt.datetime) -> Q:
    """What `figures.Figures.state` says, asked of the database."""
    if state == PlacementState.CANCELLED:
        return Q(is_cancelled=True)
    going = Q(is_cancelled=False)
    wanted = {
        PlacementState.READY: ready(as_of) & ~departed(as_of),
        PlacementState.NOT_READY: ~ready(as_of) & ~departed(as_of),
        PlacementState.DEPARTED_READY: ready(as_of) & departed(as_of),
        PlacementState.DEPARTED_UNREADY: ~ready(as_of) & departed(as_of),
    }
    return going & wanted[PlacementState(state)]


def at_deadline(deadline: str, as_of: dt.datetime) -> Q:
    late, risky = Q(late_from__lte=as_of), Q(risk_from__lte=as_of)
    wanted = {
        Deadline.LATE: late,
        Deadline.AT_RISK: risky & ~late,
        Deadline.ON_TRACK: ~risky & ~late,
    }
    return wanted[Deadline(deadline)]


def in_progress(progress: str, as_of: dt.datetime) -> Q:
    begun = Q(first_activity_at__isnull=False)
    wanted = {
        Progress.COMPLETE: ready(as_of),
        Progress.IN_PROGRESS: ~ready(as_of) & begun,
        Progress.NOT_STARTED: ~ready(as_of) & ~begun,
    }
    return wanted[Progress(progress)]


def lacking(key: str, as_of: dt.datetime) -> Exists:
    """Whom this requirement keeps from being ready.

    The range holds one key. Asked for an equal one, SQLite takes the unique index without a
    look at others, and reads the table for each person; the index of what blocks has it all.
    """
    return Exists(
        OpenRequirement.objects.filter(
            row=OuterRef("pk"), key__range=(key, key), blocks=True, open_from__lte=as_of
        )
    )


def blocked(as_of: dt.datetime) -> Q:
    """Joined with each thing that keeps somebody from being ready."""
    return Q(open_requirements__blocks=True, open_requirements__open_from__lte=as_of)


def turn_of(turn: str) -> Q:
    wanted = {Turn.PARTICIPANT.value: Q(participant_turn__gt=0)}
    return wanted.get(turn, Q(office_turn__gt=0))


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people of a group there are, and how they stand."""

    value: Any
    name: str
    people: int
    ready: int
    at_risk: int
    late: int

    @property
    def not_ready(self) -> int:
        return self.people - self.ready


def _counts(as_of: dt.datetime) -> dict[str, Count]:
    return {
        "people": Count("pk"),
        "ready": Count("pk", filter=ready(as_of)),
        "at_risk": Count("pk", filter=at_deadline(Deadline.AT_RISK, as_of)),
        "late": Count("pk", filter=at_deadline(Deadline.LATE, as_of)),
    }


def grouped(rows: Rows, by: str, *, as_of: dt.datetime) -> list[Counts]:
    """People who are not cancelled, counted by one of `GROUPS`; one query."""
    name = GROUPS[by]
    found = (
        rows.filter(is_cancelled=False)
        .order_by()
        .values(by, group_name=F(name))
        .annotate(**_counts(as_of))
        .order_by("-people", "group_name")
    )
    return [
        Counts(
            value=one[by],
            name=str(one["group_name"] or ""),
            people=one["people"],
            ready=one["ready"],
            at_risk=one["at_risk"],
            late=one["late"],
        )
        for one in found
    ]


def by_day(rows: Rows, *, as_of: dt.datetime) -> list[tuple[dt.date, int, int]]:
    """For each day of departure how many leave ready, and how many do not."""
    found = (
        rows.filter(is_cancelled=False)
        .order_by()
        .values("departs_on")
        .annotate(ready=Count("pk", filter=ready(as_of)), people=Count("pk"))
        .order_by("departs_on")
    )
    return [(one["departs_on"], one["ready"], one["people"] - one["ready"]) for one in found]


def missing(rows: Rows, *, as_of: dt.datetime) -> list[tuple[str, str, int]]:
    """For each requirement and turn how many people of these lack it, most first."""
    found = (
        rows.filter(blocked(as_of), is_cancelled=False)
        .order_by()
        .values_list("open_requirements__key", "open_requirements__turn")
        .annotate(people=Count("pk"))
    )
    return sorted(found, key=lambda one: (-one[2], one[0], one[1]))


class Lack(NamedTuple):
    """One thing that keeps somebody from being ready."""

    key: str
    turn: str
    due_at: dt.datetime
    minutes: int


def lacks_of(ids: Sequence[int], *, as_of: dt.datetime) -> Mapping[int, list[Lack]]:
    """What each of these people lacks, first due first; one query."""
    found: dict[int, list[Lack]] = {pk: [] for pk in ids}
    lines = OpenRequirement.objects.filter(row__in=ids, blocks=True, open_from__lte=as_of)
    for row, *lack in lines.order_by("due_at", "key").values_list("row", *Lack._fields):
        found[row].append(Lack(*lack))
    return found


@dataclass(frozen=True, slots=True)
class Lead:
    """When somebody leaves home, and since when they are ready; None if they are not."""

    term: str
    leaves_at: dt.datetime
    ready_at: dt.datetime | None


def leads(rows: Rows) -> Iterator[Lead]:
    """One for each person who is not cancelled; memory does not grow with their number."""
    found = rows.filter(is_cancelled=False).order_by()
    columns = found.values_list("term", "leaves_at", "ready_at")
    return (Lead(*one) for one in columns.iterator(chunk_size=5000))


def latest_terms(rows: Rows, *, today: dt.date, most: int = 2) -> list[str]:
    """The term that people leave for next, and those before it."""
    found = (
        rows.filter(is_cancelled=False)
        .order_by()
        .values("term")
        .annotate(first=Min("departs_on"), last=Max("departs_on"))
        .order_by("first")
    )
    terms = [(one["term"], one["last"]) for one in found]
    place = next((i for i, (_term, last) in enumerate(terms) if last >= today), len(terms) - 1)
    return [term for term, _last in terms[max(place - most + 1, 0) : place + 1]]


def placements_of(rows: Rows) -> Any:
    """The placements of these rows, for deeds."""
    return Placement.objects.filter(pk__in=rows.order_by().values("pk"))


def exchanges_of(rows: Rows) -> Any:
    return Exchange.objects.filter(pk__in=rows.order_by().values("exchange"))
