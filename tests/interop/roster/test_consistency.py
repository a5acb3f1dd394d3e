import pytest

from interop.roster.consistency import contradictions
from interop.roster.problems import Fault
from interop.roster.reading import read
from tests.interop.rosters import sheet_row

ID = "5a470204-c37c-58b6-a969-52c08c16cea9"
LAST_ROW = 50 * 1024 * 1024  # as many as a file may have of which most are empty.
OTHER = {"email": "ana@home.example", "given_names": "Ana"}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({}, {}, [(Fault.SAME_STAY_TWICE, "email")]),
        ({}, {"email": "ZOE@home.example"}, [(Fault.SAME_STAY_TWICE, "email")]),
        ({}, OTHER, []),
        ({}, {"sending_academic_term": ""}, []),
        (
            {"omobility_id": ID},
            {**OTHER, "omobility_id": ID.upper()},
            [(Fault.SAME_MOBILITY_TWICE, "omobility_id")],
        ),
        (
            {},
            {"family_name": "Meier", "programme": "worldwide"},
            [(Fault.TWO_NAMES, "family_name")],
        ),
        (
            {"global_id": "esi:1"},
            {"global_id": "esi:2", "programme": "worldwide"},
            [(Fault.TWO_STUDENT_IDS, "global_id")],
        ),
        (
            {"global_id": "esi:1"},
            {**OTHER, "global_id": "esi:1"},
            [(Fault.STUDENT_ID_SHARED, "global_id")],
        ),
        (
            {"receiving_hei": "", "receiving_hei_name": "Lund"},
            {"receiving_hei": "", "receiving_hei_name": "LUND"},
            [(Fault.SAME_STAY_TWICE, "email")],
        ),
    ],
)
def test_the_later_row_is_blamed_and_names_the_earlier(
    first: dict[str, str], second: dict[str, str], expected: list[tuple[Fault, str]]
) -> None:
    entries, problems = read([sheet_row(2, **first), sheet_row(LAST_ROW, **second)])
    found = contradictions(entries)

    assert problems == []
    assert [(problem.fault, problem.column) for problem in found] == expected
    assert all((problem.row, problem.detail) == (LAST_ROW, "2") for problem in found)


def test_the_earlier_row_may_stand_far_down() -> None:
    entries, _problems = read([sheet_row(LAST_ROW - 1), sheet_row(LAST_ROW)])

    assert [one.detail for one in contradictions(entries)] == [str(LAST_ROW - 1)]
