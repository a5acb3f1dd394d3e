"""Any program's CSV becomes the same rows; what is wrong with the form is named by row."""

import pytest

from interop.roster.columns import REQUIRED
from interop.roster.parsing import MAX_BYTES, MAX_ROWS, parse
from interop.roster.problems import Fault, Problem

HEADER = ",".join((*REQUIRED, "receiving_hei"))
ROW = (
    "student,Zoë,Müller,zoe@home.example,office,studies,2026/2027,"
    "2027-01-18,2027-06-06,lund.example"
)
TEXT = f"{HEADER}\n{ROW}\n"


def faults(content: bytes) -> list[tuple[Fault, int, str]]:
    return [(problem.fault, problem.row, problem.column) for problem in parse(content).problems]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.replace("Zoë", "\x81oë").encode("latin-1"), "latin-1"),
    ],
)
def test_every_encoding_gives_the_same_row(content: bytes, encoding: str) -> None:
    sheet = parse(content)

    assert sheet.encoding == encoding
    assert [row.number for row in sheet.rows] == [2]
    assert sheet.rows[0].cells["family_name"] == "Müller"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_ending_gives_the_same_row(delimiter: str, ending: str) -> None:
    text = TEXT.replace(",", delimiter).replace("\n", ending)
    sheet = parse(text.encode())

    assert sheet.delimiter == delimiter
    assert sheet.problems == ()
    assert sheet.rows == parse(TEXT.encode()).rows


def test_headings_may_differ_in_case_spaces_hyphens_and_order() -> None:
    header, row = HEADER.split(","), ROW.split(",")
    loud = ",".join(f" {name.replace('_', '-').upper()} " for name in reversed(header))
    sheet = parse(f"{loud}\n{','.join(reversed(row))}\n".encode())

    assert sheet.problems == ()
    assert sheet.rows == parse(TEXT.encode()).rows


def test_ewp_arrival_is_the_start_and_departure_the_end_of_the_stay() -> None:
    """EWP's planned departure is the day of leaving the HOST, not of leaving home."""
    text = TEXT.replace("start_date", "planned-arrival-date").replace(
        "end_date", "planned-departure-date"
    )
    cells = parse(text.encode()).rows[0].cells

    assert (cells["start_date"], cells["end_date"]) == ("2027-01-18", "2027-06-06")
    assert "leaves_home_on" not in cells


def test_a_bare_departure_date_is_refused_because_it_has_two_meanings() -> None:
    text = f"{HEADER},Departure Date\n{ROW},2027-01-16\n"

    assert faults(text.encode()) == [(Fault.UNCLEAR_COLUMN, 1, "Departure Date")]
    assert parse(text.encode()).rows == ()


def test_an_unknown_column_is_remarked_and_passed_over() -> None:
    sheet = parse(f"{HEADER},shoe size\n{ROW},43\n".encode())

    assert sheet.problems == (Problem(Fault.UNKNOWN_COLUMN, row=1, column="shoe size"),)
    assert sheet.rows == parse(TEXT.encode()).rows


def test_missing_and_double_columns_are_all_named_and_nothing_is_read() -> None:
    header = HEADER.replace("given_names", "E-Mail").replace("start_date", "email")

    assert faults(f"{header},email\n{ROW},x\n".encode()) == [
        (Fault.UNKNOWN_COLUMN, 1, "E-Mail"),
        (Fault.DUPLICATE_COLUMN, 1, "email"),
        (Fault.MISSING_COLUMN, 1, "given_names"),
        (Fault.MISSING_COLUMN, 1, "start_date"),
    ]


def test_a_host_needs_a_column_for_its_id_or_its_name() -> None:
    text = TEXT.replace(",receiving_hei", "")

    assert faults(text.encode()) == [(Fault.MISSING_COLUMN, 1, "receiving_hei")]
    assert faults(TEXT.replace("receiving_hei", "receiving_hei_name").encode()) == []


