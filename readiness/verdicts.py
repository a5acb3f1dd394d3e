"""What can be said about one requirement of one person. Plain Python, no Django."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class VerdictStatus(StrEnum):
    MET = "met"
    PENDING = "pending"
    WAITING = "waiting"
    OVERDUE = "overdue"
    FAILED = "failed"
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    MISCONFIGURED = "misconfigured"


class Turn(StrEnum):
    """Who has to do something next."""

    NOBODY = "nobody"
    PARTICIPANT = "participant"
    OFFICE = "office"
    TRAINER = "trainer"
    ADMINISTRATION = "administration"


SETTLED = frozenset({VerdictStatus.MET, VerdictStatus.WAIVED, VerdictStatus.NOT_APPLICABLE})

_TURNS = {
    VerdictStatus.MET: Turn.NOBODY,
    VerdictStatus.WAIVED: Turn.NOBODY,
    VerdictStatus.NOT_APPLICABLE: Turn.NOBODY,
    VerdictStatus.PENDING: Turn.PARTICIPANT,
    VerdictStatus.OVERDUE: Turn.PARTICIPANT,
    VerdictStatus.FAILED: Turn.OFFICE,
    VerdictStatus.MISCONFIGURED: Turn.OFFICE,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is as it is: a code and its facts.

    `readiness.wording` turns it into a sentence in the reader's language.
    """

    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement of one person on one day.

    Attributes:
        status: where it stands.
        reason: why, as a code with its facts.
        fact_at: when the fact that decides came about; None if there is none yet.
        link: where the participant goes on; empty where there is nothing to open.
        minutes: what is left to do, 0 when settled or unknown.
        why: the reason as a sentence; the report fills it in.
        waiting_on: whose word is waited for where the status is `waiting`.
    """

    status: VerdictStatus
    reason: Reason
    fact_at: dt.datetime | None = None
    link: str = ""
    minutes: int = 0
    why: str = ""
    waiting_on: Turn = Turn.OFFICE

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    @property
    def turn(self) -> Turn:
        return _TURNS.get(self.status, self.waiting_on)


class PlacementState(StrEnum):
    """Where a person stands as a whole. Only what `shall` be done `before` counts."""

    READY = "ready"
    NOT_READY = "not_ready"
    DEPARTED_READY = "departed_ready"
    DEPARTED_UNREADY = "departed_unready"
    CANCELLED = "cancelled"


def placement_state(*, cancelled: bool, departed: bool, required: int, done: int) -> PlacementState:
    """Nothing is averaged: one open requirement is enough not to be ready."""
    if cancelled:
        return PlacementState.CANCELLED
    if departed:
        if done < required:
            return PlacementState.DEPARTED_UNREADY
        return PlacementState.DEPARTED_READY
    return PlacementState.READY if done == required else PlacementState.NOT_READY
