import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from interop.roster import values
from interop.roster.problems import Fault
from interop.roster.values import BadValueError


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        (values.email, "Zoe.M+abroad@Home.Example", "zoe.m+abroad@home.example"),
        (
            values.mobility_id,
            "{5A470204-C37C-58B6-A969-52C08C16CEA9}",
            UUID(int=0x5A470204C37C58B6A96952C08C16CEA9),
        ),
        (values.date, "2027-01-31", dt.date(2027, 1, 31)),
        (values.date, "2027-1-5", dt.date(2027, 1, 5)),
        (values.date, "2027-01-31 00:00:00", dt.date(2027, 1, 31)),
        (values.date, "31.12.2026", dt.date(2026, 12, 31)),
        (values.date, "3. 4. 2027", dt.date(2027, 4, 3)),
        (values.date, "2028-02-29", dt.date(2028, 2, 29)),
        (values.institution_id, "UW.edu.pl", "uw.edu.pl"),
        (values.academic_year, "2026/2027", "2026/2027"),
        (values.academic_year, "2027/2027", "2027/2027"),
        (values.term, "2026/2027-1/2", "2026/2027-1/2"),
        (values.term, "2026/2027-3/3", "2026/2027-3/3"),
        (values.yes_or_no, "Yes", True),
        (values.yes_or_no, "0", False),
        (values.time_zone, "America/Toronto", "America/Toronto"),
        (values.eqf_level, "8", 8),
        (values.isced_code, "0311", "0311"),
        (values.languages, "sv:B2; en:c1", (("en", "C1"), ("sv", "B2"))),
        (values.languages, "pt-BR: A1|zh-Hant:B1;", (("pt-BR", "A1"), ("zh-Hant", "B1"))),
    ],
)
def test_good_text_becomes_its_value(
    reader: Callable[[str], Any], text: str, value: object
) -> None:
    assert reader(text) == value


@pytest.mark.parametrize(
    ("reader", "text", "fault"),
    [
        (values.email, "zoe", Fault.BAD_EMAIL),
        (values.email, "zoe@home", Fault.BAD_EMAIL),
        (values.email, "zoe@home.example, ana@home.example", Fault.BAD_EMAIL),
        (
            values.email,
            f"{'z' * 64}@{'h' * 60}.{'h' * 60}.{'h' * 60}.{'h' * 60}.example",
            Fault.BAD_EMAIL,
        ),
        (values.mobility_id, "12", Fault.BAD_MOBILITY_ID),
        (values.date, "soon", Fault.BAD_DATE),
        (values.date, "46023", Fault.BAD_DATE),
        (values.date, "31 Dec 2026", Fault.BAD_DATE),
        (values.date, "03/04/2027", Fault.AMBIGUOUS_DATE),
        (values.date, "31/12/2026", Fault.AMBIGUOUS_DATE),
        (values.date, "3-4-27", Fault.AMBIGUOUS_DATE),
        (values.date, "2027-02-29", Fault.IMPOSSIBLE_DATE),
        (values.date, "31.11.2026", Fault.IMPOSSIBLE_DATE),
        (values.date, "0000-01-01", Fault.IMPOSSIBLE_DATE),
        (values.date, "1927-01-31", Fault.UNLIKELY_YEAR),
        (values.date, "9999-12-31", Fault.UNLIKELY_YEAR),
        (values.institution_id, "Lund University", Fault.BAD_INSTITUTION_ID),
        (values.academic_year, "2026", Fault.BAD_ACADEMIC_YEAR),
        (values.academic_year, "2026/2028", Fault.BAD_ACADEMIC_YEAR),
        (values.academic_year, "2027/2026", Fault.BAD_ACADEMIC_YEAR),
        (values.term, "spring", Fault.BAD_TERM),
        (values.term, "2026/2027-3/2", Fault.BAD_TERM),
        (values.term, "2026/2029-1/2", Fault.BAD_ACADEMIC_YEAR),
        (values.yes_or_no, "maybe", Fault.UNKNOWN_WORD),
        (values.time_zone, "CEST", Fault.UNKNOWN_TIME_ZONE),
        (values.time_zone, "../etc/passwd", Fault.UNKNOWN_TIME_ZONE),
        (values.eqf_level, "9", Fault.BAD_EQF_LEVEL),
        (values.eqf_level, "6.0", Fault.BAD_EQF_LEVEL),
        (values.eqf_level, "²", Fault.BAD_EQF_LEVEL),
        (values.isced_code, "311", Fault.BAD_ISCED_CODE),
        (values.isced_code, "law", Fault.BAD_ISCED_CODE),
        (values.languages, "English", Fault.BAD_LANGUAGE),
        (values.languages, "en:C3", Fault.BAD_LANGUAGE),
        (values.languages, "en:B1;en:C1", Fault.BAD_LANGUAGE),
    ],
)
def test_bad_text_is_refused_with_its_fault(
    reader: Callable[[str], Any], text: str, fault: Fault
) -> None:
    with pytest.raises(BadValueError) as caught:
        reader(text)

    assert caught.value.fault is fault
