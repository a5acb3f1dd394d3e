"""Prepares an import before it needs the database for itself: plans it and packs what to write."""

import pickle
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from interop.roster.dry_run import DryRun
from interop.roster.lookup import Course, Names, Records, digest
from interop.roster.numbers import Numbers
from interop.roster.parsing import Sheet
from interop.roster.plans import WRITTEN, Plan, PlannedPerson, PlannedStay
from people.models import User

FASTEST = 1


@dataclass(frozen=True, slots=True)
class ToWrite:
    """The placements of some rows, and what they were planned upon."""

    names: Names
    digest: bytes
    stays: list[PlannedStay]


@dataclass(slots=True)
class Prepared:
    """A plan with all that it writes, packed.

    Attributes:
        again: who stands in more than one row, by address: an identifier or a change that
            any of the rows brings counts.
    """

    plan: Plan
    records: Records
    parts: list[bytes] = field(default_factory=list)
    courses: set[Course] = field(default_factory=set)
    again: dict[str, PlannedPerson] = field(default_factory=dict)

    def taken(self) -> Iterator[ToWrite]:
        """Yield what is to be written, part by part, and let go of it."""
        while self.parts:
            packed = self.parts.pop(0)
            yield pickle.loads(zlib.decompress(packed))  # noqa: S301  packed by this process.

    def people(self, stays: Iterable[PlannedStay]) -> dict[str, PlannedPerson]:
        """Return everybody on these placements by address, as all rows tell them."""
        found: dict[str, PlannedPerson] = {}
        for stay in stays:
            person = found.setdefault(stay.person.email, stay.person)
            if again := self.again.get(person.email):
                found[person.email] = _united(person, again)
        return found


class Planned(Protocol):
    """What some rows were planned upon."""

    @property
    def names(self) -> Names: ...
    @property
    def digest(self) -> bytes: ...


def still_holds(prepared: Prepared, parts: Iterable[Planned]) -> bool:
    """Whether everything that the plan was made upon is as it was then.

    The queries for what the rows share, and five for each part with something to write.
    """
    now = Records(prepared.records.actor)
    now.meet(frozenset(prepared.courses))
    return now.shared == prepared.records.shared and all(
        digest(part.names) == part.digest for part in parts
    )


def _united(one: PlannedPerson, other: PlannedPerson) -> PlannedPerson:
    return replace(
        one,
        global_id=one.global_id or other.global_id,
        is_changed=one.is_changed or other.is_changed,
    )


def prepare(sheet: Sheet, *, actor: User | None) -> Prepared:
    """Plan a sheet and pack what it writes; asks the database and changes nothing."""
    run = DryRun(sheet, actor=actor)
    packed, courses = [], set[Course]()
    seen, again = Numbers(), dict[str, PlannedPerson]()
    for part in run.parts():
        courses |= part.names.courses
        stays = [row.stay for row in part.rows if row.stay and row.action in WRITTEN]
        for person in (stay.person for stay in stays):
            before = len(seen)
            seen.setdefault(hash(person.email), before)
            if len(seen) == before:
                again[person.email] = _united(again.get(person.email, person), person)
        if stays:
            wanted = ToWrite(part.names, part.digest, stays)
            packed.append(zlib.compress(pickle.dumps(wanted), FASTEST))
    return Prepared(run.plan(), run.records, packed, courses, again)
