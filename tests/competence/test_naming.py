"""Dimensions by their keys: what is there, what is in use, and what a form offers."""

from collections.abc import Callable
from typing import Any

import pytest

from competence.models import Framework
from competence.naming import Named, grouped_choices, key_of, labelled, named, names_of
from tests.factories.competence import DimensionFactory, FrameworkFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def _two_frameworks() -> None:
    Framework.objects.all().delete()
    own = FrameworkFactory.create(code="own", name="Own", is_default=True)
    old = FrameworkFactory.create(code="a-old", name="An old one")
    DimensionFactory.create(framework=own, code="empathy", name="Empathy", sort_order=1)
    DimensionFactory.create(framework=own, code="courage", name="Courage", sort_order=0)
    DimensionFactory.create(framework=old, code="tact", name="Tact")


@pytest.mark.usefixtures("_two_frameworks")
def test_only_what_is_named_and_there_is_found() -> None:
    assert named(["own.empathy", "a-old.tact", "own.tact", "nothing", ""]) == {
        "own.empathy": Named("Empathy", is_in_use=True),
        "a-old.tact": Named("Tact", is_in_use=False),
    }
    assert names_of(["own.courage"]) == {"own.courage": "Courage"}


def test_a_dimension_is_named_by_its_framework_and_code() -> None:
    made = DimensionFactory.create(framework__code="own", code="empathy", name="Empathy")

    assert key_of(made) == "own.empathy"


def test_nothing_is_asked_where_nothing_is_named(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    with django_assert_num_queries(0):
        assert names_of(["", ""]) == {}


@pytest.mark.usefixtures("_two_frameworks")
def test_the_framework_in_use_is_offered_first_and_in_its_order() -> None:
    assert grouped_choices() == [
        ("Own", [("own.courage", "Courage"), ("own.empathy", "Empathy")]),
        ("An old one", [("a-old.tact", "Tact")]),
    ]


def test_a_label_has_the_dimension_only_where_there_is_one() -> None:
    assert labelled("Listens", "Empathy") == "Listens (Empathy)"
    assert labelled("Listens", "") == "Listens"
