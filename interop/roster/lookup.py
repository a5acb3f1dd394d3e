"""Looks up what is recorded for the rows of a file: the same few queries for any part of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from exchanges.enums import PlacementStatus
from exchanges.models import Exchange, Institution, LanguageSkill, Placement, Programme
from exchanges.models import Office as OfficeRecord
from exchanges.visibility import answers_for
from interop.roster import known
from interop.roster.entries import Entry
from interop.roster.known import ExchangeKey, Known, Partner, Stay, StayValues
from interop.roster.written import STAY_COLUMNS
from people import roles
from people.models import User

Course = tuple[str, str]
"""A programme's code and an academic year."""

_STAY_FIELDS = (
    "pk",
    "omobility_id",
    *STAY_COLUMNS,
    "office__code",
    "exchange__programme__code",
    "exchange__host_id",
    "exchange__academic_year",
    "exchange__term",
    "exchange__start_date",
    "exchange__end_date",
    "exchange__destination_country",
    "exchange__host__country",
)


@dataclass(frozen=True, slots=True)
class Names:
    """What some rows name people and stays by."""

    emails: frozenset[str]
    global_ids: frozenset[str]
    mobility_ids: frozenset[UUID]
    courses: frozenset[Course]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Names":
        found = list(entries)
        return cls(
            frozenset(entry.email for entry in found),
            frozenset(entry.global_id for entry in found if entry.global_id),
            frozenset(entry.omobility_id for entry in found if entry.omobility_id),
            frozenset((entry.programme, entry.receiving_academic_year) for entry in found),
        )


class Records:
    """What is recorded, asked for some rows at a time; what all rows share is asked once."""

    def __init__(self, actor: User | None) -> None:
        """Actor: whose offices count; None for the command line, which answers for all."""
        self.actor = actor
        self.offices = _offices(actor)
        self.programmes = dict(Programme.objects.values_list("code", "pk"))
        self.partners = _partners()
        self.exchanges: dict[ExchangeKey, known.Exchange] = {}
        self._courses: set[Course] = set()
        self._answered = {office.pk for office in self.offices if office.is_answered_for}
        self._shared = {
            "offices": {office.code.casefold(): office for office in self.offices},
            "programmes": self.programmes,
            "partners": {one.hei_id: one for one in self.partners.values() if one.hei_id},
            "partners_by_name": {one.host_name: one for one in self.partners.values()},
            "exchanges": self.exchanges,
        }

    @property
    def shared(self) -> tuple[Any, ...]:
        """All that the rows so far share; two that are equal make equal plans."""
        return self.offices, self.programmes, self.partners, self.exchanges

    def look_up(self, names: Names) -> tuple[Known, bytes]:
        """Return what is recorded of the rows, and a digest of what only they touch.

        The same few queries for any number of rows.
        """
        self.meet(names.courses)
        touched = _Touched.by(names)
        found = _stays(touched, self.partners, self._answered)
        shared: dict[str, Any] = self._shared
        tables = Known(
            **shared,
            people={one.email: one for one in _people(touched, self._answered, actor=self.actor)},
            emails_by_global_id={
                account["global_id"]: account["email"]
                for account in touched.accounts
                if account["global_id"]
            },
            stays={stay.omobility_id: stay for stay in found},
            stays_by_place={(stay.email, _key(stay.values)): stay for stay in found},
        )
        return tables, touched.digest

    def meet(self, courses: frozenset[Course]) -> None:
        """Look up the exchanges of programmes in years that no row has named before."""
        new = courses - self._courses
        if new:
            self._courses |= new
            self.exchanges |= _exchanges(new, self.programmes, self.partners)


def digest(names: Names) -> bytes:
    """Return the digest of what only these rows touch, as it is now."""
    return _Touched.by(names).digest


@dataclass(frozen=True, slots=True)
class _Touched:
    accounts: list[dict[str, Any]]
    placements: list[dict[str, Any]]
    skills: list[tuple[int, str, str]]
    with_other_roles: list[int]

    @classmethod
    def by(cls, names: Names) -> "_Touched":
        wanted = Q(email__in=names.emails) | Q(global_id__in=names.global_ids)
        accounts: list[Any] = list(
            User.objects.filter(wanted)
            .order_by("pk")
            .values(
                "pk", "email", "first_name", "last_name", "global_id", "is_active", "is_superuser"
            )
        )
        people = [account["pk"] for account in accounts]
        placements = _placements(names.mobility_ids, people)
        skills = LanguageSkill.objects.filter(placement__in=[stay["pk"] for stay in placements])
        memberships = User.groups.through.objects.filter(user__in=people)
        others = memberships.exclude(group__name=roles.PARTICIPANTS).values_list(
            "user_id", flat=True
        )
        return cls(
            accounts,
            placements,
            list(skills.order_by("pk").values_list("placement", "language", "cefr_level")),
            sorted(set(others.values_list("user_id", flat=True))),
        )

    @property
    def digest(self) -> bytes:
        return blake2b(repr(self).encode("utf-8", "backslashreplace"), digest_size=16).digest()


