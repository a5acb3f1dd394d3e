"""Search finds what the reader may open, and says nothing about the rest."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage
from people.models import User
from people.roles import TRAINERS
from tests.factories.modules import (
    CataloguePageFactory,
    LessonPageFactory,
    TrainingSessionPageFactory,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def found(client: Client, words: str, **more: str) -> str:
    response = client.get("/search/", {"query": words, **more})
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def module() -> Any:
    return TrainingSessionPageFactory.create(
        title="Canarytitle", search_description="Canarydescription", summary="Canarysummary"
    )


def restrict(page: Page, kind: str, *groups: str) -> None:
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=kind, password="sesame"
    )
    restriction.groups.set(Group.objects.filter(name__in=groups))


def test_without_words_it_only_asks_for_some(client: Client) -> None:
    page = client.get("/search/").content.decode()

    assert "Words to look for" in page
    assert "Nothing found" not in page


def test_a_lesson_is_shown_by_the_words_around_what_was_found(
    participant: User, signed_in: SignIn, module: Any
) -> None:
    text = f"<p>{'Before it. ' * 20}Bread &amp; <b>salt</b>, said a quokka.{' After it.' * 20}</p>"
    notes = "<p>Nobody but trainers reads of wombats near quokka.</p>"
    LessonPageFactory.create(
        parent=module,
        summary="Not this.",
        body=[
            {"type": "facilitator_notes", "value": notes},
            {"type": "text", "value": text},
        ],
    )

    page = found(signed_in(participant), "QUOKKA")

    assert "Before it. Bread &amp; salt, said a <mark>quokka</mark>. After it." in page
    assert "… it. Before it." in page or "… Before it." in page
    assert "wombats" not in page
    assert "Not this." not in page


def test_what_was_found_cannot_bring_markup(
    participant: User, signed_in: SignIn, module: Any
) -> None:
    text = "<p>A quokka writes &lt;script&gt;alert(1)&lt;/script&gt;.</p>"
    LessonPageFactory.create(parent=module, body=[{"type": "text", "value": text}])

    page = found(signed_in(participant), "quokka")

    assert "<mark>quokka</mark> writes &lt;script&gt;alert(1)&lt;/script&gt;." in page


def test_it_finds_titles_summaries_and_lesson_texts(
    participant: User, signed_in: SignIn, module: Any
) -> None:
    client = signed_in(participant)
    LessonPageFactory.create(
        parent=module,
        title="Canarylesson",
        body=[{"type": "text", "value": "<p>The quokkaword stands here.</p>"}],
    )

    assert "Canarytitle" in found(client, "Canarytitle")
    assert "Canarytitle" in found(client, "Canarysummary")
    assert "Canarylesson" in found(client, "quokkaword")


def test_lessons_of_one_title_are_told_apart_by_their_modules(
    participant: User, signed_in: SignIn
) -> None:
    for country in ("Japan", "Kenya"):
        LessonPageFactory.create(
            parent=TrainingSessionPageFactory.create(title=f"Going to {country}"),
            title="Numbers and papers",
        )

    page = found(signed_in(participant), "papers")

    assert "Lesson · <bdi>Going to Japan</bdi>" in page
    assert "Lesson · <bdi>Going to Kenya</bdi>" in page


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Try another word" in found(client, "zzzz")


def test_words_are_shown_as_words(client: Client) -> None:
    assert "<b>bold" not in found(client, "<b>bold</b>")


def test_drafts_are_not_found(participant: User, signed_in: SignIn, module: Any) -> None:
    module.unpublish()

    assert "Nothing found" in found(signed_in(participant), "Canarytitle")


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
@pytest.mark.parametrize("words", ["Canarytitle", "Canarydescription", "Canarysummary"])
def test_nobody_finds_a_restricted_page_without_signing_in(
    client: Client, module: Any, kind: str, words: str
) -> None:
    restrict(module.get_parent(), kind, TRAINERS)

    page = found(client, words)
    assert page.count("Canary") == page.count(words)
    assert "Nothing found" in page


def test_signing_in_opens_what_is_for_all_who_sign_in(
    signed_in: SignIn, participant: User, module: Any
) -> None:
    restrict(module.get_parent(), PageViewRestriction.LOGIN)

    assert "Canarydescription" in found(signed_in(participant), "Canarytitle")


def test_a_page_for_a_group_is_found_by_that_group_alone(
    participant: User, trainer: User, signed_in: SignIn, module: Any
) -> None:
    restrict(module, PageViewRestriction.GROUPS, TRAINERS)

    assert "Nothing found" in found(signed_in(participant), "Canarytitle")
    assert "Canarydescription" in found(signed_in(trainer), "Canarytitle")


def test_a_shared_password_opens_the_page_to_the_search_as_well(
    participant: User, signed_in: SignIn, module: Any
) -> None:
    client = signed_in(participant)
    restrict(module, PageViewRestriction.PASSWORD)
    restriction = PageViewRestriction.objects.get(page=module)
    assert "Canarydescription" not in found(client, "Canarytitle")

    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{module.pk}/",
        {"password": "sesame", "return_url": "/"},
    )

    assert "Canarydescription" in found(client, "Canarytitle")


def test_pages_of_another_site_are_not_found(client: Client) -> None:
    root = Page.objects.get(depth=1)
    elsewhere = root.add_child(instance=HomePage(title="Canaryelsewhere", slug="elsewhere"))
    Site.objects.create(hostname="elsewhere.example", root_page=elsewhere)

    assert "Nothing found" in found(client, "Canaryelsewhere")


def test_many_results_come_in_pages(participant: User, signed_in: SignIn) -> None:
    client = signed_in(participant)
    catalogue = CataloguePageFactory.create()
    for _each in range(12):
        TrainingSessionPageFactory.create(parent=catalogue, summary="Canarysummary")

    first = found(client, "Canarysummary")
    assert "12 pages found" in first
    assert "Page 1 of 2" in first
    assert "?query=Canarysummary&amp;page=2" in first
    assert found(client, "Canarysummary", page="2").count("card--link") == 2


def test_odd_input_does_no_harm(client: Client) -> None:
    for words in ["\x00", "a" * 5000, '"', "' OR 1=1", "%", "*", "NOT", "a:b AND (", "{{7*7}}"]:
        client.get("/search/", {"query": words, "page": "x"}).content.decode()
        assert client.get("/search/", {"query": words}).status_code == 200
    assert client.post("/search/", {"query": "x"}).status_code == 405


def test_without_a_site_there_is_nothing_to_find(client: Client, module: Any) -> None:
    Site.objects.all().delete()

    assert "Nothing found" in found(client, "Canarytitle")
