"""The glossary: its page, its entries in lessons, and who writes it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, WorkflowContentType
from wagtail.test.utils.form_data import nested_form_data, rich_text
from wagtail_localize.models import Translation, TranslationSource

from modules.checking.running import check_one
from modules.enums import Problem
from modules.glossary.finding import letter_of, matching, published_terms
from modules.models import GlossaryTerm, LessonPage
from modules.rendering import draw_lesson
from people.models import User
from tests.factories.modules import CataloguePageFactory, GlossaryTermFactory, LessonPageFactory
from tests.factories.people import AuthorFactory
from tests.modules.test_checking import AT

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
Queries = Callable[[int], Any]
ADDRESS = "/learning/glossary/"
TERMS = "wagtailsnippets_modules_glossaryterm"


@pytest.fixture
def reader(participant: User) -> User:
    """Somebody who reads Spanish."""
    participant.language = "es"
    participant.save()
    return participant


def in_spanish(term: GlossaryTerm, word: str, definition: str) -> GlossaryTerm:
    spanish, _is_new = Locale.objects.get_or_create(language_code="es")
    told: GlossaryTerm = term.copy_for_translation(spanish)
    told.term, told.definition, told.live = word, f"<p>{definition}</p>", True
    told.save()
    return told


def explains(*terms: GlossaryTerm) -> LessonPage:
    body = [{"type": "glossary_term", "value": {"term": term.pk}} for term in terms]
    lesson: LessonPage = LessonPageFactory.create(body=body)
    lesson.save_revision().publish()
    return LessonPage.objects.get(pk=lesson.pk)


def form(**fields: Any) -> dict[str, Any]:
    empty = {"term": "Norm", "definition": rich_text("<p>A rule of a group.</p>"), "see_also": []}
    source = {"source_title": "", "source_link": "", "consulted_on": ""}
    return nested_form_data(empty | source | fields)


def test_terms_stand_by_the_alphabet_with_anchors(participant: User, signed_in: SignIn) -> None:
    face = GlossaryTermFactory.create(term="Face")
    culture = GlossaryTermFactory.create(term="culture", see_also=[face])
    GlossaryTermFactory.create(term="Éthique")
    GlossaryTermFactory.create(term="3C model")

    html = signed_in(participant).get(ADDRESS).content.decode()

    places = [html.index(f"<bdi>{word}</bdi></h3>") for word in ("culture", "Éthique", "Face")]
    assert [*places, html.index("<bdi>3C model</bdi></h3>")] == sorted(
        [*places, html.index("<bdi>3C model</bdi></h3>")]
    )
    assert 'href="#letter-E">E</a>' in html
    assert 'id="letter-other"' in html
    assert f'id="term-{culture.translation_key}"' in html
    assert f'href="{ADDRESS}#term-{face.translation_key}"' in html


def test_a_draft_is_seen_nowhere(participant: User, signed_in: SignIn) -> None:
    draft = GlossaryTermFactory.create(term="Canarydraft", live=False)
    GlossaryTermFactory.create(term="Norm", see_also=[draft])
    client = signed_in(participant)

    assert "Canarydraft" not in client.get(ADDRESS).content.decode()
    assert "Canarydraft" not in client.get("/search/", {"query": "learn"}).content.decode()
    lesson = explains(draft)
    assert "Canarydraft" not in client.get(lesson.url).content.decode()


def test_an_empty_glossary_says_who_writes_it(participant: User, signed_in: SignIn) -> None:
    html = signed_in(participant).get(ADDRESS).content.decode()

    assert "No term yet" in html
    assert 'role="search"' not in html


def test_finding_needs_every_word_and_no_accents(participant: User, signed_in: SignIn) -> None:
    GlossaryTermFactory.create(term="Éthique", definition="<p>Weighing what is right.</p>")
    GlossaryTermFactory.create(term="Norm", definition="<p>What is right in a group.</p>")
    client = signed_in(participant)

    found = client.get(ADDRESS, {"query": "ethique RIGHT"}).content.decode()
    assert "1 term found" in found
    assert "<bdi>Éthique</bdi>" in found
    assert "<bdi>Norm</bdi>" not in found
    assert "No term has all these words." in client.get(ADDRESS, {"query": "zz"}).content.decode()


def test_the_word_itself_comes_before_its_mention() -> None:
    GlossaryTermFactory.create(term="Adjustment", definition="<p>Finding a norm.</p>")
    GlossaryTermFactory.create(term="Norm")

    assert [str(term) for term in matching(published_terms(), "norm")] == ["Norm", "Adjustment"]
    assert matching(published_terms(), "?!") == []
    assert [letter_of(word) for word in ("ñandú", "éthique", "3C", "")] == ["N", "E", "#", "#"]


def test_readers_get_the_term_in_their_language_or_else_in_the_original(
    reader: User, signed_in: SignIn
) -> None:
    norm = GlossaryTermFactory.create(term="Norm")
    culture = GlossaryTermFactory.create(term="Culture", see_also=[norm])
    in_spanish(culture, "Cultura", "Lo que se aprende.")
    client = signed_in(reader)

    html = client.get(ADDRESS).content.decode()
    assert 'lang="es"><bdi>Cultura</bdi></h3>' in html
    assert "<bdi>Culture</bdi>" not in html
    assert 'lang="en"><bdi>Norm</bdi></h3>' in html
    assert "<bdi>Cultura</bdi>" in client.get(ADDRESS, {"query": "aprende"}).content.decode()
    assert "Lo que se aprende." in client.get("/search/", {"query": "cultura"}).content.decode()

    lesson = client.get(explains(culture, norm).url).content.decode()
    assert '<p lang="es" dir="auto"><dfn><strong>Cultura</strong></dfn></p>' in lesson
    assert '<p lang="en" dir="auto"><dfn><strong>Norm</strong></dfn></p>' in lesson
    assert f"{ADDRESS}#term-{culture.translation_key}" in lesson


def test_a_translated_lesson_goes_on_naming_the_original_s_term(
    reader: User, signed_in: SignIn
) -> None:
    """The translator is not asked for the term; the reader's language decides."""
    culture = GlossaryTermFactory.create(term="Culture")
    lesson = explains(culture)
    spanish, _is_new = Locale.objects.get_or_create(language_code="es")
    lesson.get_parent().specific.copy_for_translation(spanish, copy_parents=True)
    source, _is_new = TranslationSource.update_or_create_from_instance(lesson)
    Translation.objects.create(source=source, target_locale=spanish).save_target()
    in_spanish(culture, "Cultura", "Lo que se aprende.")

    html = signed_in(reader).get(lesson.url).content.decode()

    assert not source.relatedobjectsegment_set.exists()
    assert "<strong>Cultura</strong>" in html
    assert f"{ADDRESS}#term-{culture.translation_key}" in html


