"""The report's files, told apart from what a spreadsheet might run."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest

from exchanges.models import Placement
from quizzes.models import Quiz
from readiness import exports, report
from readiness.models import RequirementSet
from readiness.shapes import ExchangeReadiness
from tests.factories.exchanges import PlacementFactory
from tests.factories.readiness import (
    DeclarationFactory,
    DeclarationRequirementFactory,
    QuizRequirementFactory,
    RequirementFactory,
)
from tests.readiness.moments import IN_MARCH, JANUARY

FORMULA_STARTS = ("=", "+", "-", "@", "|", "%")
EVIL = [
    "=1+1", "+1", "-1+2", "@SUM(A1)", "|cmd", "%x", "\t=1", "\r=1", "\n=1", "  =1", "\v=1",
    '=HYPERLINK("http://evil.example")', "a\x01b",
]  # fmt: skip


@pytest.fixture
def evil_report(db: None, placement: Placement, everybody: RequirementSet) -> ExchangeReadiness:
    DeclarationRequirementFactory.create(requirement_set=everybody)
    DeclarationFactory.create(placement=placement, declared_at=JANUARY)
    for name in EVIL:
        PlacementFactory.create(
            exchange=placement.exchange,
            participant__first_name=name,
            participant__last_name="",
            office__name=name,
        )
    return report.build(placement.exchange, as_of=IN_MARCH)


def test_no_cell_of_the_csv_is_a_formula(evil_report: ExchangeReadiness) -> None:
    rows = list(csv.reader(io.StringIO(exports.to_csv(evil_report), newline="")))
    numbers = [row.index("Days to departure") for row in rows[:1]]

    assert len(rows) == len(EVIL) + 2
    for row in rows[1:]:
        for place, cell in enumerate(row):
            assert place in numbers or not cell.lstrip().startswith(FORMULA_STARTS)
        assert int(row[numbers[0]]) == -9


def test_no_cell_of_the_spreadsheet_is_a_formula(evil_report: ExchangeReadiness) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(exports.to_xlsx(evil_report))).worksheets[0]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None}
    texts = [c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str)]

    assert kinds == {"s", "n", "d"}
    assert not any(text.lstrip().startswith(FORMULA_STARTS) for text in texts)


def test_the_json_says_the_same_in_codes(evil_report: ExchangeReadiness) -> None:
    found = json.loads(json.dumps(exports.to_json(evil_report)))
    ada = next(one for one in found["placements"] if one["name"] == "Ada Byron")

    assert (found["ready"], found["total"]) == (1, len(EVIL) + 1)
    assert found["requirements"][0]["key"] == "declaration:passport"
    assert (ada["state"], ada["days_to_departure"]) == ("departed_ready", -9)
    assert ada["cells"] == [
        {
            "requirement": "declaration:passport",
            "name": "Passport",
            "status": "met",
            "reason": "declared",
            "why": "Declared.",
            "turn": "nobody",
            "due_on": "2027-02-01",
            "fact_at": "2027-01-15T12:00:00+00:00",
        }
    ]
    assert found["placements"][0]["cells"][0]["fact_at"] is None


def test_a_file_is_named_for_the_exchange_and_the_day(evil_report: ExchangeReadiness) -> None:
    name = exports.file_name(evil_report, "csv")

    assert name == f"readiness-{evil_report.exchange.code}-2027-03-10.csv"


@pytest.mark.django_db
def test_a_module_and_its_quiz_of_the_same_name_have_headings_of_their_own(
    placement: Placement, everybody: RequirementSet, module: Any, quiz: Quiz
) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(title=module.title)
    RequirementFactory.create(requirement_set=everybody, module=module)
    QuizRequirementFactory.create(requirement_set=everybody, quiz=quiz)
    DeclarationRequirementFactory.create(requirement_set=everybody)
    found = report.build(placement.exchange, as_of=IN_MARCH)
    headings = next(csv.reader(io.StringIO(exports.to_csv(found), newline="")))

    assert len(headings) == len(set(headings))
    assert {"Safety (Module completed)", "Safety (Quiz passed): why", "Passport"} <= set(headings)
