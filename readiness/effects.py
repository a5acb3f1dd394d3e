"""What a change makes of somebody: states and requirements before and after, for every preview."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from library.cells import neutralise
from readiness.replanning.plans import Part
from readiness.shapes import Cell, PlacementReadiness
from readiness.verdicts import PlacementState
from readiness.wording import STATE_LABELS


@dataclass(frozen=True, slots=True)
class Line:
    """One thing asked, with the day it is due before and after; None where it is not asked.

    `again` is what was declared for another country, and has to be looked at anew.
    """

    key: str
    name: str
    before: dt.date | None
    after: dt.date | None
    again: bool = False

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None

    @property
    def is_dated(self) -> bool:
        """Whether it is due on another day."""
        return None not in {self.before, self.after} and self.before != self.after

    @property
    def in_words(self) -> str:
        if not self.is_dated:
            return self.name
        words = {"what": self.name, "day": _day(self.after), "before": _day(self.before)}
        return _("%(what)s (due by %(day)s instead of %(before)s)") % words


def _day(day: dt.date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""


@dataclass(frozen=True, slots=True)
class Effect:
    """One person before and after. `lines` are the things asked that are asked otherwise."""

    placement_id: int
    omobility_id: UUID
    name: str
    exchange: str
    departs_on: dt.date
    before: PlacementState
    after: PlacementState
    lines: tuple[Line, ...]
    plan: tuple[Part, ...] = ()

    @property
    def added(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.lines if one.is_added)

    @property
    def removed(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.lines if one.is_removed)

    @property
    def moved(self) -> tuple[str, ...]:
        there = (one for one in self.lines if not one.is_added and not one.is_removed)
        return tuple(sorted(one.in_words for one in there if one.is_dated or not one.again))

    @property
    def again(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.lines if one.again)

    @property
    def in_words(self) -> str:
        parts = (
            (_("asked in addition: %(names)s"), self.added),
            (_("no longer asked: %(names)s"), self.removed),
            (_("to be declared again: %(names)s"), self.again),
            (_("asked differently: %(names)s"), self.moved),
        )
        said = [text % {"names": ", ".join(names)} for text, names in parts if names]
        return "; ".join([*(one.in_words for one in self.plan), *said])

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


def effect(
    before: PlacementReadiness, after: PlacementReadiness, plan: tuple[Part, ...] = ()
) -> Effect | None:
    """What differs for one person; None where nothing does."""
    lines = tuple(_lines(before, after))
    if not (lines or plan or before.state != after.state):
        return None
    return Effect(
        placement_id=after.placement_id,
        omobility_id=after.omobility_id,
        name=after.participant_name,
        exchange=after.exchange.title,
        departs_on=after.departs_on,
        before=before.state,
        after=after.state,
        lines=lines,
        plan=plan,
    )


def _lines(before: PlacementReadiness, after: PlacementReadiness) -> Iterator[Line]:
    was = {cell.requirement.key: cell for cell in before.cells}
    now = {cell.requirement.key: cell for cell in after.cells}
    for key in dict.fromkeys([*now, *was]):
        old, new = was.get(key), now.get(key)
        if _asked(old) != _asked(new):
            named = (new or old).requirement.name  # type: ignore[union-attr]
            days = old.due_on if old else None, new.due_on if new else None
            yield Line(key, named, *days, again=_is_again(old, new))


def _is_again(old: Cell | None, new: Cell | None) -> bool:
    codes = [cell.verdict.reason.code if cell else "" for cell in (old, new)]
    return bool(old) and codes[0] != codes[1] == "declared_elsewhere"


def _asked(cell: Cell | None) -> object:
    return cell and (cell.due_on, cell.requirement.strength, cell.status)


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
