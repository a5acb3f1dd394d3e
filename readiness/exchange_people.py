"""The people of one exchange for its page: who is shown, in which order, and what all add up to.

As of now the rows say who and how many, and only people who are shown are folded. For a
day in the past, or while some row here does not hold any more, everybody is folded.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Count, F, Q

from exchanges.models import Exchange
from exchanges.models.placements import PlacementQuerySet
from readiness import exchange_rows, overview, report, states
from readiness.demands import Demands, demands
from readiness.exchange_rows import ExchangeRow
from readiness.holding import holds
from readiness.overview import Rows
from readiness.shapes import ExchangeReadiness, PlacementReadiness
from readiness.verdicts import PlacementState


@dataclass(frozen=True, slots=True)
class Choice:
    """Whom to show and in which order; `ticked` are mobility IDs, all of them if empty."""

    state: str = ""
    missing: str = ""
    ordering: str = ""
    ticked: tuple[UUID, ...] = ()

    @property
    def order(self) -> str:
        return self.ordering.lstrip("-") or "name"

    @property
    def is_reversed(self) -> bool:
        return self.ordering.startswith("-")


class People(Protocol):
    """What the page asks, whichever way it is answered."""

    @property
    def whole(self) -> ExchangeRow | ExchangeReadiness: ...
    @property
    def counts(self) -> Mapping[PlacementState, int]: ...
    def chosen(self, choice: Choice) -> list[int]: ...
    def shown(self, placement_ids: Sequence[int]) -> ExchangeReadiness: ...


def of(exchange: Exchange, *, among: PlacementQuerySet, rows: Rows, as_of: dt.datetime) -> People:
    """The people of `among` as they stand now, read from their `rows` if all of these hold."""
    asked = demands(as_of=as_of)
    here = among.filter(exchange=exchange)
    holding = holds(asked=states.fingerprint(asked), at=as_of, through="state_row__")
    if here.filter(Q(state_row__isnull=True) | ~holding).exists():
        return Folded(report.build(exchange, as_of=as_of, among=among, asked=asked))
    return Read(exchange, here, rows.filter(exchange=exchange), as_of, asked)


@dataclass(frozen=True)
class Read:
    """Reads rows, and folds who is shown."""

    exchange: Exchange
    placements: PlacementQuerySet
    rows: Rows
    as_of: dt.datetime
    asked: Demands

    @cached_property
    def whole(self) -> ExchangeRow:
        found = exchange_rows.of(
            [self.exchange], among=self.rows, as_of=self.as_of, asked=self.asked
        )
        return found[0]

    @cached_property
    def counts(self) -> Mapping[PlacementState, int]:
        wanted = {
            state.value: Count("pk", filter=overview.in_state(state, self.as_of))
            for state in PlacementState
        }
        counted = self.rows.order_by().aggregate(**wanted)
        return {PlacementState(state): number for state, number in counted.items()}

    def chosen(self, choice: Choice) -> list[int]:
        found = self.rows
        if choice.state:
            found = found.filter(overview.in_state(choice.state, self.as_of))
        if choice.missing:
            found = found.filter(overview.lacking(choice.missing, self.as_of), is_cancelled=False)
        if choice.ticked:
            found = found.filter(placement__omobility_id__in=choice.ticked)
        field = {"departure": "departs_on", "done": "open_number", "name": "sort_name"}
        first = f"{'-' if choice.is_reversed else ''}{field[choice.order]}"
        ordered = found.annotate(open_number=F("required") - F("met") - F("waived")).order_by(
            "is_cancelled", first, "sort_name", "placement"
        )
        return list(ordered.values_list("pk", flat=True))

    def shown(self, placement_ids: Sequence[int]) -> ExchangeReadiness:
        found = report.build(
            self.exchange,
            as_of=self.as_of,
            among=self.placements.filter(pk__in=placement_ids),
            asked=self.asked,
        )
        return replace(found, placements=_in_order(found.placements, placement_ids))


ORDERS: dict[str, Callable[[PlacementReadiness], Any]] = {
    "departure": lambda one: one.departs_on,
    "done": lambda one: one.required - one.done,
}


@dataclass(frozen=True)
class Folded:
    """Everybody is folded already."""

    whole: ExchangeReadiness

    @property
    def counts(self) -> Mapping[PlacementState, int]:
        return self.whole.counts

    def chosen(self, choice: Choice) -> list[int]:
        people = [one for one in self.whole.placements if _is_wanted(one, choice)]
        order = ORDERS.get(choice.order)
        if order:
            people.sort(key=order, reverse=choice.is_reversed)
        elif choice.is_reversed:
            people.reverse()
        people.sort(key=lambda one: one.is_cancelled)
        return [one.placement_id for one in people]

    def shown(self, placement_ids: Sequence[int]) -> ExchangeReadiness:
        return replace(self.whole, placements=_in_order(self.whole.placements, placement_ids))


def _is_wanted(one: PlacementReadiness, choice: Choice) -> bool:
    lacks = not choice.missing or any(
        cell.requirement.key == choice.missing for cell in one.missing
    )
    is_ticked = not choice.ticked or one.omobility_id in choice.ticked
    return lacks and is_ticked and choice.state in {"", one.state}


def _in_order(
    people: Iterable[PlacementReadiness], placement_ids: Sequence[int]
) -> tuple[PlacementReadiness, ...]:
    by_id = {one.placement_id: one for one in people}
    return tuple(by_id[pk] for pk in placement_ids if pk in by_id)
