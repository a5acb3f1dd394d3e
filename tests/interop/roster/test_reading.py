import datetime as dt
from uuid import UUID

import pytest

from interop.roster.entries import Entry
from interop.roster.parsing import SheetRow
from interop.roster.problems import Fault, Problem
from interop.roster.reading import read
from tests.interop.rosters import FULL_ROW, GOOD_ROW, sheet_row


def test_a_full_row_becomes_an_entry() -> None:
    entries, problems = read([SheetRow(2, FULL_ROW)])

    assert problems == []
    assert entries == [
        Entry(
            row=2,
            participant_kind="student",
            given_names="Zoë",
            family_name="Müller",
            email="zoe@home.example",
            sending_ounit="engineering",
            programme="erasmus-studies",
            receiving_academic_year="2026/2027",
            start_date=dt.date(2027, 1, 18),
            end_date=dt.date(2027, 6, 6),
            omobility_id=UUID("5a470204-c37c-58b6-a969-52c08c16cea9"),
            global_id="urn:schac:personalUniqueCode:int:esi:home.example:1",
            sending_hei="northfield.example",
            receiving_hei="lund.example",
            receiving_hei_name="Lund",
            receiving_country="SE",
            receiving_ounit="CS",
            receiving_time_zone="Europe/Stockholm",
            iia_id="NFU-SE-1",
            sending_academic_term="2026/2027-2/2",
            non_standard_period=False,
            leaves_home_on=dt.date(2027, 1, 16),
            activity_type="student-studies",
            activity_attributes="long-term",
            status="live",
            eqf_level=6,
            isced_f_code="0613",
            languages=(("en", "B2"), ("sv", "B1")),
            destination_country="DK",
        )
    ]


def test_an_empty_cell_says_nothing() -> None:
    entries, problems = read([sheet_row(status="", languages="", leaves_home_on="")])

    assert problems == []
    assert (entries[0].status, entries[0].languages, entries[0].leaves_home_on) == (None,) * 3


def test_words_are_read_whatever_their_case() -> None:
    entries, _problems = read(
        [sheet_row(participant_kind="Student", activity_type="STUDENT_STUDIES", status="Live")]
    )

    assert entries[0].activity_type == "student-studies"
    assert entries[0].status == "live"


@pytest.mark.parametrize(
    ("kind", "activity"),
    [("student", "student-studies"), ("faculty", "staff-teaching"), ("staff", "staff-training")],
)
def test_every_kind_has_its_usual_activity(kind: str, activity: str) -> None:
    entries, _problems = read([sheet_row(participant_kind=kind)])

    assert entries[0].usual_activity == activity


def test_a_row_outside_the_terms_has_no_term() -> None:
    row = sheet_row(sending_academic_term="", non_standard_period="yes")
    entries, problems = read([row])

    assert problems == []
    assert entries[0].term == ""


def test_every_bad_cell_of_a_row_is_named_at_once() -> None:
    entries, problems = read(
        [sheet_row(4, email="zoe", start_date="03/04/2027", given_names="", status="gone")]
    )

    assert entries == []
    assert problems == [
        Problem(Fault.BAD_EMAIL, 4, "email", "zoe"),
        Problem(Fault.AMBIGUOUS_DATE, 4, "start_date", "03/04/2027"),
        Problem(Fault.UNKNOWN_WORD, 4, "status", "gone", "nomination, live, recognized, cancelled"),
        Problem(Fault.MISSING_VALUE, 4, "given_names"),
    ]


@pytest.mark.parametrize(
    ("changes", "column", "fault"),
    [
        ({"end_date": "2027-01-17"}, "end_date", Fault.ENDS_BEFORE_IT_STARTS),
        ({"leaves_home_on": "2027-01-19"}, "leaves_home_on", Fault.LEAVES_AFTER_START),
        ({"non_standard_period": "yes"}, "non_standard_period", Fault.TERM_OR_PERIOD),
        ({"activity_type": "staff-teaching"}, "activity_type", Fault.ACTIVITY_OF_OTHERS),
        (
            {"participant_kind": "staff", "activity_type": "student-studies"},
            "activity_type",
            Fault.ACTIVITY_OF_OTHERS,
        ),
        ({"receiving_hei": "", "receiving_hei_name": ""}, "receiving_hei", Fault.NO_HOST),
        (
            {"receiving_hei": "", "receiving_country": ""},
            "receiving_country",
            Fault.HOST_NEEDS_COUNTRY,
        ),
        ({"receiving_country": "Sweden"}, "receiving_country", Fault.UNKNOWN_COUNTRY),
        ({"given_names": "Z" * 151}, "given_names", Fault.CELL_TOO_LONG),
        ({"iia_id": "x" * 256}, "iia_id", Fault.CELL_TOO_LONG),
    ],
)
def test_a_row_that_makes_no_sense_is_refused(
    changes: dict[str, str], column: str, fault: Fault
) -> None:
    entries, problems = read([sheet_row(2, **changes)])

    assert entries == []
    assert [(problem.column, problem.fault) for problem in problems] == [(column, fault)]


@pytest.mark.parametrize("kind", ["student", "faculty", "staff"])
def test_anybody_may_work_on_a_joint_project(kind: str) -> None:
    entries, problems = read([sheet_row(participant_kind=kind, activity_type="joint-project")])

    assert problems == []
    assert len(entries) == 1


def test_a_stay_of_one_day_is_a_stay() -> None:
    entries, problems = read([sheet_row(end_date=GOOD_ROW["start_date"])])

    assert problems == []
    assert len(entries) == 1
