"""What is recorded already, as far as a roster touches it. Plain Python."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID


class ExchangeKey(NamedTuple):
    """What makes an exchange: who goes where with which programme, and when."""

    programme: str
    partner: str
    academic_year: str
    term: str


class HostName(NamedTuple):
    """How a partner without HEI ID is known: its name in small letters and its country."""

    name: str
    country: str


@dataclass(frozen=True, slots=True)
class Office:
    pk: int
    code: str
    hei_id: str
    time_zone: str
    is_answered_for: bool


@dataclass(frozen=True, slots=True)
class Partner:
    """A host institution; without pk it is still to be made."""

    pk: int | None
    hei_id: str | None
    name: str
    country: str
    time_zone: str
    is_home: bool = False

    @property
    def key(self) -> str:
        return self.hei_id or f"{self.name.casefold()} ({self.country})"

    @property
    def host_name(self) -> HostName:
        return HostName(self.name.casefold(), self.country)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A recorded exchange; `active` are the pks of its placements that are not cancelled."""

    pk: int
    start_date: dt.date
    end_date: dt.date
    country: str
    time_zone: str
    active: frozenset[int]


@dataclass(frozen=True, slots=True)
class Person:
    """An account. Only names that `may_be_updated` follow the roster."""

    pk: int
    email: str
    given_names: str
    family_name: str
    global_id: str | None
    is_active: bool
    may_be_updated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StayValues:
    """A placement as one row of a roster tells it; the fields are the columns."""

    sending_ounit: str
    programme: str
    receiving_hei: str
    receiving_academic_year: str
    sending_academic_term: str
    participant_kind: str
    status: str
    start_date: dt.date
    end_date: dt.date
    leaves_home_on: dt.date | None
    destination_country: str
    receiving_ounit: str
    iia_id: str
    activity_type: str
    activity_attributes: str
    eqf_level: int | None
    isced_f_code: str
    languages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A recorded placement."""

    pk: int
    omobility_id: UUID
    email: str
    is_answered_for: bool
    own_country: str
    values: StayValues


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Everything recorded that the rows of one roster name, in look-up tables."""

    offices: Mapping[str, Office] = field(default_factory=dict)
    programmes: Mapping[str, int] = field(default_factory=dict)
    partners: Mapping[str, Partner] = field(default_factory=dict)
    partners_by_name: Mapping[HostName, Partner] = field(default_factory=dict)
    exchanges: Mapping[ExchangeKey, Exchange] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    emails_by_global_id: Mapping[str, str] = field(default_factory=dict)
    stays: Mapping[UUID, Stay] = field(default_factory=dict)
    stays_by_place: Mapping[tuple[str, ExchangeKey], Stay] = field(default_factory=dict)
