"""A page is read in the reader's language, and is the same page in all of them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from modules.languages import originals
from modules.models import ImmersionTaskPage, LessonPage, ModulePage
from modules.outline import outlines
from modules.routing import find_lesson
from people.models import User
from progress.models import LessonRecord, ModuleRecord
from tests.factories.exchanges import PlacementFactory
from tests.factories.modules import (
    CountryGuidePageFactory,
    ImmersionTaskPageFactory,
    LessonPageFactory,
    ModulePrerequisiteFactory,
    ModuleQuizFactory,
    TrainingSessionPageFactory,
    fact,
    rubric_about,
)

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def translate(page: Page, **words: Any) -> Page:
    """Publish the page in Spanish, with these words."""
    spanish, _is_new = Locale.objects.get_or_create(language_code="es")
    told = page.copy_for_translation(spanish, copy_parents=True)
    for name, value in words.items():
        setattr(told, name, value)
    told.save_revision().publish()
    return told


def text(words: str) -> list[dict[str, Any]]:
    return [{"type": "text", "value": f"<p>{words}</p>"}]


@pytest.fixture
def module() -> ModulePage:
    """Two lessons and a quiz; module and first lesson are translated, the second is not."""
    module = TrainingSessionPageFactory.create(title="Culture", slug="culture", summary="In short.")
    first = LessonPageFactory.create(
        parent=module, title="First", slug="first", body=text("Watch first.")
    )
    LessonPageFactory.create(parent=module, title="Second", slug="second", body=text("Then try."))
    ModuleQuizFactory.create(module=module)
    translate(module, title="Cultura", summary="En breve.")
    translate(first, title="Primera", body=text("Primero observa."))
    return module


@pytest.fixture
def reader(participant: User) -> User:
    participant.language = "es"
    participant.save()
    return participant


def test_a_reader_reads_the_translation_at_the_same_address(
    module: ModulePage, reader: User, signed_in: SignIn
) -> None:
    client = signed_in(reader)

    lesson = client.get("/learn/culture/first/").content.decode()
    assert "Primero observa." in lesson
    assert "Watch first." not in lesson
    assert '<h1 id="lesson-title" dir="auto">Primera</h1>' in lesson
    page = client.get("/learn/culture/").content.decode()
    assert "<bdi>Cultura</bdi>" in page
    assert "En breve." in page
    assert "<bdi>Cultura</bdi>" in client.get("/learn/?all=1").content.decode()


def test_what_is_not_translated_is_read_in_the_original_and_says_so(
    module: ModulePage, reader: User, signed_in: SignIn
) -> None:
    html = signed_in(reader).get("/learn/culture/second/").content.decode()

    assert "Then try." in html
    assert 'aria-labelledby="lesson-title" lang="en"' in html
    assert "<bdi>Cultura</bdi>" in html


def test_an_extra_is_one_in_every_language(
    module: ModulePage, reader: User, signed_in: SignIn
) -> None:
    original = LessonPage.objects.get(slug="first", locale__language_code="en")
    original.is_extra = True
    original.save_revision().publish()

    page = signed_in(reader).get("/learn/culture/").content.decode()

    assert page.count("badge--extra") == 1
    assert "Primera" in page


def test_others_read_the_original(module: ModulePage, participant: User, signed_in: SignIn) -> None:
    html = signed_in(participant).get("/learn/culture/first/").content.decode()

    assert "Watch first." in html
    assert "Cultura" not in html
    assert 'aria-labelledby="lesson-title">' in html


def test_a_translation_that_is_not_published_is_not_read(
    module: ModulePage, reader: User, signed_in: SignIn
) -> None:
    LessonPage.objects.get(title="Primera").unpublish()

    assert "Watch first." in signed_in(reader).get("/learn/culture/first/").content.decode()


def test_a_translated_rubric_is_about_what_the_original_says(
    reader: User, signed_in: SignIn
) -> None:
    made = ImmersionTaskPageFactory.create(rubric=rubric_about("sojourn.openness"), slug="look")
    task = ImmersionTaskPage.objects.get(pk=made.pk)
    spanish, _is_new = Locale.objects.get_or_create(language_code="es")
    translate_object(task, [spanish])
    told = ImmersionTaskPage.objects.get(locale=spanish)
    assert told.rubric[0].value["dimension"] == "sojourn.openness"
    told.rubric[0].value["title"] = "Primero describe"
    told.save_revision().publish()
    task.rubric[0].value["dimension"] = "sojourn.empathy"
    task.save_revision().publish()

    for url in (task.url, f"/my/tasks/{task.translation_key}/"):
        page = signed_in(reader).get(url).content.decode()
        assert "Primero describe (Empathy and perspective-taking)" in page


def test_an_alias_above_a_translated_page_is_no_translation(
    reader: User, signed_in: SignIn
) -> None:
    lesson = LessonPageFactory.create(parent__title="Safety", parent__slug="safety", slug="call")
    translate(lesson, title="Llama")
    client = signed_in(reader)

    assert ModulePage.objects.get(slug="safety", alias_of__isnull=False).live
    assert '<bdi lang="en">Safety</bdi>' in client.get("/learn/safety/").content.decode()
    assert "Llama" in client.get("/learn/safety/call/").content.decode()


def test_what_is_submitted_for_translation_is_not_read_before_somebody_publishes_it(
    reader: User, trainer: User, signed_in: SignIn
) -> None:
    spanish, _is_new = Locale.objects.get_or_create(language_code="es")
    lesson = LessonPageFactory.create(title="Visas", slug="visas", parent__slug="papers")
    submit = reverse("wagtail_localize:submit_page_translation", args=[lesson.pk])

    assert signed_in(trainer).post(submit, {"locales": [spanish.pk]}).status_code == 302

    told = lesson.get_translation(spanish)
    assert not told.live
    page = signed_in(reader).get("/learn/papers/visas/").content.decode()
    assert 'aria-labelledby="lesson-title" lang="en"' in page
    told.get_latest_revision().publish()
    page = signed_in(reader).get("/learn/papers/visas/").content.decode()
    assert 'aria-labelledby="lesson-title">' in page


def test_a_translation_s_own_address_leads_to_the_original(
    module: ModulePage, reader: User, signed_in: SignIn
) -> None:
    told = LessonPage.objects.get(title="Primera")
    told.slug = "primera"
    told.save_revision().publish()

    html = signed_in(reader).get("/learn/culture/primera/").content.decode()

    assert "Primero observa." in html
    assert LessonRecord.objects.get().lesson_key == told.translation_key


def test_progress_is_one_across_languages(
    module: ModulePage, reader: User, signed_in: SignIn
) -> None:
    client = signed_in(reader)
    client.get("/learn/culture/first/")
    client.post("/learn/culture/first/", {"deed": "done"})
    reader.language = "en"
    reader.save()
    client.post("/learn/culture/first/", {"deed": "done"})

    record = LessonRecord.objects.get()
    assert record.module_key == module.translation_key
    assert ModuleRecord.objects.count() == 1
    assert len(client.get("/learn/culture/").context["way"].states) == 3
    assert client.get("/learn/culture/").context["way"].steps_done == 1


def test_the_steps_are_those_of_the_original_with_its_quiz(module: ModulePage) -> None:
    own = outlines([module])[module.translation_key]
    with translation.override("es"):
        told = outlines([ModulePage.objects.get(pk=module.pk)])[module.translation_key]

    assert [step.key for step in told.steps] == [step.key for step in own.steps]
    assert [step.url for step in told.steps] == [step.url for step in own.steps]
    assert [step.title for step in told.steps[:2]] == ["Primera", "Second"]
    assert told.title == "Cultura"
    assert told.quiz_ids == own.quiz_ids != []


def test_a_translation_is_no_module_of_its_own(module: ModulePage) -> None:
    assert ModulePage.objects.count() == 2
    assert list(originals(ModulePage.objects.all())) == [module.modulepage_ptr]
    module.get_children().delete()
    only_spanish = ModulePage.objects.get(title="Cultura")
    module.delete()
    assert list(originals(ModulePage.objects.all())) == [only_spanish]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_lesson_is_found_in_two_queries_in_every_language(
    language: str, module: ModulePage, django_assert_num_queries: Callable[[int], Any]
) -> None:
    find_lesson("learn/culture/first/")
    with translation.override(language), django_assert_num_queries(2):
        # The module with its quiz and its title; the lessons with those that translate them.
        lesson = find_lesson("learn/culture/first/")

    assert lesson is not None
    assert lesson.title == {"en": "First", "es": "Primera"}[language]
    assert [one.title for one in lesson.neighbours][1] == "Second"


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_lesson_page_takes_eight_queries_in_every_language(
    language: str,
    module: ModulePage,
    participant: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    participant.language = language
    participant.save()
    client = signed_in(participant)
    client.get("/learn/culture/first/")

    with django_assert_max_num_queries(8):
        client.get("/learn/culture/first/")


def test_guides_are_read_in_the_reader_s_language(reader: User, signed_in: SignIn) -> None:
    guide = CountryGuidePageFactory.create()
    translate(guide, title="Suecia", answers=[fact("emergency", "Llama al 112.")])
    PlacementFactory.create(participant=reader, exchange__host__country="SE")
    client = signed_in(reader)

    for address in ("/my/guide/", "/guides/sweden/"):
        html = client.get(address).content.decode()
        assert "Llama al 112." in html
        assert "Call 112." not in html


def test_search_names_pages_in_the_reader_s_language(
    module: ModulePage, reader: User, signed_in: SignIn
) -> None:
    html = signed_in(reader).get("/search/", {"query": "first"}).content.decode()

    assert "Primera" in html


def test_what_is_needed_first_is_one_module_in_the_reader_s_words(
    module: ModulePage, reader: User, signed_in: SignIn
) -> None:
    later = TrainingSessionPageFactory.create(
        title="Later",
        slug="later",
        parent=Page.objects.get(slug="learn", locale__language_code="en"),
    )
    LessonPageFactory.create(parent=later, slug="only")
    ModulePrerequisiteFactory.create(module=later, needed=module)

    refused = signed_in(reader).get("/learn/later/only/")

    page = refused.content.decode()
    assert refused.status_code == 403
    assert page.count('href="/learn/culture/"') == 1
    assert "<bdi>Cultura</bdi>" in page
