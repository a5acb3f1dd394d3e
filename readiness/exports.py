"""The report as CSV, XLSX and JSON: the same object, the same figures as the screen."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from library.cells import disarmed
from readiness.lines import RequirementLine
from readiness.shapes import Cell, ExchangeReadiness, PlacementReadiness

CellValue = str | int | dt.date


def rows(report: ExchangeReadiness) -> Iterator[list[CellValue]]:
    """One heading row and one row for each person; three columns for each requirement."""
    yield _headings(report)
    for placement in report.placements:
        yield [_disarmed(value) for value in _row(report, placement)]


def to_csv(report: ExchangeReadiness) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows(report))
    return out.getvalue()


def to_xlsx(report: ExchangeReadiness) -> bytes:
    workbook = Workbook(write_only=True, iso_dates=True)
    sheet = workbook.create_sheet(title=_("Readiness"))
    sheet.freeze_panes = "B2"
    for row in rows(report):
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def to_json(report: ExchangeReadiness) -> dict[str, Any]:
    """Codes rather than words, for machines; `why` is the sentence that people read."""
    return {
        "exchange": {
            "uuid": str(report.exchange.uuid),
            "code": report.exchange.code,
            "title": report.exchange.title,
            "country": report.exchange.country,
            "starts_on": report.exchange.starts_on.isoformat(),
            "ends_on": report.exchange.ends_on.isoformat(),
        },
        "as_of": report.as_of.isoformat(),
        "ready": report.ready,
        "total": report.total,
        "requirements": [_requirement(one) for one in report.requirements],
        "placements": [placement_in_codes(one) for one in report.placements],
    }


def file_name(report: ExchangeReadiness, extension: str) -> str:
    """What a file of it is called, whatever stands in the exchange's code."""
    return get_valid_filename(
        f"readiness-{report.exchange.code}-{report.as_of:%Y-%m-%d}.{extension}"
    )


def _disarmed(value: CellValue) -> CellValue:
    return disarmed(value)


def _headings(report: ExchangeReadiness) -> list[CellValue]:
    fixed = [
        _("Mobility ID"),
        _("Name"),
        _("E-mail"),
        _("Participant is"),
        _("Office"),
        _("Country"),
        _("Leaves home"),
        _("Days to departure"),
        _("State"),
        _("Done"),
        _("Required"),
    ]
    asked = [
        heading
        for name in _names(report.requirements)
        for heading in (
            name,
            _("%(name)s: due") % {"name": name},
            _("%(name)s: why") % {"name": name},
        )
    ]
    return [_disarmed(heading) for heading in [*fixed, *asked]]


def _names(requirements: Sequence[RequirementLine]) -> list[str]:
    """What is asked; a module and its quiz of the same name are told apart by their kind."""
    times = Counter(one.name for one in requirements)
    return [
        f"{one.name} ({one.kind_label})" if times[one.name] > 1 else one.name
        for one in requirements
    ]


def _row(report: ExchangeReadiness, one: PlacementReadiness) -> list[CellValue]:
    fixed: list[CellValue] = [
        str(one.omobility_id),
        one.participant_name,
        one.participant_email,
        one.audience_label,
        one.office,
        one.country_name,
        one.departs_on,
        one.days_to_departure,
        one.state_label,
        one.done,
        one.required,
    ]
    for requirement in report.requirements:
        fixed.extend(_three(one.cell(requirement.key)))
    return fixed


def _three(cell: Cell | None) -> tuple[CellValue, CellValue, CellValue]:
    return (cell.status_label, cell.due_on, cell.verdict.why) if cell else ("", "", "")


def _xlsx_cell(sheet: Any, value: Any) -> Any:
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _requirement(one: RequirementLine) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind,
        "name": one.name,
        "strength": one.strength,
        "phase": one.phase,
        "sets": list(one.sets),
    }


def placement_in_codes(one: PlacementReadiness) -> dict[str, Any]:
    """One person's state with every verdict, for machines and for snapshots."""
    return {
        "omobility_id": str(one.omobility_id),
        "name": one.participant_name,
        "email": one.participant_email,
        "audience": one.audience,
        "office": one.office,
        "country": one.country,
        "departs_on": one.departs_on.isoformat(),
        "days_to_departure": one.days_to_departure,
        "state": one.state.value,
        "done": one.done,
        "required": one.required,
        "cells": [_cell(cell) for cell in one.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    fact_at = cell.verdict.fact_at
    return {
        "requirement": cell.requirement.key,
        "name": cell.requirement.name,
        "status": cell.status.value,
        "reason": cell.verdict.reason.code,
        "why": cell.verdict.why,
        "turn": cell.verdict.turn.value,
        "due_on": cell.due_on.isoformat(),
        "fact_at": fact_at.isoformat() if fact_at else None,
    }
