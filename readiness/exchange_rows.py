"""Exchanges as the list of departures shows them, added up from the rows of their people."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, ExpressionWrapper
from django.utils import timezone

from exchanges.models import Exchange
from readiness import overview, report
from readiness.demands import Demands, demands
from readiness.overview import Rows
from readiness.shapes import ExchangeFigures, ExchangeSummary, Missing
from readiness.verdicts import Turn


@dataclass(frozen=True, slots=True)
class Leaving:
    """When one person leaves home, and whether that person is ready."""

    departs_on: dt.date
    is_ready: bool
    has_departed: bool


@dataclass(frozen=True, slots=True)
class ExchangeRow(ExchangeFigures[Leaving]):
    """What `shapes.ExchangeReadiness` says of an exchange as a whole, without any fold."""

    exchange: ExchangeSummary
    today: dt.date
    active: tuple[Leaving, ...]
    missing: tuple[Missing, ...]

    @property
    def days_to_departure(self) -> int:
        return (self.departs_on - self.today).days


def of(
    exchanges: Sequence[Exchange],
    *,
    among: Rows,
    as_of: dt.datetime,
    asked: Demands | None = None,
    missing_on: Sequence[int] | None = None,
) -> list[ExchangeRow]:
    """One for each exchange, in the order given; `among` are the rows a reader may see.

    What is missing is counted on the exchanges `missing_on`; on all of them without it.
    """
    here = among.filter(exchange__in=[one.pk for one in exchanges], is_cancelled=False).order_by()
    people: dict[int, list[Leaving]] = defaultdict(list)
    for exchange, departs_on, is_ready, has_departed, number in _counted(here, as_of=as_of):
        people[exchange] += [Leaving(departs_on, is_ready, has_departed)] * number
    looked_at = here if missing_on is None else here.filter(exchange__in=missing_on)
    missing = _missing(looked_at, asked or demands(as_of=as_of), as_of=as_of)
    today = timezone.localtime(as_of).date()
    return [
        ExchangeRow(
            report.summary(one), today, tuple(people[one.pk]), tuple(missing.get(one.pk, ()))
        )
        for one in exchanges
    ]


def _counted(here: Rows, *, as_of: dt.datetime) -> Any:
    """How many on each exchange leave on the same day and stand alike."""
    return (
        here.annotate(
            is_ready=ExpressionWrapper(overview.ready(as_of), BooleanField()),
            has_departed=ExpressionWrapper(overview.departed(as_of), BooleanField()),
        )
        .values_list("exchange", "departs_on", "is_ready", "has_departed")
        .annotate(people=Count("pk"))
    )


def _missing(here: Rows, asked: Demands, *, as_of: dt.datetime) -> dict[int, list[Missing]]:
    """By exchange what is missing there, most often missing first."""
    lines = {one.key: one for one in asked.all_lines()}
    places = {key: place for place, key in enumerate(lines)}
    turns: dict[int, dict[str, Counter[Turn]]] = defaultdict(lambda: defaultdict(Counter))
    counted = (
        here.filter(overview.blocked(as_of))
        .values_list("exchange", "open_requirements__key", "open_requirements__turn")
        .annotate(people=Count("pk"))
    )
    for exchange, key, turn, people in counted:
        if key in lines:
            turns[exchange][key][Turn(turn)] += people
    return {
        exchange: sorted(
            (
                Missing(lines[key], counts.total(), tuple(sorted(counts.items())))
                for key, counts in found.items()
            ),
            key=lambda one: (-one.count, places[one.requirement.key]),
        )
        for exchange, found in turns.items()
    }
