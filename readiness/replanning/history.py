"""The changes of plan that there were, for the pages of an exchange and of a person."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from exchanges.models import Exchange, Placement
from readiness.effects import Line
from readiness.models import ChangeOfPlan, PlanEffect
from readiness.replanning.changing import is_worked_on
from readiness.replanning.plans import Part
from readiness.verdicts import PlacementState
from readiness.wording import STATE_LABELS

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: of the exchange where it has no `effect`, else what it made of one person."""

    change: ChangeOfPlan
    effect: PlanEffect | None
    people: int
    can_be_taken_back: bool

    @property
    def plan(self) -> list[str]:
        parts = self.effect.plan if self.effect else self.change.plan
        return [Part(*one).in_words for one in parts]

    @property
    def _lines(self) -> list[Line]:
        return [_line(one) for one in self.effect.lines] if self.effect else []

    @property
    def added(self) -> list[str]:
        return [one.in_words for one in self._lines if one.is_added]

    @property
    def removed(self) -> list[str]:
        return [one.in_words for one in self._lines if one.is_removed]

    @property
    def again(self) -> list[str]:
        return [one.name for one in self._lines if one.again]

    @property
    def moved(self) -> list[str]:
        return [one.in_words for one in self._lines if one.is_dated]

    @property
    def state(self) -> str:
        """The state afterwards, where it is another one than before."""
        if self.effect is None or self.effect.state_before == self.effect.state_after:
            return ""
        return str(STATE_LABELS[PlacementState(self.effect.state_after)])


def of_exchange(exchange: Exchange, *, at: dt.datetime) -> list[Entry]:
    """The newest changes of the exchange; only the last can be taken back."""
    found = ChangeOfPlan.objects.filter(exchange=exchange).annotate(people=Count("effects"))
    changes = list(found.select_related("made_by").order_by("-made_at", "-pk")[:SHOWN])
    return [
        Entry(one, None, one.people, one is changes[0] and not is_worked_on(one, at=at))
        for one in changes
    ]


def of_placement(placement: Placement, *, at: dt.datetime) -> list[Entry]:
    """The newest changes of this person's plan, also by those of the exchange."""
    found = PlanEffect.objects.filter(placement=placement)
    ordered = found.select_related("change__made_by").order_by("-change__made_at", "-pk")
    effects = list(ordered[:SHOWN])
    return [
        Entry(
            one.change,
            one,
            1,
            one is effects[0]
            and one.change.exchange_id is None
            and not is_worked_on(one.change, at=at),
        )
        for one in effects
        if one.plan or one.lines
    ]


def _line(one: dict[str, Any]) -> Line:
    days = {name: one[name] and dt.date.fromisoformat(one[name]) for name in ("before", "after")}
    return Line(one["key"], one["name"], again=one.get("again", False), **days)
