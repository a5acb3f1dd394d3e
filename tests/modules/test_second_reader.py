"""A trainer writes and submits; a lead trainer reads, approves and so publishes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from modules.models import LessonPage
from people.models import User
from tests.factories.modules import CataloguePageFactory, LessonPageFactory
from tests.factories.people import AuthorFactory, TrainerFactory
from tests.modules.test_authoring import EMPTY, lesson_form

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def author(db: None) -> User:
    return AuthorFactory.create()


@pytest.fixture
def lesson() -> LessonPage:
    page: LessonPage = LessonPageFactory.create(title="Visas", summary="As it was.")
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def edit(client: Client, page: Page, **fields: Any) -> Any:
    form = lesson_form(title=page.title, slug=page.slug) | fields
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form))


def editor(client: Client, page: Page) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_a_catalogue_comes_with_a_second_reader() -> None:
    catalogue = CataloguePageFactory.create()

    workflow = WorkflowPage.objects.get(page=catalogue).workflow
    assert workflow.name == "Second reader"
    (task,) = workflow.tasks
    assert [group.name for group in task.specific.groups.all()] == ["Lead trainers"]


def test_a_trainer_submits_and_cannot_publish(
    author: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    client = signed_in(author)

    page = editor(client, lesson)
    assert 'name="action-submit"' in page
    assert 'name="action-publish"' not in page

    edit(client, lesson, summary="Better.", **{"action-publish": "1"})
    lesson.refresh_from_db()
    assert (lesson.summary, lesson.has_unpublished_changes) == ("As it was.", True)


def test_a_trainer_cannot_unpublish_or_write_outside_the_catalogue(
    author: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    client = signed_in(author)
    home = Page.objects.get(depth=2)

    client.post(reverse("wagtailadmin_pages:unpublish", args=[lesson.pk]))
    assert LessonPage.objects.get(pk=lesson.pk).live
    assert client.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).status_code == 302
    assert client.get(reverse("wagtailadmin_pages:add_subpage", args=[home.pk])).status_code == 302


def test_the_second_reader_approves_and_so_publishes(
    author: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    edit(signed_in(author), lesson, summary="Better.", **{"action-submit": "1"})
    lesson.refresh_from_db()
    assert (lesson.summary, lesson.workflow_in_progress) == ("As it was.", True)
    state = lesson.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, "approve", state.pk])

    signed_in(AuthorFactory.create()).post(url)
    lesson.refresh_from_db()
    assert lesson.summary == "As it was."

    signed_in(TrainerFactory.create()).post(url, {"comment": "Good."})
    lesson.refresh_from_db()
    assert (lesson.summary, lesson.has_unpublished_changes) == ("Better.", False)


def test_comments_locking_and_history_are_there(
    author: User, trainer: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    client = signed_in(author)
    comment = {
        "TOTAL_FORMS": 1,
        "INITIAL_FORMS": 0,
        "0": {
            "id": "",
            "text": "Is this so?",
            "contentpath": "summary",
            "position": "",
            "DELETE": "",
            "resolved": "",
            "replies": EMPTY,
        },
    }
    edit(client, lesson, comments=comment)

    assert lesson.wagtail_admin_comments.get().text == "Is this so?"
    assert 'data-side-panel-toggle="comments"' in editor(client, lesson)
    history = client.get(reverse("wagtailadmin_pages:history", args=[lesson.pk]))
    assert "Is this so?" in history.content.decode()

    signed_in(trainer).post(reverse("wagtailadmin_pages:lock", args=[lesson.pk]))
    edit(signed_in(author), lesson, summary="Not now.")
    lesson.refresh_from_db()
    assert lesson.locked
    assert lesson.get_latest_revision_as_object().summary != "Not now."


def test_versions_of_the_content_are_compared_block_by_block(
    author: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    client = signed_in(author)
    before = lesson.latest_revision_id
    body = streamfield([("text", rich_text("<p>Ask twice.</p>"))])
    edit(client, lesson, body=body, comments=EMPTY)
    lesson.refresh_from_db()

    compared = client.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[lesson.pk, before, "latest"])
    ).content.decode()

    assert "Ask twice." in compared
    assert "Watch first, then try." in compared
