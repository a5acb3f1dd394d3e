"""A module with every teaching block: written from nothing, read twice, published, learnt."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from modules.blocks import LessonBlock
from modules.models import LessonPage, ModulePage
from people.models import User
from progress.models import JournalVersion, LessonRecord, ModuleRecord
from tests.browser.journeys import editor, learning
from tests.browser.journeys.every_block import samples
from tests.factories.modules import CataloguePageFactory
from tests.factories.people import AuthorFactory, ParticipantFactory, TrainerFactory

SignIn = Callable[[User], Page]
MODULE = "Meeting people"
LESSON = "The first meeting"
PHONE: ViewportSize = {"width": 360, "height": 780}


@pytest.fixture
def _files_on_disk(settings: Any, tmp_path: Path) -> None:
    """Where documents are served from; other tests keep theirs in memory."""
    settings.MEDIA_ROOT = tmp_path
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = settings.STORAGES | {"default": on_disk}


@pytest.fixture
def phone(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A small phone on which scripts are switched off."""
    context = chromium.new_context(
        base_url=live_server.url,
        java_script_enabled=False,
        viewport=PHONE,
    )
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def write_the_module(page: Page) -> None:
    """Below the catalogue, from nothing."""
    page.goto("/admin/pages/")
    page.get_by_role("link", name="Learn", exact=True).first.click()
    page.get_by_role("link", name="Add child page").first.click()
    page.get_by_role("link", name="Training session", exact=True).click()
    editor.box(page, "Title").fill(MODULE)
    editor.box(page, "Summary").fill("How first meetings go, and what helps.")
    objectives = page.locator("[data-contentpath=objectives]")
    editor.write(objectives, "<p>Say hello as people here do.</p>")
    editor.act(page, "Save draft")
    expect(page.get_by_text(f"Page '{MODULE}' created.")).to_be_visible()


def write_the_lesson(page: Page) -> None:
    """Below the module, with every block that there is, each picked from the menu."""
    page.goto("/admin/pages/")
    page.get_by_role("link", name="Learn", exact=True).first.click()
    page.get_by_role("link", name=f"Add a child page to '{MODULE}'").click()
    editor.box(page, "Title").fill(LESSON)
    values = samples()
    for name, block in LessonBlock().child_blocks.items():
        assert values[name], f"There is no sample of the block “{name}” to fill it with."
        editor.add_block(page, block, values[name])
    editor.act(page, "Save draft")
    expect(page.get_by_text(f"Page '{LESSON}' has been")).to_be_visible()


def find_nothing_that_stops_people(page: Page) -> None:
    page.get_by_role("button", name="Toggle checks").click()
    checks = page.locator("[data-authoring-checks]")
    expect(checks).to_contain_text("Yes: nothing stands in the way.")


def submit(page: Page) -> None:
    editor.act(page, "Submit to Second reader")
    expect(page.get_by_text("submitted for moderation")).to_be_visible()


def approve(page: Page, title: str) -> None:
    """Find it on the first page of the CMS, read it, and let it go live."""
    page.goto("/admin/")
    page.locator("#awaiting-review-section").get_by_role("link", name=title, exact=True).click()
    editor.act(page, "Approve and Publish")
    expect(page.get_by_text(f"Page '{title}'").first).to_be_visible()


def learn_on_a_phone(page: Page, student: User) -> None:
    learning.sign_in_to(page, student)
    learning.open_lesson(page, module=MODULE, lesson=LESSON)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    learning.load_every_file(page)
    expect(page.get_by_role("link", name="Watch it at Vimeo")).to_be_visible()
    expect(page.get_by_role("button", name="Load the video from Vimeo")).to_be_hidden()
    ticks = learning.ticks(page)
    for box in ticks.all():
        box.check()
    page.get_by_role("button", name="Keep my ticks").click()
    expect(page.get_by_role("main")).to_contain_text("Your ticks are kept.")
    for box in ticks.all():
        expect(box).to_be_checked()
    learning.walk_the_scenario(page)
    learning.answer_the_reflection(page)
    learning.take_the_check(page)
    learning.go_on(page, module=MODULE)


def learn_at_a_desk(page: Page, student: User) -> None:
    """Stop in the middle, come back to the paragraph, and go to the end."""
    learning.sign_in_to(page, student)
    learning.open_lesson(page, module=MODULE, lesson=LESSON)
    for box in learning.ticks(page).all():
        box.check()
    learning.walk_the_scenario(page)
    learning.stop_and_come_back(page, at="Reflect: ", module=MODULE, lesson=LESSON)
    for box in learning.ticks(page).all():
        expect(box).to_be_checked()
    learning.answer_the_reflection(page)
    learning.take_the_check(page)
    learning.go_on(page, module=MODULE)


def assert_learnt(student: User, lesson: LessonPage) -> None:
    record = LessonRecord.objects.get(participant=student)
    assert record.completed_at is not None
    assert sorted(record.ticks) == sorted(lesson.tick_ids)
    assert ModuleRecord.objects.get(participant=student).completed_at == record.completed_at
    assert JournalVersion.objects.get(entry__participant=student).text == learning.ANSWER


@pytest.mark.usefixtures("_files_on_disk")
def test_from_nothing_to_two_students_who_have_learnt_it(
    page: Page, phone: Page, sign_in: SignIn
) -> None:
    CataloguePageFactory.create()
    sign_in(AuthorFactory.create())
    write_the_module(page)
    submit(page)
    write_the_lesson(page)
    find_nothing_that_stops_people(page)
    submit(page)
    page.context.clear_cookies()

    sign_in(TrainerFactory.create())
    approve(page, MODULE)
    approve(page, LESSON)
    page.context.clear_cookies()
    assert ModulePage.objects.get().live
    lesson = LessonPage.objects.get()
    assert lesson.live
    assert [part.block_type for part in lesson.body] == list(LessonBlock().child_blocks)

    on_a_phone, at_a_desk = ParticipantFactory.create_batch(2)
    learn_on_a_phone(phone, on_a_phone)
    learn_at_a_desk(page, at_a_desk)
    for student in (on_a_phone, at_a_desk):
        assert_learnt(student, lesson)
