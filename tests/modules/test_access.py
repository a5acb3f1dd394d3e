"""Signed-in people read published pages; nobody else, and nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from modules.models import LessonPage
from people.models import User
from tests.factories.modules import CataloguePageFactory, LessonPageFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def urls_of(lesson: LessonPage) -> list[str]:
    module = lesson.get_parent()
    return [module.get_parent().url, module.url, lesson.url]


def test_addresses_follow_the_tree() -> None:
    lesson = LessonPageFactory.create(parent__slug="culture-and-self", slug="iceberg")

    assert urls_of(lesson) == [
        "/learn/",
        "/learn/culture-and-self/",
        "/learn/culture-and-self/iceberg/",
    ]


def test_a_new_catalogue_is_closed_to_visitors_by_wagtail_s_own_privacy() -> None:
    catalogue = CataloguePageFactory.create()

    restriction = PageViewRestriction.objects.get(page=catalogue)
    assert restriction.restriction_type == PageViewRestriction.LOGIN

    catalogue.title = "Learning"
    catalogue.save()
    assert PageViewRestriction.objects.count() == 1


@pytest.mark.parametrize("restricted", [True, False])
def test_visitors_are_asked_to_sign_in(client: Client, restricted: bool) -> None:
    lesson = LessonPageFactory.create()
    if not restricted:
        PageViewRestriction.objects.all().delete()

    for url in urls_of(lesson):
        for response in (client.get(url), client.post(url)):
            assert response.status_code == 302
            assert response["Location"] == f"/accounts/login/?next={url}"


def test_signed_in_people_read(participant: User, signed_in: SignIn) -> None:
    client = signed_in(participant)

    for url in urls_of(LessonPageFactory.create()):
        assert client.get(url).status_code == 200


def test_pages_for_one_person_are_not_kept_by_caches(participant: User, signed_in: SignIn) -> None:
    client = signed_in(participant)

    for url in urls_of(LessonPageFactory.create()):
        assert "private" in client.get(url)["Cache-Control"]


def test_a_draft_is_not_there_for_participants(participant: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create(live=False)
    client = signed_in(participant)

    assert client.get(lesson.url).status_code == 404
    assert lesson.title not in client.get(lesson.get_parent().url).content.decode()


def test_a_draft_module_is_not_there_for_participants(participant: User, signed_in: SignIn) -> None:
    module = LessonPageFactory.create().get_parent()
    module.unpublish()
    client = signed_in(participant)

    assert client.get(module.url).status_code == 404
    assert module.title not in client.get("/learn/?all=1").content.decode()


@pytest.mark.parametrize(
    "path", ["nowhere/", "nowhere/at-all/", "{module}/nowhere/", "{module}/{lesson}/deeper/"]
)
def test_what_is_not_there_is_not_found(path: str, participant: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create()
    path = path.format(module=lesson.get_parent().slug, lesson=lesson.slug)

    assert signed_in(participant).get(f"/learn/{path}").status_code == 404


def test_a_restriction_above_the_catalogue_counts(participant: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create()
    home = lesson.get_parent().get_parent().get_parent()
    PageViewRestriction.objects.create(page=home, restriction_type=PageViewRestriction.GROUPS)

    assert signed_in(participant).get(lesson.url).status_code == 302


def test_an_alias_is_as_closed_as_its_source(participant: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create()
    other = LessonPageFactory.create().get_parent()
    alias = lesson.create_alias(parent=other, update_slug="alias")
    PageViewRestriction.objects.create(page=lesson, restriction_type=PageViewRestriction.GROUPS)

    assert signed_in(participant).get(alias.url).status_code == 302


def test_the_privacy_of_modules_cannot_be_taken_away_in_the_cms(
    administrator: User, signed_in: SignIn
) -> None:
    catalogue = CataloguePageFactory.create()

    signed_in(administrator).post(
        f"/admin/pages/{catalogue.pk}/privacy/", {"restriction_type": "none"}
    )

    client = Client()
    assert client.get(catalogue.url).status_code == 302
