"""Folds evidence and a date into one frozen report. Nothing here is stored.

`as_of` is an aware moment: only facts up to then count, deadlines are compared with
it, and the versions of the requirement sets are those that held then.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from uuid import UUID

from django.db.models import prefetch_related_objects

from exchanges.country_names import country_name
from exchanges.enums import Audience, PlacementStatus
from exchanges.models import Exchange, Placement
from exchanges.models.placements import PlacementQuerySet
from people.models import User
from readiness import gathering
from readiness.dates import Dates, end_of_day
from readiness.demands import Demands, demands
from readiness.kinds import KINDS
from readiness.lines import RequirementLine, merge
from readiness.rules import Facts, extended, judge
from readiness.shapes import (
    Cell,
    ExchangeReadiness,
    ExchangeSummary,
    Missing,
    PlacementReadiness,
)
from readiness.verdicts import placement_state
from readiness.wording import sentence

__all__ = [
    "Cell",
    "Detail",
    "ExchangeReadiness",
    "ExchangeSummary",
    "Missing",
    "PlacementReadiness",
    "build",
    "build_many",
    "fold",
    "fold_read",
    "for_participant",
    "for_placement",
    "summary",
]


class Detail(IntEnum):
    """How much a verdict says: for who counts, for a table, and for one person."""

    STATUS = 0
    WHY = 1
    WHY_AND_LINK = 2


BY_NAME = ("participant__last_name", "participant__first_name", "pk")


def build(
    exchange: Exchange,
    *,
    as_of: dt.datetime,
    among: PlacementQuerySet | None = None,
    asked: Demands | None = None,
) -> ExchangeReadiness:
    """The report of one exchange; `among` restricts it to the placements a reader may see."""
    return build_many([exchange], as_of=as_of, among=among, asked=asked)[0]


def build_many(
    exchanges: Sequence[Exchange],
    *,
    as_of: dt.datetime,
    among: PlacementQuerySet | None = None,
    asked: Demands | None = None,
) -> list[ExchangeReadiness]:
    """One report for each exchange, in the order given, in a constant number of queries."""
    prefetch_related_objects(exchanges, "programme", "host")
    visible = Placement.objects.all() if among is None else among
    placements = visible.filter(exchange__in=[exchange.pk for exchange in exchanges])
    folded = fold(placements, as_of=as_of, asked=asked, detail=Detail.WHY)
    by_exchange: dict[int, list[PlacementReadiness]] = {one.pk: [] for one in exchanges}
    for one in folded:
        by_exchange[one.exchange.id].append(one)
    return [
        ExchangeReadiness(
            exchange=summary(exchange),
            as_of=as_of,
            requirements=_columns(by_exchange[exchange.pk]),
            placements=tuple(sorted(by_exchange[exchange.pk], key=lambda one: one.is_cancelled)),
        )
        for exchange in exchanges
    ]


def for_participant(user: User, *, as_of: dt.datetime) -> list[PlacementReadiness]:
    """All placements of that person: running and coming ones first, by start."""
    own = Placement.objects.filter(participant=user)
    return sorted(fold(own, as_of=as_of), key=lambda one: _active_first(one, as_of))


def for_placement(placement: Placement, *, as_of: dt.datetime) -> PlacementReadiness:
    return fold(Placement.objects.filter(pk=placement.pk), as_of=as_of)[0]


def fold(
    placements: PlacementQuerySet,
    *,
    as_of: dt.datetime,
    asked: Demands | None = None,
    detail: Detail = Detail.WHY_AND_LINK,
) -> list[PlacementReadiness]:
    """All of them, by name, in a number of queries that does not depend on how many.

    `asked` stands in for what is asked at `as_of`.
    """
    rows = list(placements.select_related(*gathering.SHOWN).order_by(*BY_NAME))
    return fold_read(rows, as_of=as_of, asked=asked or demands(as_of=as_of), detail=detail)


def fold_read(
    rows: Sequence[Placement], *, as_of: dt.datetime, asked: Demands, detail: Detail
) -> list[PlacementReadiness]:
    """The same of placements that are read, with `gathering.SHOWN`, in their order."""
    lines = {row.pk: asked.of(row) for row in rows}
    different = {id(some): some for some in lines.values()}
    facts = gathering.facts(rows, merge(_flat(different.values())), as_of=as_of)
    summaries = {row.exchange_id: summary(row.exchange) for row in rows}
    return [
        _fold(
            row,
            summaries[row.exchange_id],
            lines[row.pk],
            facts[row.pk],
            as_of=as_of,
            detail=detail,
        )
        for row in rows
    ]


def _flat(groups: Iterable[Iterable[RequirementLine]]) -> list[RequirementLine]:
    return [one for group in groups for one in group]


def _fold(
    placement: Placement,
    exchange: ExchangeSummary,
    lines: tuple[RequirementLine, ...],
    facts: Facts,
    *,
    as_of: dt.datetime,
    detail: Detail,
) -> PlacementReadiness:
    today = as_of.astimezone(placement.office.time_zone).date()
    cancelled = placement.status == PlacementStatus.CANCELLED
    cells = () if cancelled else _cells(placement, lines, facts, as_of, detail=detail)
    blocking = [cell for cell in cells if cell.requirement.blocks]
    done = sum(cell.verdict.is_settled for cell in blocking)
    return PlacementReadiness(
        placement_id=placement.pk,
        omobility_id=placement.omobility_id,
        exchange=exchange,
        participant_id=placement.participant_id,
        participant_name=str(placement.participant),
        participant_email=placement.participant.email,
        office=placement.office.name,
        audience=placement.audience,
        audience_label=str(Audience(placement.audience).label),
        country=placement.country,
        country_name=country_name(placement.country),
        starts_on=placement.start_date,
        ends_on=placement.end_date,
        departs_on=placement.departs_on,
        days_to_departure=(placement.departs_on - today).days,
        cells=cells,
        state=placement_state(
            cancelled=cancelled,
            departed=placement.departs_on < today,
            required=len(blocking),
            done=done,
        ),
        done=done,
        required=len(blocking),
    )


def _cells(
    placement: Placement,
    lines: Iterable[RequirementLine],
    facts: Facts,
    as_of: dt.datetime,
    *,
    detail: Detail,
) -> tuple[Cell, ...]:
    zone, dates = placement.office.time_zone, dates_of(placement)
    found = []
    for one in lines:
        due_at = end_of_day(one.due_on(dates), zone)
        due_at = extended(due_at, facts.extensions, one.key, as_of)
        due_on = due_at.astimezone(zone).date()
        link = _link(one, placement.omobility_id) if detail == Detail.WHY_AND_LINK else ""
        verdict = judge(one.asked, facts, due_at=due_at, as_of=as_of, link=link)
        if detail:
            verdict = replace(verdict, why=sentence(verdict.reason))
        found.append(Cell(one, due_on, due_at, verdict))
    return tuple(found)


def dates_of(placement: Placement) -> Dates:
    return Dates(
        starts_on=placement.start_date,
        ends_on=placement.end_date,
        leaves_on=placement.departs_on,
        accepted_on=placement.accepted_on,
    )


def _link(one: RequirementLine, omobility_id: UUID) -> str:
    return one.url or KINDS[one.kind].own_url(one.asked.target, omobility_id)


def summary(exchange: Exchange) -> ExchangeSummary:
    """What every page shows of it; wants programme and host fetched."""
    return ExchangeSummary(
        id=exchange.pk,
        uuid=exchange.uuid,
        code=exchange.code,
        title=str(exchange),
        programme=exchange.programme.name,
        host=exchange.host.name,
        country=exchange.country,
        country_name=country_name(exchange.country),
        academic_year=exchange.academic_year,
        term=exchange.term,
        starts_on=exchange.start_date,
        ends_on=exchange.end_date,
        time_zone=str(exchange.time_zone),
    )


def _columns(placements: Iterable[PlacementReadiness]) -> tuple[RequirementLine, ...]:
    lines = {
        id(cell.requirement): cell.requirement
        for placement in placements
        for cell in placement.cells
    }
    return merge(lines.values())


def _active_first(one: PlacementReadiness, as_of: dt.datetime) -> tuple[bool, bool, int]:
    over = one.ends_on < as_of.date()
    start = one.starts_on.toordinal()
    return one.is_cancelled, over, -start if over else start
