"""The main job, as people do it: from a roster to a readiness report."""

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from modules.models import LessonPage
from people.models import User
from quizzes.models import Quiz
from readiness.enums import DeclarationKind, RequirementKind
from tests.factories.exchanges import OfficeFactory, ProgrammeFactory
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
)
from tests.factories.quizzes import PublishedQuizFactory, QuestionFactory
from tests.factories.readiness import RequirementFactory, RequirementSetFactory

EMAIL = "noor.visser@home.example"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """One student who leaves in ninety days, in a file as offices have them: `;` and Latin-1."""
    start = dt.date.today() + dt.timedelta(days=90)  # noqa: DTZ011  a calendar day of the office.
    row = {
        "participant_kind": "student",
        "given_names": "Zoë",
        "family_name": "Visser",
        "email": EMAIL,
        "sending_ounit": "mobility",
        "receiving_hei_name": "Harbour University",
        "receiving_country": "SE",
        "programme": "erasmus",
        "receiving_academic_year": f"{start.year}/{start.year + 1}",
        "start_date": start.isoformat(),
        "end_date": (start + dt.timedelta(days=120)).isoformat(),
        "non_standard_period": "yes",
        "activity_type": "student-studies",
        "status": "live",
    }
    path = tmp_path / "roster.csv"
    with path.open("w", encoding="latin-1", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(row), delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerow(row)
    return path


@pytest.fixture
def course(db: None) -> LessonPage:
    """A module of one lesson and one quiz, asked of every student with a declaration."""
    ProgrammeFactory.create(code="erasmus")
    module = TrainingSessionPageFactory.create(title="Safety abroad")
    lesson: LessonPage = LessonPageFactory.create(parent=module, title="Before anything happens")
    questions = [QuestionFactory.create(stem=f"<p>Question {n}</p>") for n in (1, 2)]
    quiz = PublishedQuizFactory.create(title="Safety quiz", questions=questions)
    ModuleQuizFactory.create(module=module, quiz=quiz)
    asked = RequirementSetFactory.create(name="Every student", audience="student")
    RequirementFactory.create(
        requirement_set=asked, kind=RequirementKind.MODULE, module=module.modulepage_ptr
    )
    RequirementFactory.create(requirement_set=asked, kind=RequirementKind.QUIZ, quiz=quiz)
    RequirementFactory.create(
        requirement_set=asked,
        kind=RequirementKind.DECLARATION,
        declaration=DeclarationKind.INSURANCE,
    )
    return lesson


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def import_roster(page: Page, roster: Path) -> None:
    page.goto("/admin/rosters/new/")
    page.set_input_files("input[type=file]", roster)
    page.locator("form:has(input[type=file]) button[type=submit]").last.click()
    expect(page.get_by_text("This is a dry run")).to_be_visible()
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_text("What was done")).to_be_visible()


def answer(page: Page, right: bool) -> None:
    """Answer both questions; in the demo questions the first option is the right one."""
    for _question in (1, 2):
        page.get_by_role("radio").nth(0 if right else 1).check()
        page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.locator("main").get_by_role("button", name="Submit").click()


def prepare(page: Page, lesson: LessonPage) -> None:
    """Read, fail the quiz once, pass it, and declare the insurance."""
    page.goto(lesson.url)
    page.get_by_role("button", name="Mark as read and go on").click()
    quiz = f"/quizzes/{Quiz.objects.get().uuid}/"
    page.goto(quiz)
    page.get_by_role("button", name="Start").click()
    answer(page, right=False)
    expect(page.get_by_role("main")).to_contain_text("You need 80")
    page.goto(quiz)
    page.get_by_role("button", name="Try again").click()
    answer(page, right=True)
    expect(page.get_by_role("main")).to_contain_text("100")
    page.goto("/my/")
    page.get_by_role("button", name="Yes, I declare that").first.click()


def test_from_a_roster_to_a_readiness_report(
    page: Page,
    sign_in: Callable[[User], Page],
    coordinator: User,
    course: LessonPage,
    roster: Path,
) -> None:
    OfficeFactory.create(code="mobility").members.add(coordinator)

    sign_in(coordinator)
    import_roster(page, roster)
    page.goto("/admin/departures/")
    expect(page.get_by_role("main")).to_contain_text("0 of 1")
    sign_out(page)

    student = User.objects.get(email=EMAIL)
    student.set_password("password")
    student.save()
    sign_in(student)
    expect(page.get_by_role("main")).to_contain_text("Harbour University")
    prepare(page, course)
    expect(page.get_by_role("main")).to_contain_text(
        "Everything that is required before you leave is done."
    )
    sign_out(page)

    sign_in(coordinator)
    page.goto("/admin/departures/")
    expect(page.get_by_role("main")).to_contain_text("1 of 1")
    page.get_by_role("link", name="Harbour University").first.click()
    expect(page.get_by_role("table")).to_contain_text("Zoë Visser")
    export = page.request.get(page.url, params={"export": "csv"}).text()
    (row,) = csv.DictReader(export.splitlines())
    assert (row["Name"], row["Done"], row["Required"]) == ("Zoë Visser", "3", "3")
    assert (row["Safety abroad"], row["Safety quiz"], row["Insurance"]) == ("Met", "Met", "Met")
