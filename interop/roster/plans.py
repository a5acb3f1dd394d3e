"""What an import would do: one frozen plan that the dry run shows and the import follows."""

import datetime as dt
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from interop.roster.known import ExchangeKey, Partner, StayValues
from interop.roster.problems import Problem


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REFUSE = "refuse"


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


@dataclass(frozen=True)
class Plan:
    """All rows in the order of the file, and what they need besides."""

    rows: tuple[PlannedRow, ...] = ()
    problems: tuple[Problem, ...] = ()
    exchanges: tuple[PlannedExchange, ...] = ()
    programmes: tuple[tuple[str, int], ...] = ()
    encoding: str = field(default="", compare=False)
    delimiter: str = field(default="", compare=False)

    @cached_property
    def counts(self) -> dict[Action, int]:
        found = Counter(row.action for row in self.rows)
        return {action: found[action] for action in Action}

    @property
    def has_errors(self) -> bool:
        """Whether anything stands against importing the whole file."""
        return bool(self.counts[Action.REFUSE]) or not self.is_readable

    @property
    def is_readable(self) -> bool:
        return all(problem.is_remark for problem in self.problems)

    @property
    def changes_anything(self) -> bool:
        return bool(self.stays or self.moved_exchanges)

    @property
    def all_problems(self) -> list[Problem]:
        """Every problem and remark, from the top of the file to its end."""
        return [*self.problems, *(problem for row in self.rows for problem in row.problems)]

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.all_problems if not problem.is_remark]

    @property
    def remarks(self) -> list[Problem]:
        return [problem for problem in self.all_problems if problem.is_remark]

    @property
    def stays(self) -> list[PlannedStay]:
        """The placements to make or to change."""
        written = {Action.CREATE, Action.UPDATE}
        return [row.stay for row in self.rows if row.stay and row.action in written]

    @cached_property
    def people(self) -> list[PlannedPerson]:
        """Everybody with a placement to make or to change, each once."""
        return list({stay.person.email: stay.person for stay in self.stays}.values())

    @property
    def new_people(self) -> list[PlannedPerson]:
        return [person for person in self.people if person.pk is None]

    @property
    def changed_people(self) -> list[PlannedPerson]:
        return [person for person in self.people if person.is_changed]

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

    @cached_property
    def fingerprint(self) -> str:
        """A short text that is equal for equal plans, and only for them."""
        seen = hashlib.sha256()
        for part in (self.rows, self.problems, self.exchanges):
            for one in part:
                seen.update(f"{one!r}\n".encode("utf-8", "backslashreplace"))
            seen.update(b"\n")
        return seen.hexdigest()
