"""Whatever is typed into one of the CMS's searches finds pages or none, and never breaks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from modelsearch.query import Phrase
from wagtail.models import Page

from library.searching import readable
from people.models import User
from tests.factories.modules import TrainingSessionPageFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

ODD = ('"', '""', '" OR', 'quokka"', "NOT", "*", "(", "a:b AND (", "\x00", "%s")


@pytest.fixture
def module() -> Any:
    return TrainingSessionPageFactory.create(title="Quokka walk")


@pytest.mark.parametrize("words", ODD)
@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/admin/pages/1/", "q"),
        ("/admin/pages/search/", "q"),
        ("/admin/choose-page/search/", "q"),
        ("/admin/api/main/pages/", "search"),
        ("/admin/images/", "q"),
        ("/admin/documents/chooser/results/", "q"),
        ("/admin/users/", "q"),
    ],
)
def test_odd_words_do_no_harm(
    signed_in: SignIn, administrator: User, module: Any, url: str, name: str, words: str
) -> None:
    response = signed_in(administrator).get(url, {name: words})

    assert response.status_code == 200


def test_a_quote_too_many_still_finds_the_word(
    signed_in: SignIn, administrator: User, module: Any
) -> None:
    page = signed_in(administrator).get("/admin/pages/1/", {"q": 'quokk"'}).content.decode()

    assert "Quokka walk" in page


@pytest.mark.parametrize("words", ['"', " ", "\x00", '" "'])
def test_nothing_but_quotes_finds_nothing(module: Any, words: str) -> None:
    assert list(Page.objects.search(words)) == []
    assert list(Page.objects.autocomplete(words)) == []


def test_a_query_that_is_built_stays_as_it_is(module: Any) -> None:
    built = Phrase("quokka walk")

    assert readable(built) is built
    assert [page.title for page in Page.objects.search(built)] == ["Quokka walk"]
