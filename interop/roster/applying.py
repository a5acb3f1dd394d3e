"""Carries out a plan: everything or nothing, once, and only what the dry run showed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID, uuid4

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils.text import slugify

from exchanges.models import Exchange, Institution, LanguageSkill, Placement
from interop.roster.dry_run import plan_sheet
from interop.roster.known import ExchangeKey, Partner
from interop.roster.models import RosterUpload, TraceKind
from interop.roster.parsing import Sheet
from interop.roster.plans import Action, Plan, PlannedExchange, PlannedPerson, PlannedStay
from interop.roster.tracing import Images, images, trace
from interop.roster.written import MOVED, NAMED, WRITTEN
from people import roles
from people.models import User
from readiness import states

T = TypeVar("T")

BATCH = 500
CODE_LENGTH = 110


class RosterHasErrorsError(Exception):
    """The file has rows that cannot be imported, and nobody asked for the good ones only."""


class RosterChangedError(Exception):
    """What is recorded has changed since the dry run. `plan` is what it would be now."""

    def __init__(self, plan: Plan | None = None) -> None:
        super().__init__("The records have changed since the dry run.")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import has done; `new_people` are the keys of the accounts that it made."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    people: int = 0
    partners: int = 0
    exchanges: int = 0
    exchanges_moved: int = 0
    new_people: tuple[int, ...] = field(default=(), compare=False)


def apply(
    sheet: Sheet,
    *,
    expected: str,
    actor: User | None,
    good_rows_only: bool = False,
    upload: RosterUpload | None = None,
) -> Outcome:
    """Import a sheet and return what was done.

    Args:
        sheet: the parsed file.
        expected: fingerprint of the plan that was shown. The plan is made again, here,
            where nobody else can import, and must be the same.
        actor: whose offices count; None for all of them.
        good_rows_only: import the good rows of a file that has bad ones.
        upload: keeps the traces by which the import can be undone.

    Raises:
        RosterHasErrorsError: the file has errors; nothing is imported.
        RosterChangedError: something has changed since; nothing is imported.
    """
    try:
        with transaction.atomic():
            wait_for_other_imports()
            plan = plan_sheet(sheet, actor=actor)
            if plan.fingerprint != expected:
                raise RosterChangedError(plan)
            if not plan.is_readable or (plan.has_errors and not good_rows_only):
                raise RosterHasErrorsError
            return _write(plan, upload)
    except IntegrityError as error:
        raise RosterChangedError from error


def wait_for_other_imports() -> None:
    """Imports and undoings queue for this row: each plans on what the one before has left."""
    Group.objects.select_for_update().get(name=roles.PARTICIPANTS)


def _write(plan: Plan, upload: RosterUpload | None) -> Outcome:
    before = _before(plan)
    partners = _make_partners(plan.new_partners)
    exchanges = {exchange.key: exchange for exchange in plan.exchanges}
    exchange_pks = _make_exchanges(plan, partners)
    _move_exchanges(plan.moved_exchanges)
    people = _make_people(plan.new_people)
    new_people = tuple(people.values())
    _update_people(plan.changed_people)
    people |= {person.email: person.pk for person in plan.people if person.pk is not None}
    _let_take_part(people.values())
    stays = _write_stays(plan.stays, people, exchanges, exchange_pks)
    if upload is not None:
        made = [exchange_pks[exchange.key] for exchange in plan.new_exchanges]
        touched = {
            TraceKind.PARTNER: partners.values(),
            TraceKind.EXCHANGE: [*before[TraceKind.EXCHANGE], *made],
            TraceKind.PERSON: [*before[TraceKind.PERSON], *new_people],
            TraceKind.PLACEMENT: stays,
        }
        trace(upload, before=before, touched=touched)
    states.mark(Placement.objects.filter(exchange__in=list(exchange_pks.values())))
    return Outcome(
        created=plan.counts[Action.CREATE],
        updated=plan.counts[Action.UPDATE],
        unchanged=plan.counts[Action.UNCHANGED],
        refused=plan.counts[Action.REFUSE],
        people=len(plan.new_people),
        partners=len(partners),
        exchanges=len(plan.new_exchanges),
        exchanges_moved=len(plan.moved_exchanges),
        new_people=new_people,
    )


def _before(plan: Plan) -> dict[TraceKind, Images]:
    """What the records are that the plan changes."""
    changed = {
        TraceKind.EXCHANGE: [exchange.pk for exchange in plan.moved_exchanges],
        TraceKind.PERSON: [person.pk for person in plan.changed_people],
        TraceKind.PLACEMENT: [stay.pk for stay in plan.stays],
    }
    return {
        kind: images(kind, [pk for pk in pks if pk is not None]) for kind, pks in changed.items()
    }


def _make_partners(partners: list[Partner]) -> dict[str, int]:
    made = Institution.objects.bulk_create(
        Institution(
            hei_id=partner.hei_id,
            name=partner.name,
            country=partner.country,
            time_zone=partner.time_zone,
        )
        for partner in partners
    )
    return {partner.key: record.pk for partner, record in zip(partners, made, strict=True)}


def _make_exchanges(plan: Plan, partners: Mapping[str, int]) -> dict[ExchangeKey, int]:
    """Make the new exchanges and return the pks of all."""
    programmes = dict(plan.programmes)
    wanted = {exchange.key: _code(exchange) for exchange in plan.new_exchanges}
    taken = set(Exchange.objects.filter(code__in=wanted.values()).values_list("code", flat=True))
    records = []
    for exchange in plan.new_exchanges:
        code = wanted[exchange.key]
        if code in taken:
            code = f"{code}-{uuid4().hex[:8]}"
        taken.add(code)
        records.append(
            Exchange(
                code=code,
                programme_id=programmes[exchange.key.programme],
                host_id=exchange.partner.pk or partners[exchange.partner.key],
                academic_year=exchange.key.academic_year,
                term=exchange.key.term,
                start_date=exchange.start_date,
                end_date=exchange.end_date,
                time_zone=exchange.time_zone,
            )
        )
    made = Exchange.objects.bulk_create(records)
    pks = {exchange.key: exchange.pk for exchange in plan.exchanges if exchange.pk is not None}
    new = zip(plan.new_exchanges, made, strict=True)
    return pks | {exchange.key: record.pk for exchange, record in new}


def _code(exchange: PlannedExchange) -> str:
    """Return a code that people can read, such as `erasmus-studies-lund-example-2026-2027-2-2`."""
    key = exchange.key
    when = (key.term or key.academic_year).replace("/", "-")
    who = slugify(key.partner.replace(".", "-"))[: CODE_LENGTH - len(key.programme) - len(when)]
    return f"{key.programme}-{who}-{when}"


def _move_exchanges(exchanges: list[PlannedExchange]) -> None:
    Exchange.objects.bulk_update(
        [
            Exchange(pk=exchange.pk, start_date=exchange.start_date, end_date=exchange.end_date)
            for exchange in exchanges
        ],
        MOVED,
        batch_size=BATCH,
    )


def _make_people(people: list[PlannedPerson]) -> dict[str, int]:
    """Make accounts without a password: people are invited to choose one."""
    made = User.objects.bulk_create(
        User(
            email=person.email,
            first_name=person.given_names,
            last_name=person.family_name,
            global_id=person.global_id,
            time_zone=person.time_zone,
            password=make_password(None),
        )
        for person in people
    )
    return {record.email: record.pk for record in made}


def _update_people(people: Iterable[PlannedPerson]) -> None:
    User.objects.bulk_update(
        [
            User(
                pk=person.pk,
                first_name=person.given_names,
                last_name=person.family_name,
                global_id=person.global_id,
            )
            for person in people
        ],
        NAMED,
        batch_size=BATCH,
    )


def _let_take_part(people: Iterable[int]) -> None:
    group = Group.objects.get(name=roles.PARTICIPANTS)
    membership = User.groups.through
    membership.objects.bulk_create(
        [membership(user_id=pk, group_id=group.pk) for pk in people], ignore_conflicts=True
    )


def _write_stays(
    stays: list[PlannedStay],
    people: Mapping[str, int],
    exchanges: Mapping[ExchangeKey, PlannedExchange],
    exchange_pks: Mapping[ExchangeKey, int],
) -> list[int]:
    records = [
        _record(stay, people[stay.person.email], exchanges[stay.exchange], exchange_pks)
        for stay in stays
    ]
    recorded = [record for record, stay in zip(records, stays, strict=True) if stay.pk]
    new = [record for record, stay in zip(records, stays, strict=True) if not stay.pk]
    Placement.objects.bulk_create(new)
    # Many times faster than bulk_update with its CASE for every row and column.
    Placement.objects.bulk_create(
        recorded, update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN
    )
    LanguageSkill.objects.filter(placement__in=[record.pk for record in recorded]).delete()
    LanguageSkill.objects.bulk_create(
        LanguageSkill(placement_id=record.pk, language=language, cefr_level=level)
        for record, stay in zip(records, stays, strict=True)
        for language, level in stay.values.languages
    )
    return [record.pk for record in records]


def _record(
    stay: PlannedStay,
    participant_pk: int,
    exchange: PlannedExchange,
    exchange_pks: Mapping[ExchangeKey, int],
) -> Placement:
    values = stay.values

    def own(value: T, common: T) -> T | None:
        return None if value == common else value

    record = Placement(
        pk=stay.pk,
        participant_id=participant_pk,
        exchange_id=exchange_pks[exchange.key],
        office_id=stay.office_pk,
        audience=values.participant_kind,
        status=values.status,
        activity_type=values.activity_type,
        activity_attributes=values.activity_attributes,
        own_start_date=own(values.start_date, exchange.start_date),
        own_end_date=own(values.end_date, exchange.end_date),
        leaves_home_on=values.leaves_home_on,
        own_country=""
        if values.destination_country == exchange.country
        else values.destination_country,
        receiving_ounit=values.receiving_ounit,
        iia_id=values.iia_id,
        eqf_level=values.eqf_level,
        isced_f_code=values.isced_f_code,
    )
    if stay.omobility_id:
        record.omobility_id = UUID(stay.omobility_id)
    return record
