"""EWP mobility files: the same rows as a roster, and the trap of the two dates."""

from pathlib import Path

import pytest
from django.conf import settings

from interop.roster import mobilities
from interop.roster.mobilities import Defaults, is_xml, parse_mobilities
from interop.roster.parsing import MAX_BYTES
from interop.roster.problems import Fault
from interop.roster.sheets import sheet_of
from tests.interop.rosters import roster

SAMPLE = Path(settings.BASE_DIR, "docs", "samples", "mobilities.xml").read_bytes()
STUDIES = Defaults(programme="erasmus-studies", sending_ounit="engineering")


def faults(content: bytes) -> list[tuple[int, str, Fault]]:
    sheet = parse_mobilities(content, STUDIES)
    return [(problem.row, problem.column, problem.fault) for problem in sheet.problems]


def changed(before: str, after: str) -> bytes:
    assert before.encode() in SAMPLE
    return SAMPLE.replace(before.encode(), after.encode())


def test_a_mobility_is_a_row() -> None:
    sheet = parse_mobilities(SAMPLE, STUDIES)

    assert sheet.problems == ()
    assert [row.number for row in sheet.rows] == [1, 2]
    assert sheet.rows[0].cells == {
        "omobility_id": "0f3c5b58-6a07-4a55-8d39-6d6b6d2f6f01",
        "participant_kind": "student",
        "given_names": "Zoë",
        "family_name": "Müller",
        "email": "zoe@home.example",
        "global_id": "urn:schac:personalUniqueCode:int:esi:northfield.example:1",
        "sending_hei": "northfield.example",
        "sending_ounit": "engineering",
        "receiving_hei": "lund.example",
        "receiving_ounit": "CS",
        "iia_id": "NFU-SE-1",
        "programme": "erasmus-studies",
        "receiving_academic_year": "2026/2027",
        "sending_academic_term": "2026/2027-2/2",
        "start_date": "2027-01-18",
        "end_date": "2027-06-06",
        "status": "live",
        "activity_type": "student-studies",
        "activity_attributes": "long-term",
        "eqf_level": "6",
        "isced_f_code": "0613",
        "languages": "sv:B1",
    }


def test_planned_arrival_is_the_start_and_planned_departure_the_end() -> None:
    cells = parse_mobilities(SAMPLE, STUDIES).rows[0].cells

    assert (cells["start_date"], cells["end_date"]) == ("2027-01-18", "2027-06-06")
    assert "leaves_home_on" not in cells


def test_what_a_mobility_does_not_say_comes_from_the_person_who_imports() -> None:
    cells = parse_mobilities(SAMPLE, Defaults("nursing", "health")).rows[1].cells

    assert (cells["programme"], cells["sending_ounit"]) == ("nursing", "health")
    assert cells["non_standard_period"] == "yes"
    assert "sending_academic_term" not in cells


def test_an_identifier_that_is_no_uuid_is_left_out() -> None:
    assert "omobility_id" not in parse_mobilities(SAMPLE, STUDIES).rows[1].cells


def test_what_the_product_does_not_need_is_not_read() -> None:
    cells = parse_mobilities(SAMPLE, STUDIES).rows[0].cells

    assert not {"2004-02-29", "2"} & set(cells.values())


@pytest.mark.parametrize(
    ("before", "after", "row", "element"),
    [
        ("<status>live</status>", "<status>gone</status>", 1, "status"),
        ("2027-02-01</planned", "01.02.2027</planned", 2, "planned-arrival-date"),
        ("<cefr-level>B1<", "<cefr-level>good<", 1, "cefr-level"),
        ("2026/2027-2/2<", "spring<", 1, "sending-academic-term-ewp-id"),
        ("<eqf-level-studied-at-nomination>6<", "<eqf-level-studied-at-nomination>9<", 1,
         "eqf-level-studied-at-nomination"),
    ],
)  # fmt: skip
def test_what_the_schema_does_not_allow_is_named_with_its_mobility(
    before: str, after: str, row: int, element: str
) -> None:
    assert faults(changed(before, after)) == [(row, element, Fault.AGAINST_SCHEMA)]


def test_a_missing_element_is_told() -> None:
    content = changed("<activity-attributes>long-term</activity-attributes>", "")

    assert [(row, fault) for row, _element, fault in faults(content)] == [(1, Fault.AGAINST_SCHEMA)]


def test_addresses_of_other_schemas_are_let_through() -> None:
    phone = '<p:phone-number xmlns:p="urn:other"><p:e164>+46</p:e164></p:phone-number></student>'

    assert faults(SAMPLE.replace(b"</student>", phone.encode())) == []


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"<a><b></a>", Fault.BROKEN_XML),
        (b'<!DOCTYPE a [<!ENTITY e "boom">]><a>&e;</a>', Fault.BROKEN_XML),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', Fault.BROKEN_XML),
        (b'<?xml version="1.0" encoding="martian"?><a/>', Fault.BROKEN_XML),
        (b"<html/>", Fault.NOT_MOBILITIES),
        (b"<omobilities-get-response/>", Fault.NOT_MOBILITIES),
        (f'<omobilities-get-response xmlns="{mobilities.EWP}"/>'.encode(), Fault.EMPTY_FILE),
        (b"<" + b" " * MAX_BYTES, Fault.TOO_LARGE),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    content: bytes, fault: Fault
) -> None:
    sheet = parse_mobilities(content, STUDIES)

    assert sheet.rows == ()
    assert [problem.fault for problem in sheet.problems] == [fault]


def test_too_many_mobilities_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mobilities, "MAX_ROWS", 1)

    assert faults(SAMPLE) == [(0, "", Fault.TOO_MANY_ROWS)]


@pytest.mark.parametrize(
    ("content", "xml"),
    [(SAMPLE, True), (b"\xef\xbb\xbf\n <a/>", True), (roster({}), False), (b"", False)],
)
def test_the_kind_of_file_is_known_by_its_beginning(content: bytes, xml: bool) -> None:
    assert is_xml(content) is xml
    assert (sheet_of(content).encoding == "EWP omobilities 2") is (content == SAMPLE)
