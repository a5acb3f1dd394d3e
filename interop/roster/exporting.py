"""Placements as a roster file: the same columns, so that it can be imported again."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from exchanges.models import Placement
from interop.roster.columns import NAMES
from interop.roster.merging import as_text
from library.cells import neutralise

CHUNK = 1_000
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something else


def lines(placements: QuerySet[Placement]) -> Iterator[str]:
    """Yield the header and a line for each placement, in few queries and little memory."""
    found = placements.select_related(
        "participant", "office__institution", "exchange__programme", "exchange__host"
    ).prefetch_related("language_skills")
    yield BYTE_ORDER_MARK + _line(NAMES)
    for placement in found.order_by("exchange__start_date", "pk").iterator(CHUNK):
        cells = _cells(placement)
        yield _line(cells[name] for name in NAMES)


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(neutralise(cell) for cell in cells)
    return line.getvalue()


def _cells(placement: Placement) -> dict[str, str]:
    person, exchange, office = placement.participant, placement.exchange, placement.office
    skills = tuple((skill.language, skill.cefr_level) for skill in placement.language_skills.all())
    return {
        "omobility_id": str(placement.omobility_id),
        "participant_kind": placement.audience,
        "given_names": person.first_name,
        "family_name": person.last_name,
        "email": person.email,
        "global_id": as_text(person.global_id),
        "sending_hei": as_text(office.institution.hei_id),
        "sending_ounit": office.code,
        "receiving_hei": as_text(exchange.host.hei_id),
        "receiving_hei_name": exchange.host.name,
        "receiving_country": str(exchange.host.country),
        "receiving_ounit": placement.receiving_ounit,
        "receiving_time_zone": str(exchange.time_zone),
        "iia_id": placement.iia_id,
        "programme": exchange.programme.code,
        "receiving_academic_year": exchange.academic_year,
        "sending_academic_term": exchange.term,
        "non_standard_period": "" if exchange.term else "yes",
        "start_date": as_text(placement.start_date),
        "end_date": as_text(placement.end_date),
        "leaves_home_on": as_text(placement.leaves_home_on),
        "activity_type": placement.activity_type,
        "activity_attributes": placement.activity_attributes,
        "status": placement.status,
        "eqf_level": as_text(placement.eqf_level),
        "isced_f_code": placement.isced_f_code,
        "languages": as_text(tuple(sorted(skills))),
        "destination_country": placement.country if placement.own_country else "",
    }
