"""The framework that Sojourn ships, as the migration has loaded it."""

import pytest
from django.apps import apps
from django.db import IntegrityError

from competence.loading import HOUSE_FRAMEWORK, load_framework, read_framework
from competence.models import Correspondence, Dimension, Framework, Level

pytestmark = pytest.mark.django_db

FRAMEWORKS = {"RFCDC", "VALUE", "Deardorff", "Byram"}


def test_the_house_framework_is_there_and_in_use() -> None:
    framework = Framework.objects.get(code="sojourn")

    assert framework.is_default
    assert framework.credit
    assert framework.licence_note


def test_it_has_eight_dimensions_each_with_words_of_its_own() -> None:
    dimensions = Dimension.objects.filter(framework__code="sojourn").order_by("sort_order")

    assert [dimension.code for dimension in dimensions] == [
        "self-awareness",
        "cultural-knowledge",
        "openness",
        "empathy",
        "communication",
        "adaptability",
        "collaboration",
        "ethics",
    ]
    assert all(len(dimension.description) > 40 for dimension in dimensions)


def test_it_has_four_levels_from_low_to_high() -> None:
    levels = Level.objects.filter(framework__code="sojourn").order_by("sort_order")

    assert [level.name for level in levels] == ["Emerging", "Developing", "Proficient", "Leading"]


def test_the_crosswalk_names_the_four_known_frameworks_and_where_they_are_silent() -> None:
    sources = {
        dimension.code: set(dimension.correspondences.values_list("source", flat=True))
        for dimension in Dimension.objects.filter(framework__code="sojourn")
    }

    assert sources["self-awareness"] == FRAMEWORKS
    assert sources["adaptability"] == {"RFCDC", "Deardorff"}
    assert sources["collaboration"] == FRAMEWORKS - {"VALUE"}
    assert sources["ethics"] == FRAMEWORKS - {"VALUE"}
    assert set.union(*sources.values()) == FRAMEWORKS


def test_loading_again_leaves_what_an_institution_has_changed() -> None:
    Framework.objects.filter(code="sojourn").update(name="Our own words")
    Dimension.objects.filter(code="ethics").delete()
    before = (Dimension.objects.count(), Level.objects.count(), Correspondence.objects.count())

    load_framework(apps, read_framework(HOUSE_FRAMEWORK), in_use=True)

    assert Framework.objects.get(code="sojourn").name == "Our own words"
    assert before == (
        Dimension.objects.count(),
        Level.objects.count(),
        Correspondence.objects.count(),
    )


def test_another_framework_can_be_loaded_beside_it() -> None:
    content = {**read_framework(HOUSE_FRAMEWORK), "code": "other", "name": "Other"}

    load_framework(apps, content, in_use=False)

    assert Dimension.objects.filter(framework__code="other").count() == 8
    assert Framework.objects.get(is_default=True).code == "sojourn"


def test_only_one_framework_is_in_use() -> None:
    with pytest.raises(IntegrityError):
        Framework.objects.create(code="second", name="Second", is_default=True)


def test_records_name_themselves() -> None:
    dimension = Dimension.objects.get(code="empathy")

    assert str(dimension) == "Empathy and perspective-taking"
    assert str(dimension.framework) == "Sojourn competences"
    assert str(dimension.correspondences.get(source="Byram")) == "Byram: savoir comprendre"
    assert str(Level.objects.get(name="Leading")) == "Leading"
