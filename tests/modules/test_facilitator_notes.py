"""Notes for who leads a workshop: trainers read them, participants are never sent them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from modules.models import LessonPage
from people.models import User
from tests.factories.modules import LessonPageFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
SECRET = "Quokkaringafterfourminutes"


@pytest.fixture
def lesson() -> LessonPage:
    page = LessonPageFactory.create(
        title="How the workshop runs",
        body=[
            {"type": "text", "value": "<p>You work in groups of three.</p>"},
            {"type": "facilitator_notes", "value": f"<p>{SECRET}</p>"},
        ],
    )
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def bytes_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_they_are_only_in_the_bytes_of_trainers_whoever_looks_first(
    lesson: LessonPage, participant: User, trainer: User, signed_in: SignIn
) -> None:
    for _round in range(2):
        page = bytes_of(signed_in(trainer), lesson.url)
        assert SECRET in page
        assert "only trainers see this" in page
        page = bytes_of(signed_in(participant), lesson.url)
        assert "groups of three" in page
        assert SECRET not in page
        assert "only trainers" not in page


def test_the_office_does_not_get_them_either(
    lesson: LessonPage, coordinator: User, signed_in: SignIn
) -> None:
    assert SECRET not in bytes_of(signed_in(coordinator), lesson.url)


@pytest.mark.parametrize("who", ["participant", "trainer"])
def test_search_does_not_find_them(
    who: str, lesson: LessonPage, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    client = signed_in(request.getfixturevalue(who))

    assert lesson.title in bytes_of(client, "/search/?query=groups")
    assert lesson.title not in bytes_of(client, f"/search/?query={SECRET}")


def test_a_trainer_sees_them_in_the_preview_of_a_draft(
    lesson: LessonPage, trainer: User, signed_in: SignIn
) -> None:
    url = reverse("wagtailadmin_pages:view_draft", args=[lesson.pk])

    assert SECRET in bytes_of(signed_in(trainer), url)


def test_a_lesson_of_notes_alone_has_nothing_for_a_participant(
    participant: User, signed_in: SignIn
) -> None:
    notes = {"type": "facilitator_notes", "value": f"<p>{SECRET}</p>"}
    lesson = LessonPageFactory.create(body=[notes])

    assert SECRET not in bytes_of(signed_in(participant), lesson.url)
