"""What is written as CSV is read back as it was, and runs no formula in a spreadsheet."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from interop.questions.records import Kind, ParsedQuestion
from interop.questions.table import reading, writing
from library.cells import RISKY_STARTS
from tests.interop.questions.made import options, questions

SIMPLE = questions(frozenset({Kind.MULTIPLE}))
EITHER = st.sampled_from([Decimal(0), Decimal(1)])


@st.composite
def simple(draw: st.DrawFn) -> ParsedQuestion:
    """A choice between right and wrong, as a table can hold it."""
    found = draw(options(EITHER).filter(lambda answers: any(answer.share for answer in answers)))
    lines = tuple(
        replace(answer, text=one_line(answer.text), feedback=one_line(answer.feedback))
        for answer in found
    )
    question = draw(SIMPLE)
    return replace(
        question,
        answers=lines,
        stem=one_line(question.stem),
        feedback=one_line(question.feedback),
        idnumber=draw(st.sampled_from(["", "=1+1", "-7", "q"])),
    )


def one_line(html: str) -> str:
    return html.replace("\n", " ")


def read(text: str) -> list[ParsedQuestion]:
    found = list(reading.read(io.BytesIO(text.encode())))
    assert all(isinstance(question, ParsedQuestion) for question in found), found
    return [question for question in found if isinstance(question, ParsedQuestion)]


@settings(max_examples=80, deadline=None)
@given(simple())
def test_questions_come_back_as_they_were(question: ParsedQuestion) -> None:
    text = writing.START + writing.write(question)
    found = read(text)[0]

    assert writing.can_hold(question)
    assert replace(found, line=0) == question
    assert writing.START + writing.write(found) == text


@settings(max_examples=60, deadline=None)
@given(simple())
def test_no_cell_is_a_formula(question: ParsedQuestion) -> None:
    row = next(csv.reader(io.StringIO(writing.write(question), newline="")))

    assert not any(cell.lstrip(" ").startswith(RISKY_STARTS) for cell in row)
