"""Roster files for tests: one good row, and what a test changes in it."""

import csv
import io
from typing import Any

from interop.roster.known import Known, Office, Partner
from interop.roster.parsing import SheetRow
from interop.roster.plans import Plan
from interop.roster.problems import Fault

GOOD_ROW = {
    "participant_kind": "student",
    "given_names": "Zoë",
    "family_name": "Müller",
    "email": "zoe@home.example",
    "sending_ounit": "engineering",
    "programme": "erasmus-studies",
    "receiving_hei": "lund.example",
    "receiving_hei_name": "Lund",
    "receiving_country": "SE",
    "receiving_academic_year": "2026/2027",
    "sending_academic_term": "2026/2027-2/2",
    "start_date": "2027-01-18",
    "end_date": "2027-06-06",
}
FULL_ROW = {
    **GOOD_ROW,
    "omobility_id": "5a470204-c37c-58b6-a969-52c08c16cea9",
    "global_id": "urn:schac:personalUniqueCode:int:esi:home.example:1",
    "sending_hei": "northfield.example",
    "receiving_ounit": "CS",
    "receiving_time_zone": "Europe/Stockholm",
    "iia_id": "NFU-SE-1",
    "non_standard_period": "no",
    "leaves_home_on": "2027-01-16",
    "activity_type": "student-studies",
    "activity_attributes": "long-term",
    "status": "live",
    "eqf_level": "6",
    "isced_f_code": "0613",
    "languages": "sv:B1;en:B2",
    "destination_country": "DK",
}
OFFICES = {
    "engineering": Office(
        1, "engineering", "northfield.example", "Europe/Madrid", is_answered_for=True
    )
}
LUND = Partner(7, "lund.example", "Lund", "SE", "Europe/Stockholm")
KNOWN = Known(
    offices=OFFICES,
    programmes={"erasmus-studies": 3},
    partners={"lund.example": LUND},
    partners_by_name={LUND.host_name: LUND},
)


def sheet_row(number: int = 2, **changes: str) -> SheetRow:
    return SheetRow(number, {**GOOD_ROW, **changes})


def roster(*rows: dict[str, str]) -> bytes:
    """Return a CSV file with one row for each set of changes to the good row."""
    filled = [{**GOOD_ROW, **changes} for changes in rows]
    columns = list(dict.fromkeys(column for row in filled for column in row))
    file = io.StringIO()
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(filled)
    return file.getvalue().encode()


def errors(plan: Plan) -> list[tuple[int, str, Fault]]:
    return [(problem.row, problem.column, problem.fault) for problem in plan.errors]


def remarks(plan: Plan) -> list[tuple[int, str, Fault]]:
    return [(problem.row, problem.column, problem.fault) for problem in plan.remarks]


def change(plan: Plan, row: int = 0) -> dict[str, tuple[Any, Any]]:
    return {item.column: (item.before, item.after) for item in plan.rows[row].changes}
