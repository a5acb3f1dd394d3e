from pathlib import Path

import pytest
from django.utils.translation import override

from interop.roster.messages import explain
from interop.roster.problems import Fault, Problem

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "roster-csv.md"


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_a_reason_and_a_cure_without_gaps(fault: Fault) -> None:
    message = explain(Problem(fault, 3, "email", "zoe", "7"))

    assert message.reason.endswith(".")
    assert message.cure.endswith(".")
    assert "%(" not in message.reason + message.cure


@pytest.mark.parametrize("fault", Fault)
def test_the_documentation_gives_every_fault_with_the_same_words(fault: Fault) -> None:
    with override("en"):
        message = explain(Problem(fault, 3, "…", "…", "…"))

    line = f"| `{fault}` | {message.reason} | {message.cure} |"
    assert line in DOCUMENT.read_text(encoding="utf-8")


def test_a_message_says_where_what_why_and_what_to_do() -> None:
    message = explain(
        Problem(Fault.ENDS_BEFORE_IT_STARTS, 12, "end_date", "2027-01-01", "2027-02-01")
    )

    assert (message.row, message.column, message.value) == ("12", "end_date", "2027-01-01")
    assert message.reason == "The stay ends before it starts on 2027-02-01."
    assert message.cure.startswith("Correct one of the two dates")


def test_a_problem_of_the_whole_file_has_no_row() -> None:
    assert explain(Problem(Fault.EMPTY_FILE)).row == ""