def _offices(actor: User | None) -> list[known.Office]:
    everything = OfficeRecord.objects.select_related("institution").order_by("path")
    mine = Q() if actor is None else answers_for(actor)
    answered = set(OfficeRecord.objects.filter(mine).values_list("pk", flat=True))
    return [
        known.Office(
            office.pk,
            office.code,
            office.institution.hei_id or "",
            str(office.time_zone),
            office.pk in answered,
        )
        for office in everything
    ]


def _partners() -> dict[int, Partner]:
    rows = Institution.objects.order_by("pk").values_list(
        "pk", "hei_id", "name", "country", "time_zone", "is_home"
    )
    return {
        pk: Partner(pk, hei_id, name, str(country), str(time_zone), is_home)
        for pk, hei_id, name, country, time_zone, is_home in rows
    }


def _exchanges(
    courses: frozenset[Course], programmes: dict[str, int], partners: dict[int, Partner]
) -> dict[ExchangeKey, known.Exchange]:
    wanted = {code for code, _year in courses if code in programmes}
    years = {year for _code, year in courses}
    records = [
        record
        for record in Exchange.objects.filter(programme__code__in=wanted, academic_year__in=years)
        .select_related("programme", "host")
        .order_by("pk")
        if (record.programme.code, record.academic_year) in courses
    ]
    active: dict[int, set[int]] = {record.pk: set() for record in records}
    placements = Placement.objects.exclude(status=PlacementStatus.CANCELLED)
    for pk, exchange in placements.filter(exchange__in=active).values_list("pk", "exchange"):
        active[exchange].add(pk)
    return {
        ExchangeKey(
            record.programme.code, partners[record.host_id].key, record.academic_year, record.term
        ): known.Exchange(
            record.pk,
            record.start_date,
            record.end_date,
            record.country,
            str(record.time_zone),
            frozenset(active[record.pk]),
        )
        for record in records
    }


def _placements(mobility_ids: frozenset[UUID], people: list[int]) -> list[dict[str, Any]]:
    wanted = Q(participant__in=people) | Q(omobility_id__in=mobility_ids)
    found = Placement.objects.filter(wanted).annotate(email=F("participant__email"))
    return list(found.order_by("pk").values("email", *_STAY_FIELDS))


def _stays(touched: _Touched, partners: dict[int, Partner], answered: set[int]) -> list[Stay]:
    skills: dict[int, list[tuple[str, str]]] = {}
    for pk, language, level in touched.skills:
        skills.setdefault(pk, []).append((language, level))
    return [
        Stay(
            stay["pk"],
            stay["omobility_id"],
            stay["email"],
            stay["office_id"] in answered,
            str(stay["own_country"]),
            _values(stay, partners, tuple(sorted(skills.get(stay["pk"], ())))),
        )
        for stay in touched.placements
    ]


def _values(
    stay: dict[str, Any], partners: dict[int, Partner], languages: tuple[tuple[str, str], ...]
) -> StayValues:
    return StayValues(
        sending_ounit=stay["office__code"],
        programme=stay["exchange__programme__code"],
        receiving_hei=partners[stay["exchange__host_id"]].key,
        receiving_academic_year=stay["exchange__academic_year"],
        sending_academic_term=stay["exchange__term"],
        participant_kind=stay["audience"],
        status=stay["status"],
        start_date=stay["own_start_date"] or stay["exchange__start_date"],
        end_date=stay["own_end_date"] or stay["exchange__end_date"],
        leaves_home_on=stay["leaves_home_on"],
        destination_country=str(
            stay["own_country"]
            or stay["exchange__destination_country"]
            or stay["exchange__host__country"]
        ),
        receiving_ounit=stay["receiving_ounit"],
        iia_id=stay["iia_id"],
        activity_type=stay["activity_type"],
        activity_attributes=stay["activity_attributes"],
        eqf_level=stay["eqf_level"],
        isced_f_code=stay["isced_f_code"],
        languages=languages,
    )


def _key(values: StayValues) -> ExchangeKey:
    return ExchangeKey(
        values.programme,
        values.receiving_hei,
        values.receiving_academic_year,
        values.sending_academic_term,
    )


def _people(touched: _Touched, answered: set[int], *, actor: User | None) -> list[known.Person]:
    """A coordinator's roster renames only people who go abroad, and only through own offices."""
    answers_for_all = actor is None or roles.is_administrator(actor)
    offices: dict[int, set[int]] = {}
    for stay in touched.placements:
        offices.setdefault(stay["participant_id"], set()).add(stay["office_id"])
    others = set(touched.with_other_roles)

    def may_be_updated(account: dict[str, Any]) -> bool:
        goes_through = offices.get(account["pk"], set())
        is_only_participant = not account["is_superuser"] and account["pk"] not in others
        return answers_for_all or (
            is_only_participant and bool(goes_through) and goes_through <= answered
        )

    return [
        known.Person(
            account["pk"],
            account["email"],
            account["first_name"],
            account["last_name"],
            account["global_id"],
            account["is_active"],
            may_be_updated(account),
        )
        for account in touched.accounts
    ]
