"""Files as other systems write them, taken whole: what becomes of each question in them."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from interop.questions import formats
from interop.questions.planning import Plan, make_plan
from quizzes.models import Question
from tests.interop.questions.files import exported

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent / "foreign"
OUT = "left out"
GIFT = {
    "Greeting": "single", "Multi (2 of 3)": "multiple", "TF": "true_false", "TF2": "true_false",
    "Short": "short", "Num": "numeric", "Num2": "numeric", "Num3": "numeric", "Num4": "numeric",
    "Num5": "numeric", "Match": "matching",
    "Missing word: Two plus _____ equals four.": "single", "Essay": "open",
    "Desc": f"{OUT}: description", "Essay graded": "open", "Empty option": "single",
    "Tilde in url": "single", "Image embedded": "single", "Pluginfile": f"{OUT}: missing-file",
    "One line": "single", "Brace glued": "single", "no space short": "short", "LaTeX": "single",
    "SpecMC": "single", "weights 50 50": "multiple", "Percent": "single", "sw": "single",
    "TF short": "true_false", "TF lower": "true_false", "TF feedback": "true_false",
}  # fmt: skip
MOODLE = {
    "Greeting & bow": "single", "Multi thirds": "multiple", "TF": "true_false",
    "Short case": "short", "Num": "numeric", "Match": "matching", "Cloze types": "gaps",
    "Cloze MC": "gaps", "Cloze NM": f"{OUT}: cannot-be-held",
    "Cloze MR": f"{OUT}: cannot-be-held", "Cloze mixed": f"{OUT}: mixed-gaps", "Essay": "open",
    "D": f"{OUT}: description", "C": f"{OUT}: unknown-kind", "DDW": "gaps", "GS": "gaps",
    "Order": "ordering", "S": f"{OUT}: unknown-kind", "No name and data uri": "single",
    "audio": f"{OUT}: media", "90 single": f"{OUT}: no-full-answer",
}  # fmt: skip


def content(name: str, *, as_windows: bool = False) -> bytes:
    """The file; as another machine saves it, with a mark at the beginning and CR LF."""
    text = (HERE / name).read_text()
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() if as_windows else text.encode()


def outcome(data: bytes, name: str) -> dict[str, str]:
    """What each question of the file becomes, or why it is left out."""
    file = io.BytesIO(data)
    plan: Plan = make_plan(file, format_name=formats.guess(file, name), into="")
    assert len({step.name for step in plan.steps}) == len(plan.steps)
    return {
        step.name: f"{OUT}: {step.reasons[0][0]}" if step.action == "left_out" else step.kind
        for step in plan.steps
    }


@pytest.mark.parametrize("as_windows", [False, True])
@pytest.mark.parametrize(("name", "expected"), [("course.gift", GIFT), ("course.xml", MOODLE)])
def test_each_question_becomes_what_it_is(
    name: str, expected: dict[str, str], as_windows: bool
) -> None:
    assert outcome(content(name, as_windows=as_windows), name) == expected


@pytest.mark.parametrize(("name", "expected"), [("course.gift", GIFT), ("course.xml", MOODLE)])
def test_the_command_imports_the_rest_and_once(
    name: str, expected: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = sum(OUT not in one for one in expected.values())

    for _time in range(2):
        with pytest.raises(CommandError, match="could not be read"):
            call_command("import_questions", str(HERE / name))
        assert Question.objects.count() == wanted
    assert f"0 new, 0 changed, {wanted} unchanged" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "expected"), [("course.gift", GIFT), ("course.xml", MOODLE)])
def test_what_came_in_goes_out_and_comes_back_the_same(name: str, expected: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        call_command("import_questions", str(HERE / name))

    again = exported("moodle-xml").encode()
    plan = make_plan(io.BytesIO(again), format_name="moodle-xml", into="")

    assert [step.name for step in plan.steps if step.action != "unchanged"] == []
    assert len(plan.steps) == Question.objects.count()


def test_categories_with_slashes_and_shares_in_thirds_are_kept() -> None:
    with pytest.raises(CommandError):
        call_command("import_questions", str(HERE / "course.gift"), category="Trial")

    greeting, multi = (
        Question.objects.get(name="Greeting"),
        Question.objects.get(name__contains="2 of"),
    )
    assert str(greeting.category) == "Trial/Default for Intercultural/Module 1: food-drink"
    assert [str(one.weight) for one in greeting.options.all()] == ["1.000", "0.000", "0.333"]
    assert (multi.scoring, multi.options.filter(weight=1).count()) == ("proportional_correct", 3)


def test_an_answer_without_a_text_is_left_away(tmp_path: Path) -> None:
    file = tmp_path / "empty.gift"
    file.write_text(
        "::One::q?{=a ~ ~b}\n\n::None right::q?{= ~a ~b}\n\n::Some::q?{~%50%a ~%50% ~%-100%c}\n"
    )

    with pytest.raises(CommandError, match="1 could not be read"):
        call_command("import_questions", str(file))

    kept = {one.name: [o.text for o in one.options.all()] for one in Question.objects.all()}
    assert kept == {"One": ["a", "b"], "Some": ["a", "c"]}


@pytest.mark.parametrize(
    "heading",
    [
        "Question,Answer 1,Answer 2,Answer 3,Correct answer(s)",
        "Question - max 120,Answer 1 - max 75,Answer 2,Answer 3,Correct answer(s) - one or more",
        "QUESTION TEXT;Option A;Option B;Choice C;Correct-Answers",
        "Question,Option - 1,Option - 2,Option - 3,Right answer",
        "stem\tanswer_a\tanswer_b\tanswer_c\tkey",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_other_makers_are_understood(heading: str, encoding: str) -> None:
    between = next(sign for sign in "\t;," if sign in heading)
    row = between.join(["Schön?", "ja", "nein", "weiß nicht", "1"])

    found = outcome(f"{heading}\r\n{row}\r\n".encode(encoding), "table.csv")

    assert found == {"Schön?": "single"}
