"""Looks up what is recorded for a whole file: the same few queries whatever its length."""

from collections.abc import Iterable, Sequence
from typing import Any

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


def look_up(entries: Sequence[Entry], *, actor: User | None) -> Known:
    """Return what is recorded of everything that the entries name.

    Args:
        entries: the rows that can be read.
        actor: whose offices count; None for the command line, which answers for all.
    """
    offices = _offices(actor)
    answered = {office.pk for office in offices if office.is_answered_for}
    programmes = dict(Programme.objects.values_list("code", "pk"))
    partners = _partners()
    emails = {entry.email for entry in entries}
    global_ids = {entry.global_id for entry in entries if entry.global_id}
    accounts: list[Any] = list(
        User.objects.filter(Q(email__in=emails) | Q(global_id__in=global_ids)).values(
            "pk", "email", "first_name", "last_name", "global_id", "is_active", "is_superuser"
        )
    )
    exchanges = _exchanges(entries, programmes, partners)
    stays = _placements(entries, [account["pk"] for account in accounts])
    found = _stays(stays, partners, answered)
    return Known(
        offices={office.code.casefold(): office for office in offices},
        programmes=programmes,
        partners={partner.hei_id: partner for partner in partners.values() if partner.hei_id},
        partners_by_name={partner.host_name: partner for partner in partners.values()},
        exchanges=exchanges,
        people={person.email: person for person in _people(accounts, stays, answered, actor=actor)},
        emails_by_global_id={
            account["global_id"]: account["email"] for account in accounts if account["global_id"]
        },
        stays={stay.omobility_id: stay for stay in found},
        stays_by_place={(stay.email, _key(stay.values)): stay for stay in found},
    )


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
    entries: Iterable[Entry], programmes: dict[str, int], partners: dict[int, Partner]
) -> dict[ExchangeKey, known.Exchange]:
    wanted = {entry.programme for entry in entries if entry.programme in programmes}
    years = {entry.receiving_academic_year for entry in entries}
    records = list(
        Exchange.objects.filter(programme__code__in=wanted, academic_year__in=years)
        .select_related("programme", "host")
        .order_by("pk")
    )
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


def _placements(entries: Iterable[Entry], people: list[int]) -> list[dict[str, Any]]:
    mobility_ids = {entry.omobility_id for entry in entries if entry.omobility_id}
    wanted = Q(participant__in=people) | Q(omobility_id__in=mobility_ids)
    found = Placement.objects.filter(wanted).annotate(email=F("participant__email"))
    return list(found.order_by("pk").values("email", *_STAY_FIELDS))


def _stays(
    placements: list[dict[str, Any]], partners: dict[int, Partner], answered: set[int]
) -> list[Stay]:
    skills: dict[int, list[tuple[str, str]]] = {}
    rows = LanguageSkill.objects.filter(placement__in=[stay["pk"] for stay in placements])
    for pk, language, level in rows.values_list("placement", "language", "cefr_level"):
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
        for stay in placements
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


def _people(
    accounts: list[Any],
    placements: list[dict[str, Any]],
    answered: set[int],
    *,
    actor: User | None,
) -> list[known.Person]:
    """A coordinator's roster renames only people who go abroad, and only through own offices."""
    answers_for_all = actor is None or roles.is_administrator(actor)
    offices: dict[int, set[int]] = {}
    for stay in placements:
        offices.setdefault(stay["participant_id"], set()).add(stay["office_id"])
    memberships = User.groups.through.objects.filter(
        user__in=[account["pk"] for account in accounts]
    ).exclude(group__name=roles.PARTICIPANTS)
    others = set(memberships.values_list("user_id", flat=True))

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
        for account in accounts
    ]
