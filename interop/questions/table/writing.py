"""Writes choice questions as CSV: the same columns, so that it can be imported again."""

import csv
import io
from collections.abc import Iterable
from dataclasses import replace

from interop.questions import extras
from interop.questions.drafts import PROPORTIONAL
from interop.questions.records import ONE, Kind, ParsedQuestion, number
from interop.questions.table.columns import FEEDBACKS, MOST_OPTIONS, NAMES, OPTIONS
from interop.questions.to_bank_kinds import guessed_scoring
from library.cells import neutralise

START = "\ufeff" + ",".join(NAMES) + "\r\n"  # without the mark Excel takes UTF-8 for something else
BETWEEN_TAGS = ";"


def can_hold(question: ParsedQuestion) -> bool:
    """Whether a row can hold it: a choice between right and wrong, without pictures."""
    return (
        question.kind in {Kind.SINGLE, Kind.MULTIPLE}
        and len(question.answers) <= MOST_OPTIONS
        and not question.files
        and not any(BETWEEN_TAGS in tag for tag in question.tags)
        and {answer.share for answer in question.answers if answer.share > 0} <= _even(question)
    )


def _even(question: ParsedQuestion) -> set[object]:
    """Return the shares that mean no more than "right"."""
    if question.kind == Kind.SINGLE:
        return {ONE}
    return {max(answer.share for answer in question.answers)}


def write(question: ParsedQuestion) -> str:
    """Return the row of one question."""
    right = [
        str(place) for place, answer in enumerate(question.answers, start=1) if answer.share > 0
    ]
    cells = {
        "id": question.idnumber,
        "category": question.category,
        "name": question.name,
        "kind": str(question.kind),
        "question": _cell(question.stem),
        "right": BETWEEN_TAGS.join(right),
        "feedback": _cell(question.feedback),
        "mark": number(question.mark),
        "tags": BETWEEN_TAGS.join(question.tags),
        "more": extras.written(_with_scoring(question), {"hints": question.hints}),
    }
    for place, answer in enumerate(question.answers):
        cells[OPTIONS[place]] = _cell(answer.text)
        cells[FEEDBACKS[place]] = _cell(answer.feedback)
    return _row(cells.get(name, "") for name in NAMES)


def _with_scoring(question: ParsedQuestion) -> ParsedQuestion:
    """A column for shares below 0 would say how wrong ticks are scored; there is none."""
    guess = guessed_scoring(question.answers)
    if question.kind != Kind.MULTIPLE or guess == PROPORTIONAL:
        return question
    return replace(question, extras={"scoring": guess, **question.extras})


def _cell(html: str) -> str:
    """Return HTML on one line: in a cell, a line break of its own would be one to be seen."""
    return html if "<pre" in html else html.replace("\n", " ")


def _row(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(neutralise(cell) for cell in cells)
    return line.getvalue()
