"""Keeps the rows that lists read. The deeds call `refresh` by name; the fold is the truth.

Whoever writes a fact about a placement refreshes its row in the same transaction.
Concurrent writers of one placement wait for each other at the placement, so the one
who comes last folds both facts.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction

from exchanges.enums import PlacementStatus
from exchanges.models import Placement
from exchanges.models.placements import PlacementQuerySet
from library.batches import batches
from modules.enums import Phase
from readiness import gathering, history, report
from readiness.dates import day_after
from readiness.demands import Demands, demands
from readiness.enums import Strength
from readiness.figures import ALWAYS, NEVER, Figures, Item, measure
from readiness.holding import asked_otherwise, overtaken
from readiness.models import OpenRequirement, StateRow
from readiness.report import Detail
from readiness.shapes import Cell, PlacementReadiness

BATCH = 500
MOST_AT_ONCE = 20 * BATCH
READ = (*gathering.SHOWN, "assignment")
KEPT = [field.attname for field in StateRow._meta.concrete_fields if not field.primary_key]
OPEN_KEPT = ("key", "blocks", "status", "turn", "open_from", "due_at", "minutes")


def refresh(placement_ids: Iterable[int], *, at: dt.datetime) -> int:
    """Make the rows of these placements anew; returns how many there are."""
    wanted = sorted(set(placement_ids))
    if not wanted:
        return 0
    asked = demands(as_of=at)
    name = fingerprint(asked)
    return sum(_refresh(some, asked=asked, name=name, at=at) for some in batches(wanted, BATCH))


def refresh_people(participant_ids: Iterable[int], *, at: dt.datetime) -> int:
    """The rows of every placement of these people."""
    own = Placement.objects.filter(participant__in=list(participant_ids))
    return refresh(own.values_list("pk", flat=True), at=at)


def rebuild(
    placements: PlacementQuerySet, *, at: dt.datetime, after: int = 0
) -> Iterator[tuple[int, int]]:
    """Refresh them all, one batch after the other, in order of their ids.

    Yields the last id and the size of each batch, once it is safely written: whoever
    is interrupted goes on `after` that id. Memory does not grow with their number.
    """
    while True:
        coming = placements.filter(pk__gt=after).order_by("pk")
        ids = list(coming.values_list("pk", flat=True)[:BATCH])
        if not ids:
            return
        refresh(ids, at=at)
        after = ids[-1]
        yield after, len(ids)


def refresh_now_or_soon(placements: PlacementQuerySet, *, at: dt.datetime) -> None:
    """At once where they are few; many are marked, and `keep` makes them anew in turn."""
    ids = list(placements.order_by("pk").values_list("pk", flat=True)[: BATCH + 1])
    if len(ids) <= BATCH:
        refresh(ids, at=at)
    else:
        mark(placements)


def mark(placements: PlacementQuerySet) -> None:
    """Say that these rows do not hold any more."""
    StateRow.objects.filter(placement__in=placements.values("pk")).update(holds_until=ALWAYS)


def stale(*, at: dt.datetime) -> list[int]:
    """The next batch of placements whose row is missing, out of date, or asked otherwise.

    What is asked changes when a set, a module, a quiz or a task is edited; those who leave
    first come first.
    """
    over = StateRow.objects.filter(overtaken(at=at))
    found = list(over.values_list("placement", flat=True)[:BATCH])
    if not found:
        others = StateRow.objects.filter(asked_otherwise(current(at)))
        found = list(others.order_by("departs_on").values_list("placement", flat=True)[:BATCH])
    if not found:
        without = Placement.objects.filter(state_row__isnull=True)
        found = list(without.values_list("pk", flat=True)[:BATCH])
    return found


def keep(*, at: dt.datetime, most: int = MOST_AT_ONCE) -> int:
    """Bring rows up to date that nobody's deed has: of ended waivers, edited sets, imports.

    A job of `settings.PERIODIC_JOBS`. Returns how many were made anew; what is left
    over when there are very many is done at the next time.
    """
    done = 0
    while done < most and (ids := stale(at=at)):
        refresh(ids, at=at)
        done += len(ids)
    return done


def figures_of(row: StateRow) -> Figures:
    """What the row says, in the shape in which the fold says it."""
    return Figures(**{name: getattr(row, name) for name in Figures.__dataclass_fields__})


def figures(one: PlacementReadiness) -> Figures:
    """What the fold says."""
    return measure(_items(one))


def current(at: dt.datetime) -> str:
    """The fingerprint of what is asked at that moment."""
    return fingerprint(demands(as_of=at))


def fingerprint(asked: Demands) -> str:
    """Names what all sets ask: another one means that something is asked otherwise."""
    seen = hashlib.blake2b(digest_size=8)
    for versions in asked.sets:
        for one in versions:
            words = [one.set_id, one.number, one.effective_at, one.includes_abroad, one.scope]
            seen.update("|".join(map(str, words)).encode())
    for line in asked.all_lines():
        rule = line.asked.rule.__qualname__
        words = [
            line.key, line.strength, line.phase, line.dues, rule, line.asked.problem,
            line.asked.needed, line.asked.own_mark, line.asked.needs_verification,
            line.asked.needs_acceptance, line.asked.minutes,
        ]  # fmt: skip
        seen.update("|".join(map(str, words)).encode())
    return seen.hexdigest()


@transaction.atomic(savepoint=False)
def _refresh(ids: Sequence[int], *, asked: Demands, name: str, at: dt.datetime) -> int:
    """Locks first and reads then, to see what those have written whom it waited for."""
    locked = Placement.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    there = Placement.objects.filter(pk__in=list(locked.values_list("pk", flat=True)))
    placements = list(there.select_related(*READ).order_by("pk"))
    folded = report.fold_read(placements, as_of=at, asked=asked, detail=Detail.STATUS)
    items = {one.placement_id: _items(one) for one in folded}
    rows = [_row(one, measure(items[one.pk]), asked=name, at=at) for one in placements]
    StateRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["placement"], update_fields=KEPT
    )
    _write_open(items)
    history.record(folded, at=at)
    return len(rows)


def _row(placement: Placement, found: Figures, *, asked: str, at: dt.datetime) -> StateRow:
    exchange, person = placement.exchange, placement.participant
    assignment = getattr(placement, "assignment", None)
    return StateRow(
        placement_id=placement.pk,
        exchange_id=exchange.pk,
        programme_id=exchange.programme_id,
        host_id=exchange.host_id,
        office_id=placement.office_id,
        participant_id=person.pk,
        coordinator_id=assignment and assignment.coordinator_id,
        sort_name=f"{person.last_name} {person.first_name}".strip().casefold()[:320],
        audience=placement.audience,
        activity_type=placement.activity_type,
        country=placement.country,
        term=exchange.term or exchange.academic_year,
        is_cancelled=placement.status == PlacementStatus.CANCELLED,
        departs_on=placement.departs_on,
        ends_on=placement.end_date,
        leaves_at=day_after(placement.departs_on, placement.office.time_zone),
        asked=asked,
        made_at=at,
        **{name: getattr(found, name) for name in Figures.__dataclass_fields__},
    )


def _write_open(items: dict[int, list[Item]]) -> None:
    """Write only the lines that differ."""
    known = {
        (row, kept[0]): (line, kept)
        for line, row, *kept in OpenRequirement.objects.filter(row__in=list(items))
        .order_by()
        .values_list("pk", "row", *OPEN_KEPT)
    }
    wanted = {
        (row, one.key): _kept(one)
        for row, found in items.items()
        for one in found
        if one.open_from != NEVER
    }
    gone = [line for place, (line, _said) in known.items() if place not in wanted]
    changed = [
        OpenRequirement(row_id=place[0], **dict(zip(OPEN_KEPT, kept, strict=True)))
        for place, kept in wanted.items()
        if place not in known or known[place][1] != kept
    ]
    if gone:
        OpenRequirement.objects.filter(pk__in=gone).delete()
    if changed:
        OpenRequirement.objects.bulk_create(
            changed,
            update_conflicts=True,
            unique_fields=["row", "key"],
            update_fields=[name for name in OPEN_KEPT if name != "key"],
        )


def _kept(one: Item) -> list[Any]:
    """In the order of `OPEN_KEPT`."""
    status, turn = one.status.value, one.turn.value
    return [one.key, one.blocks, status, turn, one.open_from, one.due_at, one.minutes]


def _items(one: PlacementReadiness) -> list[Item]:
    return [_item(cell) for cell in one.cells]


def _item(cell: Cell) -> Item:
    line, verdict = cell.requirement, cell.verdict
    until = verdict.reason.facts.get("until")
    return Item(
        key=line.key,
        status=verdict.status,
        turn=verdict.turn,
        due_at=cell.due_at.astimezone(dt.UTC),
        blocks=line.blocks,
        is_later=line.strength == Strength.SHALL.value and line.phase != Phase.BEFORE.value,
        minutes=verdict.minutes,
        whole=line.asked.minutes,
        fact_at=verdict.fact_at,
        waived_until=until.astimezone(dt.UTC) if isinstance(until, dt.datetime) else None,
    )
