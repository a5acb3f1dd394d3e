"""A published lesson changes materially: who completed it reads what, and keeps it."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from exchanges.models import Placement
from modules.models import LessonPage
from people.models import User
from progress.models import ChangeRead, LessonRecord
from tests.browser.journeys import editor
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import LessonPageFactory, TrainingSessionPageFactory

SignIn = Callable[[User], Page]
NOTE = "Visas are now asked for online."


@pytest.fixture
def lesson(db: None) -> LessonPage:
    module = TrainingSessionPageFactory.create(title="Before you go", slug="before")
    body = [{"type": "text", "value": "<p>Ask for the visa at the embassy.</p>"}]
    page: LessonPage = LessonPageFactory.create(
        parent=module, title="Visas", slug="visas", body=body
    )
    page.save_revision().publish()
    return page


@pytest.fixture
def placement(db: None) -> Placement:
    """Somebody who leaves in sixty days."""
    start = timezone.localdate() + dt.timedelta(days=60)
    found: Placement = PlacementFactory.create(
        exchange__start_date=start, exchange__end_date=start + dt.timedelta(days=90)
    )
    return found


def sign_out(page: Page) -> None:
    page.context.clear_cookies()


def change_it_materially(page: Page, lesson: LessonPage) -> None:
    """Write on, say that it matters, and be told whom it concerns before publishing."""
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    text = page.locator("[data-contentpath=body] [role=textbox]")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" You ask for it online.")
    page.get_by_role("radio", name="Material: people who completed it should know").check()
    affected = page.locator("[data-people-affected]")
    expect(affected).to_contain_text("1 person has completed this and is still before the exchange")
    editor.act(page, "Publish")
    expect(page.get_by_role("main")).to_contain_text("Say what changed")
    editor.box(page, "What changed").fill(NOTE)
    editor.act(page, "Publish")
    expect(page.get_by_text("published.").first).to_be_visible()


def test_who_completed_it_reads_what_changed_and_keeps_it(
    page: Page, sign_in: SignIn, trainer: User, lesson: LessonPage, placement: Placement
) -> None:
    student = placement.participant
    sign_in(student)
    page.goto(lesson.url)
    page.get_by_role("button", name="Mark as read and go on").click()
    expect(page.get_by_role("main")).to_contain_text("You have completed “Before you go”.")
    done = LessonRecord.objects.get()
    sign_out(page)

    sign_in(trainer)
    change_it_materially(page, lesson)
    sign_out(page)

    sign_in(student)
    main = page.get_by_role("main")
    expect(main).to_contain_text("Something that you completed was changed.")
    page.get_by_role("link", name="Read what changed").click()
    expect(main).to_contain_text(NOTE)
    page.get_by_role("link", name="Open “Visas”").click()
    expect(main).to_contain_text("You ask for it online.")
    expect(main).to_contain_text("You read this on")
    page.go_back()
    page.get_by_role("button", name="I have read it").click()
    expect(main).to_contain_text("Noted: you have read what changed.")
    expect(main).not_to_contain_text(NOTE)

    assert ChangeRead.objects.get().participant == student
    kept = LessonRecord.objects.get()
    assert kept.completed_at == done.completed_at
