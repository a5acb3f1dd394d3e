"""Embedded answers of every type: what maps arrives whole, what does not is listed."""

from pathlib import Path

import pytest

from interop.questions.actions import Action, Format
from quizzes.freezing import freeze_question
from quizzes.grading import grade_item
from quizzes.kinds import kind_of
from quizzes.models import Question
from tests.interop.questions.files import exported, imported, plan

pytestmark = pytest.mark.django_db

FILE = (Path(__file__).parent / "cloze.xml").read_text(encoding="utf-8")
TYPED = {"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "Escapes"}
PICKED = {
    "MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S", "MCS",
    "MCVS", "MCHS",
}  # fmt: skip
LEFT_OUT = {
    "NUMERICAL": "cannot-be-held",
    "NM": "cannot-be-held",
    "MULTIRESPONSE": "cannot-be-held",
    "MRH": "cannot-be-held",
    "Typed and picked": "mixed-gaps",
    "No right answer": "no-right-answer",
    "Broken": "broken-gap",
    "None": "broken-gap",
}


def test_every_type_is_taken_over_whole_or_listed_with_its_reason() -> None:
    found = imported(FILE, Format.MOODLE_XML)

    left = [step for step in found.steps if step.action == Action.LEFT_OUT]
    assert {step.name: step.reasons[0][0] for step in left} == LEFT_OUT
    lines = FILE.splitlines()
    assert all("<question " in lines[step.line - 1] for step in left)
    assert set(Question.objects.values_list("name", flat=True)) == TYPED | PICKED
    picked = Question.objects.filter(form="select").values_list("name", flat=True)
    assert set(picked) == PICKED
    careful = Question.objects.filter(case_matters=True).values_list("name", flat=True)
    assert set(careful) == {"SHORTANSWER_C", "SAC", "MWC"}


def test_the_gaps_judge_as_the_file_says() -> None:
    imported(FILE, Format.MOODLE_XML)

    def share(name: str, **gaps: str) -> float | None:
        item = freeze_question(Question.objects.get(name=name))
        given = {number.removeprefix("g"): text for number, text in gaps.items()}
        if item.form == "select":
            ids = {one.text: str(one.id) for one in item.accepted}
            given = {number: ids[text] for number, text in given.items()}
        fraction = grade_item(item, kind_of(item).normalise(item, given)).fraction
        return None if fraction is None else float(fraction)

    assert share("SHORTANSWER", g1="DOOR") == 1
    assert share("SHORTANSWER", g1="gate") == 0.5
    assert share("SHORTANSWER", g1="window") == 0
    assert share("SHORTANSWER_C", g1="Lund") == 1
    assert share("SHORTANSWER_C", g1="lund") == 0
    assert share("SAC", g1="Oslo", g2="oslo") == 0.5
    assert share("Escapes", g1="a}b#c") == 1
    assert share("Escapes", g1="50%") == 1
    assert share("MULTICHOICE", g1="tea") == 1
    assert share("MULTICHOICE", g1="water") == pytest.approx(1 / 3, abs=0.001)
    assert share("MCHS", g1="no") == 0


def test_the_same_file_again_and_our_own_export_are_already_there() -> None:
    imported(FILE, Format.MOODLE_XML)

    again = plan(FILE, Format.MOODLE_XML).counts
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 17)
    own = plan(exported(Format.MOODLE_XML), Format.MOODLE_XML).counts
    assert own == {"new": 0, "changed": 0, "unchanged": 17, "left_out": 0}