def test_search_finds_terms_for_those_who_have_signed_in(
    participant: User, signed_in: SignIn
) -> None:
    for number in range(5):
        GlossaryTermFactory.create(term=f"Canaryterm {number}")

    html = signed_in(participant).get("/search/", {"query": "canaryterm"}).content.decode()
    assert html.count("<bdi>Canaryterm") == 3
    assert f'href="{ADDRESS}?query=canaryterm"' in html
    assert "Nothing found" not in html
    assert "Canaryterm" not in Client().get("/search/", {"query": "canaryterm"}).content.decode()


def test_queries_of_the_glossary(
    reader: User, signed_in: SignIn, django_assert_num_queries: Queries
) -> None:
    client = signed_in(reader)
    terms = [GlossaryTermFactory.create() for _ in range(2)]
    for term in terms:
        term.see_also = terms
        term.save()
        in_spanish(term, f"Término {term.pk}", "Palabras.")
    client.get(ADDRESS)

    # Session, person; terms, their translations, what stands beside them; rights.
    with django_assert_num_queries(6):
        client.get(ADDRESS)
    GlossaryTermFactory.create_batch(6, see_also=terms)
    with django_assert_num_queries(6):
        client.get(ADDRESS)


def test_terms_of_a_lesson_are_read_at_once(django_assert_num_queries: Queries) -> None:
    lesson = explains(*(GlossaryTermFactory.create() for _ in range(5)))
    fresh = LessonPage.objects.get(pk=lesson.pk)

    # The terms with their language.
    with translation.override("en"), django_assert_num_queries(1):
        html = draw_lesson(fresh, keeps_place=False, for_trainers=False)
    assert html.count("<dfn>") == 5


def test_an_author_hears_of_a_term_that_is_gone() -> None:
    draft, gone = GlossaryTermFactory.create(live=False), GlossaryTermFactory.create()
    lesson = explains(draft, gone)
    assert [one.problem for one in check_one(lesson, at=AT)] == [Problem.TERM]
    gone.delete()

    fresh = LessonPage.objects.get(pk=lesson.pk)
    found = check_one(fresh, at=AT)

    assert [one.problem for one in found] == [Problem.TERM, Problem.TERM]
    assert all(one.is_error for one in found)
    assert {one.anchor for one in found} == {f"block-{each.id}-section" for each in fresh.body}


