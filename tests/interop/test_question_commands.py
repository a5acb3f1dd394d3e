"""`manage.py import_questions` and `export_questions`, as somebody at a shell meets them."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quizzes.models import Question, QuestionCategory
from tests.factories.kinds import EXAMPLES, banked

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"
GOOD = "::One::Who?{=Ana#Yes. ~Ben}\n\n::Two::How many?{#3:0.5}\n"
BROKEN = "::One::Who?{=Ana ~Ben}\n\n::Two::Who {\n\n::Three::Where?{=a =b ~c}\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.gift"
    path.write_text(GOOD)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.gift"
    path.write_text(BROKEN)
    return path


def test_questions_are_imported_once_into_the_category(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_questions", good, "--format", "gift", "--category", "Trial")
    assert "2 new, 0 changed, 0 unchanged, 0 left out." in capsys.readouterr().out
    call_command("import_questions", good, "--category", "Trial")

    assert "0 new, 0 changed, 2 unchanged, 0 left out." in capsys.readouterr().out
    found = Question.objects.order_by("name").values_list("name", "kind", "category__name")
    assert list(found) == [("One", "single", "Trial"), ("Two", "numeric", "Trial")]


def test_a_dry_run_reports_and_writes_nothing(good: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    call_command("import_questions", good, "--dry-run", "--report", report)

    said = json.loads(report.read_text())
    assert (said["file"], said["dry_run"]) == ("good.gift", True)
    assert said["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "left_out": 0}
    assert said["items"][1] == {
        "line": 3,
        "name": "Two",
        "kind": "numeric",
        "action": "new",
        "reason": "",
        "codes": [],
    }
    assert not Question.objects.exists()
    assert not QuestionCategory.objects.exists()


def test_what_is_broken_is_named_by_its_line_and_the_rest_is_imported(
    broken: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    with pytest.raises(CommandError, match="2 could not be read"):
        call_command("import_questions", broken, "--report", report)

    assert "line 3, left_out, “Two”" in capsys.readouterr().err
    said = json.loads(report.read_text())
    assert [(one["line"], one["action"], one["codes"]) for one in said["items"]] == [
        (1, "new", []),
        (3, "left_out", ["unclosed-brace"]),
        (5, "left_out", ["several-right-answers"]),
    ]
    assert [question.name for question in Question.objects.all()] == ["One"]


def test_a_file_that_is_none_says_why_in_the_report_too(tmp_path: Path) -> None:
    file, report = tmp_path / "bomb.xml", tmp_path / "report.json"
    file.write_text('<!DOCTYPE quiz [<!ENTITY a "aaaa">]><quiz>&a;</quiz>')

    with pytest.raises(CommandError, match="Such files can do harm"):
        call_command("import_questions", file, "--report", report)
    assert json.loads(report.read_text())["error"]["code"] == "forbidden-xml"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_questions", tmp_path / "gone.gift")


@pytest.mark.parametrize("name", ["questions.gift", "questions.xml", "questions.csv"])
def test_a_sample_has_nothing_that_is_left_out(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_questions", SAMPLES / name)

    printed = capsys.readouterr()
    assert ", 0 left out." in printed.out
    assert printed.err == ""
    assert Question.objects.exists()


def test_an_export_is_written_and_says_what_it_left_out(
    good: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_questions", good, "--category", "Trial/Food")
    banked(EXAMPLES["rating"]("scale"), category=QuestionCategory.objects.get())
    capsys.readouterr()
    path = tmp_path / "out.xml"
    call_command("export_questions", "--format", "moodle-xml", "--category", "Trial", output=path)

    printed = capsys.readouterr()
    assert "left out, rating" in printed.err
    assert "2 written, 1 left out." in printed.err
    Question.objects.all().delete()
    call_command("import_questions", path)
    assert set(Question.objects.values_list("kind", flat=True)) == {"single", "numeric"}
    assert {str(one.category) for one in Question.objects.all()} == {"Trial/Food"}


def test_an_export_without_a_file_goes_to_the_screen(
    good: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_questions", good)
    capsys.readouterr()
    call_command("export_questions", "--format", "gift")

    assert "::One::" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no question in the category"):
        call_command("export_questions", "--format", "gift", "--category", "Nowhere")
