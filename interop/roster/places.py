"""The hosts and exchanges of a plan: made ready with their keys, then written."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import uuid4

from django.utils.text import slugify

from exchanges.models import Exchange, Institution, Placement
from interop.roster.keys import reserve
from interop.roster.known import ExchangeKey
from interop.roster.models import RosterUpload, TraceKind
from interop.roster.plans import Plan, PlannedExchange
from interop.roster.tracing import images, trace
from interop.roster.written import MOVED
from readiness import states

BATCH = 500
CODE_LENGTH = 110


@dataclass(frozen=True, slots=True)
class Places:
    """Where the rows of a plan lead.

    Attributes:
        exchanges: all of them by key, and `pks` their keys in the database.
        partners: the hosts to be made; `made` and `moved` the exchanges to be made and moved.
    """

    exchanges: Mapping[ExchangeKey, PlannedExchange]
    pks: Mapping[ExchangeKey, int]
    partners: list[Institution]
    made: list[Exchange]
    moved: list[Exchange]

    def write(self, upload: RosterUpload | None) -> None:
        """Make and move them, and keep what they were before if there is an upload."""
        moved = [exchange.pk for exchange in self.moved]
        before = {TraceKind.EXCHANGE: images(TraceKind.EXCHANGE, moved)}
        Institution.objects.bulk_create(self.partners)
        Exchange.objects.bulk_create(self.made)
        Exchange.objects.bulk_update(self.moved, MOVED, batch_size=BATCH)
        states.mark(Placement.objects.filter(exchange__in=moved))
        if upload is not None:
            made = [exchange.pk for exchange in self.made]
            hosts = [partner.pk for partner in self.partners]
            touched = {TraceKind.PARTNER: hosts, TraceKind.EXCHANGE: [*moved, *made]}
            trace(upload, before=before, touched=touched)


def places_of(plan: Plan) -> Places:
    """Return where the rows of a plan lead, with keys for what is new."""
    partners = {
        partner.key: Institution(
            pk=pk,
            hei_id=partner.hei_id,
            name=partner.name,
            country=partner.country,
            time_zone=partner.time_zone,
        )
        for partner, pk in zip(
            plan.new_partners, reserve(Institution, len(plan.new_partners)), strict=True
        )
    }
    made = _made(plan, {key: partner.pk for key, partner in partners.items()})
    pks = {exchange.key: exchange.pk for exchange in plan.exchanges if exchange.pk is not None}
    return Places(
        exchanges={exchange.key: exchange for exchange in plan.exchanges},
        pks=pks | {key: record.pk for key, record in made.items()},
        partners=list(partners.values()),
        made=list(made.values()),
        moved=[
            Exchange(pk=exchange.pk, start_date=exchange.start_date, end_date=exchange.end_date)
            for exchange in plan.moved_exchanges
        ],
    )


def _made(plan: Plan, partners: Mapping[str, int]) -> dict[ExchangeKey, Exchange]:
    programmes = dict(plan.programmes)
    wanted = {exchange.key: _code(exchange) for exchange in plan.new_exchanges}
    taken = set(Exchange.objects.filter(code__in=wanted.values()).values_list("code", flat=True))
    records = {}
    for exchange, pk in zip(plan.new_exchanges, reserve(Exchange, len(wanted)), strict=True):
        code = wanted[exchange.key]
        if code in taken:
            code = f"{code}-{uuid4().hex[:8]}"
        taken.add(code)
        records[exchange.key] = Exchange(
            pk=pk,
            code=code,
            programme_id=programmes[exchange.key.programme],
            host_id=exchange.partner.pk or partners[exchange.partner.key],
            academic_year=exchange.key.academic_year,
            term=exchange.key.term,
            start_date=exchange.start_date,
            end_date=exchange.end_date,
            time_zone=exchange.time_zone,
        )
    return records


def _code(exchange: PlannedExchange) -> str:
    """Return a code that people can read, such as `erasmus-studies-lund-example-2026-2027-2-2`."""
    key = exchange.key
    when = (key.term or key.academic_year).replace("/", "-")
    who = slugify(key.partner.replace(".", "-"))[: CODE_LENGTH - len(key.programme) - len(when)]
    return f"{key.programme}-{who}-{when}"
