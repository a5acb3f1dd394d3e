"""What an import would do: one frozen plan that the dry run shows and the import follows."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from interop.roster.known import ExchangeKey, Partner, StayValues
from interop.roster.numbers import Numbers
from interop.roster.parsing import Sheet
from interop.roster.problems import Problem

KEPT = 500
"""Rows and problems of each kind that a plan keeps to be shown."""


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REFUSE = "refuse"


WRITTEN = frozenset({Action.CREATE, Action.UPDATE})


@dataclass(frozen=True, slots=True)
class Change:
    """One column of one row: what is recorded, and what will be."""

    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """An account to make (without pk), to change or to leave as it is."""

    pk: int | None
    email: str
    given_names: str
    family_name: str
    global_id: str | None
    time_zone: str
    is_changed: bool = False

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"


@dataclass(frozen=True, slots=True)
class PlannedExchange:
    """The exchange that rows lead to; without pk it is to be made."""

    pk: int | None
    key: ExchangeKey
    partner: Partner
    start_date: dt.date
    end_date: dt.date
    country: str
    time_zone: str
    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class PlannedStay:
    """The placement of one row as it will be."""

    pk: int | None
    omobility_id: str
    person: PlannedPerson
    exchange: ExchangeKey
    office_pk: int
    values: StayValues


@dataclass(frozen=True, slots=True)
class PlannedRow:
    number: int
    action: Action
    name: str = ""
    email: str = ""
    problems: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    stay: PlannedStay | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What all rows come to; only the first rows and problems of each kind are kept.

    Attributes:
        rows: of each action the first `KEPT`, in the order of the file.
        problems: of the file and its header.
        errors: the first `KEPT`, and all are `error_count`; so the remarks.
        new_people_count: accounts to make, each counted once.
        fingerprint: a short text that is equal for equal plans, and only for them.
    """

    rows: tuple[PlannedRow, ...] = ()
    counts: Mapping[Action, int]
    problems: tuple[Problem, ...] = ()
    errors: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    error_count: int = 0
    remark_count: int = 0
    new_people_count: int = 0
    exchanges: tuple[PlannedExchange, ...] = ()
    programmes: tuple[tuple[str, int], ...] = ()
    fingerprint: str = ""
    encoding: str = ""
    delimiter: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether anything stands against importing the whole file."""
        return bool(self.counts[Action.REFUSE]) or not self.is_readable

    @property
    def is_readable(self) -> bool:
        return all(problem.is_remark for problem in self.problems)

    @property
    def written(self) -> int:
        """How many placements are to be made or changed."""
        return self.counts[Action.CREATE] + self.counts[Action.UPDATE]

    @property
    def changes_anything(self) -> bool:
        return bool(self.written or self.moved_exchanges)

    @property
    def stays(self) -> list[PlannedStay]:
        """The first placements to make or to change."""
        return [row.stay for row in self.rows if row.stay and row.action in WRITTEN]

    @property
    def new_people(self) -> list[PlannedPerson]:
        """The people to be made of the first placements, each once."""
        people = {stay.person.email: stay.person for stay in self.stays}
        return [person for person in people.values() if person.pk is None]

    @property
    def new_exchanges(self) -> list[PlannedExchange]:
        return [exchange for exchange in self.exchanges if exchange.pk is None]

    @property
    def moved_exchanges(self) -> list[PlannedExchange]:
        return [exchange for exchange in self.exchanges if exchange.is_moved]

    @cached_property
    def new_partners(self) -> list[Partner]:
        partners = {exchange.partner.key: exchange.partner for exchange in self.new_exchanges}
        return [partner for partner in partners.values() if partner.pk is None]


class Tally:
    """Adds up a plan row by row."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self._problems = tuple(problems)
        self._rows: list[PlannedRow] = []
        self._counts: Counter[Action] = Counter()
        self._errors: list[Problem] = []
        self._remarks: list[Problem] = []
        self._numbers = [0, 0]
        self._new_people = Numbers()
        self._seen = hashlib.sha256()
        for problem in self._problems:
            self._note(problem)
            self._see(problem)

    def add(self, row: PlannedRow) -> None:
        self._counts[row.action] += 1
        if self._counts[row.action] <= KEPT:
            self._rows.append(row)
        for problem in row.problems:
            self._note(problem)
        if row.stay and row.action in WRITTEN and row.stay.person.pk is None:
            self._new_people.setdefault(hash(row.stay.person.email), row.number)
        self._see(row)

    def _note(self, problem: Problem) -> None:
        kept = self._remarks if problem.is_remark else self._errors
        self._numbers[problem.is_remark] += 1
        if len(kept) < KEPT:
            kept.append(problem)

    def _see(self, part: object) -> None:
        self._seen.update(f"{part!r}\n".encode("utf-8", "backslashreplace"))

    def plan(
        self, exchanges: Iterable[PlannedExchange], *, programmes: Mapping[str, int], sheet: Sheet
    ) -> Plan:
        """Return the plan of all rows that were added."""
        found = tuple(exchanges)
        for exchange in found:
            self._see(exchange)
        return Plan(
            rows=tuple(self._rows),
            counts={action: self._counts[action] for action in Action},
            problems=self._problems,
            errors=self._errors,
            remarks=self._remarks,
            error_count=self._numbers[False],
            remark_count=self._numbers[True],
            new_people_count=len(self._new_people),
            exchanges=found,
            programmes=tuple(sorted(programmes.items())),
            fingerprint=self._seen.hexdigest(),
            encoding=sheet.encoding,
            delimiter=sheet.delimiter,
        )
