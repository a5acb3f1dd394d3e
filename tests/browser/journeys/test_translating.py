"""A lesson is told in Spanish, piece by piece, and told again after its original changed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.models import Locale

from modules.models import LessonPage
from people.models import User
from progress.models import LessonRecord
from tests.browser.journeys import editor
from tests.factories.modules import LessonPageFactory, TrainingSessionPageFactory
from tests.factories.people import ParticipantFactory

SignIn = Callable[[User], Page]
ENGLISH = "Ask for the visa at the embassy."
SPANISH = "Pide el visado en la embajada."
NEW = "It takes six weeks."


@pytest.fixture
def lesson(db: None) -> LessonPage:
    """The one lesson of its module; the site has Spanish, too."""
    Locale.objects.get_or_create(language_code="es")
    module = TrainingSessionPageFactory.create(title="Before you go", slug="before")
    body = [{"type": "text", "value": f"<p>{ENGLISH}</p>"}]
    page: LessonPage = LessonPageFactory.create(
        parent=module, title="Visas", slug="visas", body=body
    )
    page.save_revision().publish()
    return page


@pytest.fixture
def reader(db: None) -> User:
    return ParticipantFactory.create(language="es")


def change_to(page: Page, sign_in: SignIn, user: User) -> None:
    page.context.clear_cookies()
    sign_in(user)


def submit_for_translation(page: Page, lesson: LessonPage) -> str:
    """Return the address of the editor in which the Spanish words are written."""
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Translate this page").click()
    page.get_by_label("Spanish").check()
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_role("heading", name="English to Spanish translation")).to_be_visible()
    return page.url


def piece(page: Page, english: str) -> Locator:
    """Return the innermost box of a sentence that waits for its translation."""
    waiting = page.get_by_role("button", name="Translate", exact=True)
    return page.get_by_role("listitem").filter(has_text=english).filter(has=waiting).last


def translate(page: Page, english: str, spanish: str) -> None:
    piece(page, english).get_by_role("button", name="Translate", exact=True).click()
    page.get_by_role("listitem").locator("textarea").last.fill(spanish)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Translated manually on")).to_be_visible()
    page.get_by_role("button", name="Publish in Spanish").click()
    expect(page.get_by_text("Published").first).to_be_visible()


def change_the_original(page: Page, lesson: LessonPage) -> None:
    page.goto(f"/admin/pages/{lesson.pk}/edit/")
    page.locator("[data-contentpath=body]").get_by_role("textbox").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type(NEW)
    editor.act(page, "Publish")
    expect(page.get_by_text("published.").first).to_be_visible()


def find_it_behind_and_sync(page: Page) -> None:
    """See in the report that the translation is behind, and bring it up to date from there."""
    page.goto("/admin/reports/completable/")
    row = page.locator("[data-checked-page]").filter(has_text="(Spanish)")
    row.get_by_role("link", name="Translation that is behind").click()
    expect(page.get_by_role("main")).to_contain_text("Spanish (Visas)")
    page.get_by_role("main").get_by_role("button", name="Submit").click()
    page.wait_for_url(lambda address: "/localize/update/" not in address)


def test_one_lesson_in_two_languages(
    page: Page, sign_in: SignIn, trainer: User, reader: User, lesson: LessonPage
) -> None:
    main = page.get_by_role("main")
    sign_in(trainer)
    words = submit_for_translation(page, lesson)

    change_to(page, sign_in, reader)
    page.goto(lesson.url)
    expect(page.locator("article[lang=en]")).to_contain_text(ENGLISH)
    main.get_by_role("button", name="Marcar como leída y seguir").click()
    expect(main).to_contain_text("Completaste este módulo")
    done = LessonRecord.objects.get().completed_at

    change_to(page, sign_in, trainer)
    page.goto(words)
    translate(page, ENGLISH, SPANISH)

    change_to(page, sign_in, reader)
    page.goto(lesson.url)
    expect(page.locator("article:not([lang])")).to_contain_text(SPANISH)
    expect(main).to_contain_text("La leíste el")
    assert LessonRecord.objects.get().completed_at == done

    change_to(page, sign_in, trainer)
    change_the_original(page, lesson)
    find_it_behind_and_sync(page)
    page.goto(words)
    expect(piece(page, NEW)).to_be_visible()
    expect(main).to_contain_text(SPANISH)
    page.goto("/admin/reports/completable/")
    expect(main).not_to_contain_text("Translation that is behind")

    change_to(page, sign_in, reader)
    page.goto(lesson.url)
    expect(main).to_contain_text(SPANISH)