def test_a_draft_may_name_a_draft_and_a_published_lesson_may_not() -> None:
    block = LessonPage._meta.get_field("body").stream_block.child_blocks["glossary_term"]
    draft = GlossaryTermFactory.create(live=False)

    with pytest.raises(ValidationError):
        block.clean(block.to_python({"term": draft.pk}))
    block.clean(block.to_python({"term": GlossaryTermFactory.create().pk}))


def test_a_trainer_writes_and_a_lead_trainer_publishes(trainer: User, signed_in: SignIn) -> None:
    CataloguePageFactory.create()
    client = signed_in(AuthorFactory.create())

    page = client.get(reverse(f"{TERMS}:add")).content.decode()
    assert 'name="action-publish"' not in page
    client.post(reverse(f"{TERMS}:add"), form(term="Face"))
    term = GlossaryTerm.objects.get()
    assert (term.term, term.live) == ("Face", False)
    assert client.get(reverse(f"{TERMS}:list")).status_code == 200

    client.post(
        reverse(f"{TERMS}:edit", args=[term.pk]), form(term="Face", **{"action-publish": "1"})
    )
    term.refresh_from_db()
    assert not term.live

    signed_in(trainer).post(
        reverse(f"{TERMS}:edit", args=[term.pk]), form(term="Face", **{"action-publish": "1"})
    )
    term.refresh_from_db()
    assert term.live
    assert WorkflowContentType.objects.get().workflow.name == "Second reader"


def test_a_term_is_submitted_translated_and_brought_up_to_date(
    trainer: User, signed_in: SignIn
) -> None:
    spanish, _is_new = Locale.objects.get_or_create(language_code="es")
    term = GlossaryTermFactory.create(term="Face")
    client = signed_in(trainer)
    submit = reverse(
        "wagtail_localize:submit_snippet_translation", args=["modules", "glossaryterm", term.pk]
    )

    assert client.get(submit).status_code == 200
    told = client.post(submit, {"locales": [spanish.pk]})
    translated = GlossaryTerm.objects.get(locale=spanish)
    editor = reverse(f"{TERMS}:edit", args=[translated.pk])
    assert told["Location"] == editor
    assert "Face" in client.get(editor).content.decode()
    update = reverse(
        "wagtail_localize:update_translations", args=[TranslationSource.objects.get().pk]
    )
    assert editor in client.get(update).content.decode()


@pytest.mark.parametrize(("query", "found"), [("fac", True), ("zzz", False), ('"', False)])
def test_the_list_is_searched_for_anything_that_can_be_typed(
    signed_in: SignIn, query: str, found: bool
) -> None:
    term = GlossaryTermFactory.create(term="Face")
    client = signed_in(AuthorFactory.create())

    for name in ("list", "list_results"):
        page = client.get(reverse(f"{TERMS}:{name}"), {"q": query}).content.decode()
        assert (reverse(f"{TERMS}:edit", args=[term.pk]) in page) is found


def test_others_have_no_part_in_it(
    coordinator: User, observer: User, participant: User, signed_in: SignIn
) -> None:
    for user in (coordinator, observer, participant):
        response = signed_in(user).get(reverse(f"{TERMS}:add"))
        assert response.status_code in (302, 403)


def test_a_source_comes_whole_and_a_word_once(signed_in: SignIn) -> None:
    GlossaryTermFactory.create(term="Norm")
    client = signed_in(AuthorFactory.create())

    half = client.post(reverse(f"{TERMS}:add"), form(term="Face", source_title="A book"))
    assert "A source is named with its link" in half.content.decode()
    twice = client.post(reverse(f"{TERMS}:add"), form(term="norm"))
    assert "The glossary has this term already." in twice.content.decode()
    assert GlossaryTerm.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        GlossaryTermFactory.create(term="NORM")


def test_a_term_does_not_lead_to_itself() -> None:
    term = GlossaryTermFactory.create()
    term.see_also = [term]

    with pytest.raises(ValidationError, match="does not lead to itself"):
        term.clean()


def test_a_draft_can_be_seen_beforehand(signed_in: SignIn) -> None:
    term = GlossaryTermFactory.create(term="Face")
    author = signed_in(AuthorFactory.create())
    address = reverse(f"{TERMS}:preview_on_edit", args=[term.pk])

    author.post(address, form(term="Canaryface"))

    assert "<bdi>Canaryface</bdi></h1>" in author.get(address).content.decode()


def test_the_editor_shows_the_block_with_the_newest_term() -> None:
    GlossaryTermFactory.create(term="Face")
    block = LessonPage._meta.get_field("body").stream_block.child_blocks["glossary_term"]

    assert block.is_previewable
    assert block.get_description()
    assert "<strong>Face</strong>" in block.render(block.get_preview_value())
