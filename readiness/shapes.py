"""The shape of a readiness report: frozen, and the same for every door.

The CMS's pages, the participant's pages, CSV, XLSX and JSON all render these
objects and compute nothing themselves.
"""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from uuid import UUID

from readiness.lines import RequirementLine
from readiness.verdicts import SETTLED, PlacementState, Turn, Verdict, VerdictStatus
from readiness.wording import SHORT_LABELS, STATE_LABELS, TURN_LABELS, status_label

SOON = 28
"""Days before a departure from when on somebody who is not ready is a risk."""

TO_DO = frozenset({VerdictStatus.PENDING, VerdictStatus.OVERDUE})


@dataclass(frozen=True, slots=True)
class ExchangeSummary:
    """What every page shows of an exchange. `country` is an alpha-2 code."""

    id: int
    uuid: UUID
    code: str
    title: str
    programme: str
    host: str
    country: str
    country_name: str
    academic_year: str
    term: str
    starts_on: dt.date
    ends_on: dt.date
    time_zone: str

    @property
    def term_in_words(self) -> str:
        return self.term or self.academic_year


@dataclass(frozen=True, slots=True)
class Cell:
    """One requirement of one person. `due_at` is the end of `due_on` at the office."""

    requirement: RequirementLine
    due_on: dt.date
    due_at: dt.datetime
    verdict: Verdict

    @property
    def status(self) -> VerdictStatus:
        return self.verdict.status

    @property
    def status_label(self) -> str:
        return status_label(self.verdict)

    @property
    def short_label(self) -> str:
        return str(SHORT_LABELS[self.verdict.status])

    @property
    def turn_label(self) -> str:
        return str(TURN_LABELS[self.verdict.turn])

    @property
    def is_missing(self) -> bool:
        """Whether this keeps the person from being ready."""
        return self.requirement.blocks and self.verdict.status not in SETTLED


@dataclass(frozen=True, slots=True)
class PlacementReadiness:
    """One person on one exchange. `done` and `required` count blocking requirements only.

    `country` is where this person goes, which may differ from the exchange's.
    `days_to_departure` is negative once the day has passed. A cancelled placement
    has no cells: nothing is asked of it any more.
    """

    placement_id: int
    omobility_id: UUID
    exchange: ExchangeSummary
    participant_id: int
    participant_name: str
    participant_email: str
    office: str
    audience: str
    audience_label: str
    country: str
    country_name: str
    starts_on: dt.date
    ends_on: dt.date
    departs_on: dt.date
    days_to_departure: int
    cells: tuple[Cell, ...]
    state: PlacementState
    done: int
    required: int

    @property
    def state_label(self) -> str:
        return str(STATE_LABELS[self.state])

    @property
    def is_ready(self) -> bool:
        return self.state in {PlacementState.READY, PlacementState.DEPARTED_READY}

    @property
    def has_departed(self) -> bool:
        return self.state in {PlacementState.DEPARTED_READY, PlacementState.DEPARTED_UNREADY}

    @property
    def is_cancelled(self) -> bool:
        return self.state == PlacementState.CANCELLED

    @property
    def missing(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.is_missing)

    @property
    def next_cell(self) -> Cell | None:
        """What the participant does next: blocking things first, then what is due first."""
        open_cells = [cell for cell in self.cells if cell.status in TO_DO]
        return min(open_cells, key=lambda c: (not c.requirement.blocks, c.due_at), default=None)

    @property
    def minutes_left(self) -> int:
        """Work left on what blocks, as far as it is known."""
        return sum(cell.verdict.minutes for cell in self.missing)

    def cell(self, key: str) -> Cell | None:
        """The cell of this requirement; None where it is not asked of this person."""
        return next((cell for cell in self.cells if cell.requirement.key == key), None)


@dataclass(frozen=True, slots=True)
class Missing:
    """How many people lack one requirement, and whose turn it is."""

    requirement: RequirementLine
    count: int
    by_turn: tuple[tuple[Turn, int], ...]

    @property
    def turns(self) -> tuple[tuple[str, int], ...]:
        return tuple((str(TURN_LABELS[turn]), count) for turn, count in self.by_turn)


class Leaver(Protocol):
    """One person who leaves, folded or read from a row."""

    @property
    def departs_on(self) -> dt.date: ...
    @property
    def has_departed(self) -> bool: ...
    @property
    def is_ready(self) -> bool: ...


L = TypeVar("L", bound=Leaver)


class ExchangeFigures(Generic[L]):
    """What is said of an exchange as a whole, from its people and what they lack."""

    __slots__ = ()
    exchange: ExchangeSummary

    if TYPE_CHECKING:

        @property
        def active(self) -> tuple[L, ...]: ...
        @property
        def missing(self) -> tuple[Missing, ...]: ...
        @property
        def days_to_departure(self) -> int: ...

    @property
    def total(self) -> int:
        return len(self.active)

    @property
    def ready(self) -> int:
        return sum(one.is_ready for one in self.active)

    @property
    def not_ready(self) -> int:
        return self.total - self.ready

    @property
    def departs_on(self) -> dt.date:
        """The next departure of somebody here, or the first once all have left.

        Without anybody, the start of the stay.
        """
        return self.next_to_leave.departs_on if self.next_to_leave else self.exchange.starts_on

    @property
    def is_at_risk(self) -> bool:
        """Whether somebody leaves soon, or has left today, and somebody is not ready."""
        return 0 <= self.days_to_departure <= SOON and self.not_ready > 0

    def leaves_in(self, monday: dt.date) -> bool:
        """Whether somebody here leaves in the week that starts on that day."""
        last = monday + dt.timedelta(days=6)
        return any(monday <= one.departs_on <= last for one in self.active)

    @property
    def missing_in_words(self) -> str:
        """Each requirement with how many lack it, most first."""
        return "; ".join(f"{one.requirement.name}: {one.count}" for one in self.missing)

    def lacks(self, key: str) -> bool:
        """Whether this requirement keeps somebody here from being ready."""
        return any(one.requirement.key == key for one in self.missing)

    @property
    def next_to_leave(self) -> L | None:
        return min(self.active, key=lambda one: (one.has_departed, one.departs_on), default=None)


@dataclass(frozen=True, slots=True)
class ExchangeReadiness(ExchangeFigures[PlacementReadiness]):
    """How the people of one exchange stood at `as_of`.

    `requirements` are the columns: everything asked of at least one person here.
    """

    exchange: ExchangeSummary
    as_of: dt.datetime
    requirements: tuple[RequirementLine, ...]
    placements: tuple[PlacementReadiness, ...]

    @property
    def active(self) -> tuple[PlacementReadiness, ...]:
        return tuple(one for one in self.placements if not one.is_cancelled)

    @property
    def days_to_departure(self) -> int:
        if self.next_to_leave:
            return self.next_to_leave.days_to_departure
        return (self.exchange.starts_on - self.as_of.date()).days

    @property
    def counts(self) -> dict[PlacementState, int]:
        return Counter(one.state for one in self.placements)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What is missing, most often missing first."""
        turns: dict[str, Counter[Turn]] = {one.key: Counter() for one in self.requirements}
        for placement in self.active:
            for cell in placement.missing:
                turns[cell.requirement.key][cell.verdict.turn] += 1
        found = [
            Missing(one, turns[one.key].total(), tuple(sorted(turns[one.key].items())))
            for one in self.requirements
            if turns[one.key]
        ]
        return tuple(sorted(found, key=lambda missing: -missing.count))
