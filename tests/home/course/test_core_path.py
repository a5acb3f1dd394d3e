"""What the course takes before departure, as docs/course.md says, and that extras are no loss."""

import datetime as dt
import re
from pathlib import Path

import pytest

from home.course.loading import load
from home.course.reading import modules, read
from home.demo import requirements
from modules.enums import Phase, StepKind
from modules.languages import originals
from modules.models import ModulePage
from modules.outline import Outline, outlines

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)
DOCS = Path(__file__).parents[3] / "docs" / "course.md"
ROW = re.compile(r"^\| (.+?) \| \**(\d+)\** \| \**(\d+)\** \| (.*?) ?\|$", re.MULTILINE)
COUNTRIES = "the own host country, at most"
TOGETHER = "**together**"


def told() -> dict[str, tuple[int, int, str]]:
    """Return what the table says of each module: minutes that count, of extras, and which."""
    return {
        name: (int(counts), int(extras), which)
        for name, counts, extras, which in ROW.findall(DOCS.read_text(encoding="utf-8"))
    }


def course() -> dict[str, Outline]:
    """Return the outline of each module of the loaded course that comes before departure."""
    load(author=None, at=AT)
    pages = originals(ModulePage.objects.live().filter(phase=Phase.BEFORE))
    return {outline.title: outline for outline in outlines(pages.order_by("path")).values()}


def test_the_core_before_departure_takes_what_the_docs_say() -> None:
    table, found = told(), course()
    countries = [one for title, one in found.items() if title.startswith("Going to ")]

    for title in table.keys() - {COUNTRIES, TOGETHER}:
        outline = found[title]
        extras = "; ".join(step.title for step in outline.steps if step.is_extra)
        assert table[title] == (outline.minutes, outline.extra_minutes, extras)
    assert len(countries) >= 6
    assert table[COUNTRIES] == (max(one.minutes for one in countries), 0, "")
    rows = [row for name, row in table.items() if name != TOGETHER]
    assert len(rows) == 8
    assert table[TOGETHER][0] == sum(row[0] for row in rows) <= 430
    assert table[TOGETHER][1] == sum(row[1] for row in rows)


def test_every_module_keeps_lessons_or_tasks_that_count() -> None:
    for module, lessons in modules():
        assert sum(not lesson.data.get("extra") for lesson in lessons) >= 2
        assert not any("task" in lesson.data and lesson.data.get("extra") for lesson in lessons)
        assert set(module.data.get("extra_quizzes", [])) <= set(module.data.get("quizzes", []))


def test_nothing_that_the_demo_requires_is_an_extra() -> None:
    sets = read(requirements.FILE)["sets"]
    asked = {line["quiz"] for one in sets for line in one["requirements"] if "quiz" in line}
    extras = {name for module, _all in modules() for name in module.data.get("extra_quizzes", [])}

    assert asked >= {"safety", "where-i-stand"}
    assert not asked & extras


def test_what_belongs_to_the_stay_or_to_teaching_holds_nobody_up() -> None:
    by_name = {
        f"{module.name}/{lesson.name}": lesson.data.get("extra", False)
        for module, lessons in modules()
        for lesson in lessons
    }

    assert by_name["adjustment-and-well-being/week-two"]
    assert by_name["adjustment-and-well-being/week-six"]
    assert by_name["academic-cultures/supervising-and-being-supervised"]


def test_an_extra_is_loaded_as_one() -> None:
    found = course()["Safety, law and ethics"]

    extras = [step for step in found.steps if step.is_extra]
    assert [step.kind for step in extras] == [*[StepKind.LESSON] * 3, StepKind.QUIZ]
    assert [step.title for step in found.counted][-1] == "Safety quiz"
