"""A module leaves a site as a file, comes back after it was deleted, and is learned."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from modules.models import LessonPage, ModulePage
from people.models import User
from quizzes.models import Question, Quiz, QuizVersion
from tests.factories.modules import (
    LessonPageFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
)
from tests.factories.people import ParticipantFactory, TrainerFactory
from tests.factories.quizzes import PublishedQuizFactory, QuestionFactory

SignIn = Callable[[User], Page]


@pytest.fixture
def module(db: None) -> ModulePage:
    made: ModulePage = TrainingSessionPageFactory.create(title="Safety abroad", slug="safety")
    LessonPageFactory.create(parent=made, title="Before anything happens")
    questions = [QuestionFactory.create(stem=f"<p>Question {n}</p>") for n in (1, 2)]
    quiz = PublishedQuizFactory.create(title="Safety quiz", questions=questions)
    ModuleQuizFactory.create(module=made, quiz=quiz)
    return ModulePage.objects.get(pk=made.pk)


def export(page: Page, module: ModulePage, to: Path) -> Path:
    page.goto(f"/admin/pages/{module.pk}/")
    page.get_by_role("button", name="Actions", exact=True).first.click()
    page.get_by_role("link", name="Export as a file").first.click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the file").click()
    to.mkdir(exist_ok=True)
    path = to / download.value.suggested_filename
    download.value.save_as(path)
    return path


def delete_everything(module: ModulePage) -> None:
    module.delete()
    Quiz.objects.update(live_version=None)
    QuizVersion.objects.all()._raw_delete("default")
    Quiz.objects.all().delete()
    Question.objects.all().delete()


def bring_back(page: Page, file: Path) -> None:
    page.goto("/admin/modules/files/new/")
    page.set_input_files("input[type=file]", file)
    page.locator("form:has(input[type=file]) button[type=submit]").last.click()
    expect(page.get_by_text("This is a dry run")).to_be_visible()
    expect(page.get_by_role("row", name="Safety quiz")).to_contain_text("New")
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_text("What was done")).to_be_visible()


def publish(page: Page, module: ModulePage) -> None:
    """Publish the quiz first, and then the module with its lesson."""
    page.goto(f"/admin/bank/quizzes/publish/{Quiz.objects.get().pk}/")
    page.get_by_role("main").get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is published as version 1")).to_be_visible()
    page.wait_for_load_state()
    page.goto(f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={module.pk}")
    page.get_by_role("checkbox").check()
    page.get_by_role("main").get_by_role("button", name="publish").click()
    page.wait_for_url("**/admin/")


def learn(page: Page, module: ModulePage) -> None:
    lesson = LessonPage.objects.child_of(module).get()
    page.goto(lesson.url)
    page.get_by_role("button", name="Mark as read and go on").click()
    page.goto(f"/quizzes/{Quiz.objects.get().uuid}/")
    page.get_by_role("button", name="Start").click()
    for _question in (1, 2):
        page.get_by_role("radio").nth(0).check()
        page.get_by_role("button", name="Save and continue").click()
    page.locator("main").get_by_role("button", name="Submit").click()
    expect(page.get_by_role("main")).to_contain_text("100")


def test_a_module_is_exported_deleted_imported_published_and_learned(
    page: Page, sign_in: SignIn, module: ModulePage, tmp_path: Path
) -> None:
    sign_in(TrainerFactory.create())
    file = export(page, module, tmp_path)
    assert file.name == "safety.zip"
    delete_everything(module)
    bring_back(page, file)
    again = ModulePage.objects.get(slug="safety")
    assert not again.live
    publish(page, again)
    assert export(page, again, tmp_path / "again").read_bytes() == file.read_bytes()

    page.context.clear_cookies()
    sign_in(ParticipantFactory.create())
    learn(page, again)
    page.goto(again.url)
    expect(page.get_by_role("main")).to_contain_text("Completed")
