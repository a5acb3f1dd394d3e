"""Saying of a change whether it is minor or material, through the doors of the CMS."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import nested_form_data

from modules.enums import ChangeKind
from modules.models import LessonPage, MaterialChange
from people.models import User
from tests.factories.modules import LessonPageFactory, TrainingSessionPageFactory
from tests.factories.people import TrainerFactory
from tests.modules.test_authoring import lesson_form, module_form

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NOTE = "The rules on visas are new."
MATERIAL = {"change_kind": "material", "change_note": NOTE}
MINOR = {"change_kind": "minor", "change_note": ""}
PUBLISH = {"action-publish": "1"}


def edit(client: Client, page: Any, **fields: Any) -> Any:
    form = lesson_form() if isinstance(page, LessonPage) else module_form()
    form |= {"title": page.title, "slug": page.slug} | fields
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), nested_form_data(form))


@pytest.fixture
def lesson() -> LessonPage:
    page: LessonPage = LessonPageFactory.create(title="Visas")
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def editor(client: Client, page: Any) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_a_published_page_asks_what_kind_of_change_it_is(
    trainer: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    client = signed_in(trainer)

    assert "What kind of change?" in editor(client, lesson)
    assert 'data-people-affected="0"' in editor(client, lesson)
    assert "What kind of change?" not in editor(client, LessonPageFactory.create(live=False))


def test_a_material_change_is_put_on_record_when_it_is_published(
    trainer: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    edit(signed_in(trainer), lesson, **MATERIAL, **PUBLISH)

    change = MaterialChange.objects.get()
    assert (change.page_key, change.title, change.note) == (lesson.translation_key, "Visas", NOTE)
    assert (change.written_by, change.language) == (trainer, "en")
    lesson.refresh_from_db()
    assert change.published_at == lesson.last_published_at
    assert change.revision_id == lesson.live_revision_id


def test_the_history_shows_it(trainer: User, signed_in: SignIn, lesson: LessonPage) -> None:
    client = signed_in(trainer)
    edit(client, lesson, **MATERIAL, **PUBLISH)

    history = client.get(reverse("wagtailadmin_pages:history", args=[lesson.pk]))

    assert f"Material change: {NOTE}" in history.content.decode()


@pytest.mark.parametrize("fields", [MINOR, {}])
def test_a_minor_change_is_published_and_nothing_else(
    trainer: User, signed_in: SignIn, lesson: LessonPage, fields: dict[str, str]
) -> None:
    edit(signed_in(trainer), lesson, summary="Better words.", **fields, **PUBLISH)

    lesson.refresh_from_db()
    assert lesson.summary == "Better words."
    assert not MaterialChange.objects.exists()


def test_a_material_change_has_to_say_what_it_is(
    trainer: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    answer = edit(signed_in(trainer), lesson, change_kind="material", change_note="  ", **PUBLISH)

    assert "Say what changed, for people who completed it." in answer.content.decode()
    assert not MaterialChange.objects.exists()


def test_each_round_of_changes_begins_as_a_minor_one(
    trainer: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    client = signed_in(trainer)
    edit(client, lesson, **MATERIAL, **PUBLISH)

    assert NOTE not in editor(client, lesson).split("What kind of change?")[1][:3000]
    edit(client, lesson, summary="A comma.", **PUBLISH)

    assert MaterialChange.objects.count() == 1


def test_a_module_has_material_changes_too(trainer: User, signed_in: SignIn) -> None:
    module = TrainingSessionPageFactory.create(title="Leaving")
    module.save_revision().publish()

    edit(signed_in(trainer), module, **MATERIAL, **PUBLISH)

    assert MaterialChange.objects.get().page_key == module.translation_key


def test_the_choice_is_kept_with_the_draft_until_a_workflow_publishes_it(
    trainer: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    workflow = Workflow.objects.create(name="Straight on")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.create(name="Nod"))
    WorkflowPage.objects.create(workflow=workflow, page=lesson)
    edit(signed_in(trainer), lesson, **MATERIAL, **{"action-submit": "1"})
    assert not MaterialChange.objects.exists()

    lesson.refresh_from_db()
    state = lesson.current_workflow_task_state
    state.specific.approve(user=TrainerFactory.create())

    assert MaterialChange.objects.get().written_by == trainer


def test_a_change_that_is_scheduled_is_recorded_when_its_day_comes(
    trainer: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    later = timezone.localtime(timezone.now() + dt.timedelta(days=2))
    edit(signed_in(trainer), lesson, **MATERIAL, **PUBLISH, go_live_at=f"{later:%Y-%m-%d %H:%M}")
    assert not MaterialChange.objects.exists()

    revision = lesson.revisions.get(approved_go_live_at__isnull=False)
    soon = timezone.now() - dt.timedelta(minutes=1)
    revision.content["go_live_at"] = soon.isoformat()
    revision.approved_go_live_at = soon
    revision.save()
    call_command("publish_scheduled")

    assert MaterialChange.objects.get().revision_id == revision.pk


def test_a_revision_is_told_of_once(lesson: LessonPage) -> None:
    lesson.change_kind, lesson.change_note = ChangeKind.MATERIAL, NOTE
    revision = lesson.save_revision()

    revision.publish()
    revision.publish()

    assert MaterialChange.objects.count() == 1
    lesson.refresh_from_db()
    assert (lesson.change_kind, lesson.change_note) == (ChangeKind.MINOR, "")


def test_the_database_refuses_a_change_without_a_note(lesson: LessonPage) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        MaterialChange.objects.create(
            page_key=lesson.translation_key,
            revision_id=1,
            title="Visas",
            note="",
            language="en",
            published_at=timezone.now(),
        )
