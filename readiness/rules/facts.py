"""What is known about a person, in plain terms: dated, and never more than was recorded."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID


class ModuleFact(Protocol):
    """How far a person is with a module; `progress.evidence` gathers it."""

    @property
    def steps_done(self) -> int: ...
    @property
    def steps_total(self) -> int: ...
    @property
    def started_at(self) -> dt.datetime | None: ...
    @property
    def completed_at(self) -> dt.datetime | None: ...
    @property
    def minutes_left(self) -> int: ...


class QuizFact(Protocol):
    """How a person stands in a quiz; `quizzes.results` gathers it."""

    @property
    def counting_percent(self) -> Decimal | None: ...
    @property
    def counting_at(self) -> dt.datetime | None: ...
    @property
    def attempts_used(self) -> int: ...
    @property
    def attempts_allowed(self) -> int | None: ...
    @property
    def in_progress(self) -> bool: ...
    @property
    def being_marked(self) -> bool: ...
    @property
    def is_held(self) -> bool: ...
    @property
    def given_up_at(self) -> dt.datetime | None: ...
    @property
    def passed(self) -> bool: ...
    @property
    def passed_at(self) -> dt.datetime | None: ...
    @property
    def best_percent(self) -> Decimal | None: ...
    @property
    def best_at(self) -> dt.datetime | None: ...
    @property
    def last_percent(self) -> Decimal | None: ...
    @property
    def last_at(self) -> dt.datetime | None: ...


class TaskFact(Protocol):
    """What came of an immersion task; `progress.evidence` gathers it."""

    @property
    def submitted_at(self) -> dt.datetime: ...
    @property
    def first_submitted_at(self) -> dt.datetime: ...
    @property
    def accepted_at(self) -> dt.datetime | None: ...
    @property
    def asked_again_at(self) -> dt.datetime | None: ...


@dataclass(frozen=True, slots=True)
class DeclarationFact:
    """`country` is the one that it was made for; empty where that does not matter."""

    kind: str
    declared_at: dt.datetime
    withdrawn_at: dt.datetime | None = None
    verified_at: dt.datetime | None = None
    verified_by: str = ""
    country: str = ""

    def stands(self, as_of: dt.datetime) -> bool:
        return _holds(self.declared_at, self.withdrawn_at, as_of)

    def is_about(self, country: str) -> bool:
        return "" in {country, self.country} or self.country == country

    def is_verified(self, as_of: dt.datetime) -> bool:
        return self.verified_at is not None and self.verified_at <= as_of

    def rank(self, as_of: dt.datetime) -> tuple[bool, dt.datetime, str]:
        """Of several that stand, the one that says most comes last."""
        return self.is_verified(as_of), self.declared_at, self.verified_by


@dataclass(frozen=True, slots=True)
class WaiverFact:
    """`until` is the first moment at which the waiver no longer holds."""

    requirement_key: str
    granted_at: dt.datetime
    reason: str
    granted_by: str = ""
    withdrawn_at: dt.datetime | None = None
    until: dt.datetime | None = None
    does_not_apply: bool = False

    def stands(self, as_of: dt.datetime) -> bool:
        return _holds(self.granted_at, self.withdrawn_at, as_of) and (
            self.until is None or as_of < self.until
        )

    def rank(self) -> tuple[Any, ...]:
        """Of several that stand, the one that is told comes last."""
        end = self.until or self.granted_at
        words = (self.reason, self.granted_by, self.does_not_apply)
        return self.granted_at, self.until is None, end, *words


@dataclass(frozen=True, slots=True)
class RecordedFact:
    """Somebody's word about `target`: a role's sign-off, or the result of an outside test."""

    target: str
    recorded_at: dt.datetime
    by: str = ""
    withdrawn_at: dt.datetime | None = None

    def stands(self, as_of: dt.datetime) -> bool:
        return _holds(self.recorded_at, self.withdrawn_at, as_of)


@dataclass(frozen=True, slots=True)
class ExtensionFact:
    """More time for one requirement, granted at `decided_at`: due at `until` from then on."""

    requirement_key: str
    decided_at: dt.datetime
    until: dt.datetime


def _holds(since: dt.datetime, ended: dt.datetime | None, as_of: dt.datetime) -> bool:
    return since <= as_of and (ended is None or as_of < ended)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything known about one person on one placement."""

    modules: Mapping[UUID, ModuleFact] = field(default_factory=dict)
    quizzes: Mapping[int, QuizFact] = field(default_factory=dict)
    attended: Mapping[UUID, dt.datetime] = field(default_factory=dict)
    tasks: Mapping[UUID, TaskFact] = field(default_factory=dict)
    declarations: tuple[DeclarationFact, ...] = ()
    waivers: tuple[WaiverFact, ...] = ()
    approvals: tuple[RecordedFact, ...] = ()
    results: tuple[RecordedFact, ...] = ()
    extensions: tuple[ExtensionFact, ...] = ()