@pytest.mark.parametrize("content", [b"", b"\n\n", b" , ,\r\n", b"\xef\xbb\xbf", HEADER.encode()])
def test_a_file_without_rows_is_called_empty(content: bytes) -> None:
    assert faults(content) == [(Fault.EMPTY_FILE, 0, "")]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04\x14\x00\x06\x00", b"\x00\x01\x02", b"name and address\nx\n", b"\n\nx"]
)
def test_what_is_no_table_with_known_headings_is_refused(content: bytes) -> None:
    assert faults(content) == [(Fault.NOT_A_TABLE, 1, "")]


def test_rows_keep_the_number_that_a_spreadsheet_shows() -> None:
    quoted = ROW.replace("Zoë", '"Zoë\nMaria"')
    sheet = parse(f"{HEADER}\n{quoted}\n\n,,,\n{ROW}\n".encode())

    assert [(row.number, row.cells["given_names"]) for row in sheet.rows] == [
        (2, "Zoë Maria"),
        (5, "Zoë"),
    ]


def test_short_rows_lack_their_last_cells_and_long_ones_are_refused() -> None:
    short = ROW.rpartition(",")[0]
    sheet = parse(f"{HEADER}\n{short}\n{ROW},,\n{ROW},surplus\n".encode())

    assert [row.number for row in sheet.rows] == [2, 3]
    assert "receiving_hei" not in sheet.rows[0].cells
    assert sheet.problems == (Problem(Fault.TOO_MANY_CELLS, row=4, value="surplus"),)


def test_broken_quotation_marks_are_named_by_row() -> None:
    assert faults(f'{HEADER}\n{ROW}\n"a"b,{ROW}\n{ROW}\n'.encode()) == [(Fault.BROKEN_ROW, 3, "")]
    assert faults(f'{HEADER}\n{ROW}\n"{ROW}\n{ROW}\n'.encode()) == [(Fault.BROKEN_ROW, 3, "")]
    assert faults(f'"{HEADER}'.encode()) == [(Fault.BROKEN_ROW, 1, "")]


def test_bytes_broken_within_utf_8_are_named_by_cell() -> None:
    good = ROW.encode()
    broken = good.replace("ü".encode(), b"\xff")
    sheet = parse(HEADER.encode() + b"\n" + good + b"\n" + broken + b"\n")

    assert sheet.problems == (
        Problem(
            Fault.UNREADABLE_CHARACTER, 3, "family_name", "M\N{REPLACEMENT CHARACTER}ller", "500"
        ),
    )


def test_a_byte_lost_in_utf_16_is_named_by_cell() -> None:
    content = TEXT.replace("Zoë", "Zo\ud800").encode("utf-16", "surrogatepass")

    assert faults(content) == [(Fault.UNREADABLE_CHARACTER, 2, "given_names")]


@pytest.mark.parametrize(
    ("given_names", "fault"),
    [
        ("Zo\x00e", Fault.CONTROL_CHARACTER),
        ("Zo\x1be", Fault.CONTROL_CHARACTER),
        ("Z" * 501, Fault.CELL_TOO_LONG),
        ("Z" * 1_000_000, Fault.CELL_TOO_LONG),
    ],
)
def test_cells_that_no_person_wrote_are_named(given_names: str, fault: Fault) -> None:
    text = f"{HEADER}\n{ROW.replace('Zoë', given_names)}\n{ROW}\n"
    found = parse(text.encode())

    assert [(problem.fault, problem.row) for problem in found.problems] == [(fault, 2)]
    assert all(len(problem.value) <= 80 for problem in found.problems)
    assert found.rows[-1].number == 3


def test_an_apostrophe_that_kept_a_formula_from_running_is_taken_away() -> None:
    sheet = parse(TEXT.replace("Zoë", "'=Zoë").replace("Müller", "'t Hooft").encode())

    assert sheet.rows[0].cells["given_names"] == "=Zoë"
    assert sheet.rows[0].cells["family_name"] == "'t Hooft"


def test_files_beyond_the_limits_are_refused_whole() -> None:
    assert faults(b"x" * (MAX_BYTES + 1)) == [(Fault.TOO_LARGE, 0, "")]
    assert faults((f"{HEADER}\n" + f"{ROW}\n" * (MAX_ROWS + 1)).encode()) == [
        (Fault.TOO_MANY_ROWS, 0, "")
    ]
