"""The short way to a lesson leads where Wagtail's own would."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, PageViewRestriction, Site

from modules.models import LessonPage
from modules.routing import find_lesson
from people.models import User
from tests.factories.modules import LessonPageFactory, ModuleQuizFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def lesson() -> LessonPage:
    return LessonPageFactory.create(slug="iceberg", parent__slug="self")


def test_a_lesson_comes_with_its_surroundings(
    lesson: LessonPage, django_assert_num_queries: Callable[[int], Any]
) -> None:
    ModuleQuizFactory.create(module=lesson.module)
    LessonPageFactory.create(parent=lesson.get_parent())
    Site.clear_site_root_paths_cache()
    Site.get_site_root_paths()

    with django_assert_num_queries(2):  # The module with its quiz; the lessons.
        found = find_lesson("learn/self/iceberg/")
        assert found is not None
        assert len(found.neighbours) == 2
        assert len(found.module_quizzes) == 1
        assert found.get_parent() == found.module

    assert found == lesson


@pytest.mark.parametrize(
    "path",
    [
        "",
        "learn/",
        "learn/self/",
        "learn/self/iceberg/tip/",
        "learn/self/none/",
        "learn/none/iceberg/",
    ],
)
def test_all_else_is_left_to_wagtail(path: str, lesson: LessonPage) -> None:
    assert find_lesson(path) is None


def test_drafts_are_left_to_wagtail(lesson: LessonPage) -> None:
    lesson.unpublish()

    assert find_lesson("learn/self/iceberg/") is None


def test_several_sites_are_left_to_wagtail(
    lesson: LessonPage, participant: User, signed_in: SignIn
) -> None:
    Site.objects.create(hostname="other.example", root_page=lesson.get_parent().get_parent())

    assert find_lesson("learn/self/iceberg/") is None
    client = signed_in(participant)
    assert client.get("/learn/self/iceberg/").status_code == 200
    assert client.get("/self/iceberg/", headers={"host": "other.example"}).status_code == 200


def test_several_languages_are_found_as_quickly(
    lesson: LessonPage, participant: User, signed_in: SignIn
) -> None:
    spanish = Locale.objects.create(language_code="es")
    lesson.get_ancestors().get(depth=2).copy_for_translation(spanish)

    assert find_lesson("learn/self/iceberg/") == lesson
    assert signed_in(participant).get("/learn/self/iceberg/").status_code == 200


@pytest.mark.parametrize("with_quiz", [True, False])
def test_a_restriction_to_a_group_counts(
    with_quiz: bool, lesson: LessonPage, participant: User, signed_in: SignIn
) -> None:
    if with_quiz:
        ModuleQuizFactory.create(module=lesson.get_parent().specific)
    PageViewRestriction.objects.create(
        page=lesson.get_parent(), restriction_type=PageViewRestriction.GROUPS
    )

    assert signed_in(participant).get("/learn/self/iceberg/").status_code == 302


def test_a_restriction_elsewhere_closes_nothing(
    lesson: LessonPage, participant: User, signed_in: SignIn
) -> None:
    other = LessonPageFactory.create()
    PageViewRestriction.objects.create(page=other, restriction_type=PageViewRestriction.GROUPS)

    assert signed_in(participant).get("/learn/self/iceberg/").status_code == 200


def test_wagtail_keeps_its_own_addresses(
    lesson: LessonPage, participant: User, signed_in: SignIn
) -> None:
    restriction = PageViewRestriction.objects.create(
        page=lesson, restriction_type=PageViewRestriction.PASSWORD, password="sesame"
    )
    client = signed_in(participant)
    assert "Mark as read" not in client.get("/learn/self/iceberg/").content.decode()

    client.post(
        f"/_util/authenticate_with_password/{restriction.pk}/{lesson.pk}/",
        {"password": "sesame", "return_url": "/"},
    )

    assert "Mark as read" in client.get("/learn/self/iceberg/").content.decode()
