"""Modules as files in the CMS, from the browser's side."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from interop.models import ModuleUpload
from interop.modules import exporting
from modules.models import ModulePage
from people.models import User
from quizzes.models import Question, QuestionCategory, Quiz
from tests.factories.modules import LessonPageFactory
from tests.factories.people import AdministratorFactory, AuthorFactory, TrainerFactory
from tests.interop.modules.conftest import World
from tests.interop.modules.files import entries, packed, spoilt

SignIn = Callable[[User], Client]


@pytest.fixture
def browser(signed_in: SignIn, trainer: User) -> Client:
    return signed_in(trainer)


def upload(client: Client, world: World, content: bytes | None = None) -> ModuleUpload:
    file = SimpleUploadedFile("meeting.zip", world.content if content is None else content)
    data = {"file": file, "catalogue": world.catalogue.pk}
    response = client.post(reverse("module_files:add"), data)
    latest = ModuleUpload.objects.latest("pk")
    assertRedirects(response, page(latest))
    return latest


def page(kept: ModuleUpload) -> str:
    return reverse("module_files:upload", args=[kept.uuid])


def export_page(module: ModulePage, name: str = "export") -> str:
    return reverse(f"module_files:{name}", args=[module.pk])


def confirm(client: Client, kept: ModuleUpload, **data: str) -> str:
    kept.refresh_from_db()
    response = client.post(page(kept), {"expected": kept.expected, **data}, follow=True)
    return response.content.decode()


def test_a_module_is_exported_from_its_own_page(browser: Client, world: World) -> None:
    explorer = browser.get(reverse("wagtailadmin_explore", args=[world.module.pk]))
    assertContains(explorer, export_page(world.module))
    assertContains(browser.get(export_page(world.module)), "Download the file")
    response = browser.get(export_page(world.module, "file"))
    assert response["Content-Disposition"] == 'attachment; filename="meeting-people.zip"'
    assert b"".join(response) == world.content


def test_an_import_goes_from_upload_over_dry_run_to_drafts(
    browser: Client, world: World, trainer: User
) -> None:
    world.forget()
    catalogue = browser.get(reverse("wagtailadmin_explore", args=[world.catalogue.pk]))
    assertContains(catalogue, reverse("module_files:add"))
    kept = upload(browser, world)
    dry = browser.get(page(kept))
    assertContains(dry, "Import now")
    assertContains(dry, "Publish it before the pages that ask it.")
    assert not ModulePage.objects.filter(slug="meeting-people").exists()

    assert "Imported as a draft." in confirm(browser, kept)
    module = ModulePage.objects.get(slug="meeting-people")
    assert (module.live, module.owner) == (False, trainer)
    kept.refresh_from_db()
    assert (kept.module, bytes(kept.content)) == (module, b"")
    assertContains(browser.get(reverse("module_files:index")), "Imported")
    assert "only once" in confirm(browser, kept)
    assert Quiz.objects.count() == 1


def test_a_module_that_is_here_stays_and_can_be_copied(browser: Client, world: World) -> None:
    world.lesson.title = "Changed here"
    world.lesson.save_revision()
    kept = upload(browser, world)
    dry = browser.get(page(kept))
    assertContains(dry, "This module is here already.")
    assertContains(dry, "Different here: title. What is here stays.")
    assertNotContains(dry, "Import now")
    assert "Nothing was imported" in confirm(browser, kept)
    assert ModulePage.objects.filter(title="Meeting people").count() == 1
    assert "Imported as a draft." in confirm(browser, kept, as_copy="on")
    assert ModulePage.objects.filter(title="Meeting people").count() == 2


def test_a_file_that_is_refused_says_why_and_is_not_kept(browser: Client, world: World) -> None:
    newer = spoilt(world.content, lambda data: data.update(version=9))
    stranger = packed(entries(world.content) | {"run.exe": b"MZ"})
    for content, words in (
        (newer, "This site is too old for it"),
        (stranger, "something that does not belong to it: “run.exe”"),
        (b"no zip", "This is not a .zip file"),
        (b"", "The file is empty"),
    ):
        file = SimpleUploadedFile("meeting.zip", content)
        data = {"file": file, "catalogue": world.catalogue.pk}
        assertContains(browser.post(reverse("module_files:add"), data), words)
    assert not ModuleUpload.objects.exists()


def test_what_was_shown_is_shown_again_when_the_site_has_changed(
    browser: Client, world: World
) -> None:
    world.forget()
    kept = upload(browser, world)
    Page.objects.get(pk=world.other.pk).delete()
    assert "the site has changed since you looked" in confirm(browser, kept)
    assert not Question.objects.exists()
    assert "Imported as a draft." in confirm(browser, kept)


def test_the_catalogue_may_be_gone_or_closed_by_then(browser: Client, world: World) -> None:
    kept = upload(browser, world)
    GroupPagePermission.objects.filter(group__name__in=["Trainers", "Lead trainers"]).delete()
    assert browser.post(page(kept), {"expected": kept.expected}).status_code == 302
    assert browser.get(reverse("module_files:add")).status_code == 302
    assert ModulePage.objects.filter(title="Meeting people").count() == 1


def test_who_may_write_imports_and_who_may_publish_publishes(
    signed_in: SignIn, world: World
) -> None:
    world.forget()
    author = AuthorFactory.create()
    client = signed_in(author)
    assert "Imported as a draft." in confirm(client, upload(client, world))
    module = ModulePage.objects.get(slug="meeting-people")
    assert not module.permissions_for_user(author).can_publish()


def test_rights_to_the_library_and_the_bank_are_asked_for(signed_in: SignIn, world: World) -> None:
    world.forget()
    author = AuthorFactory.create()
    trainers = Group.objects.get(name="Trainers")
    adding = GroupCollectionPermission.objects.filter(permission__codename__startswith="add_")
    adding.filter(group=trainers).delete()
    trainers.permissions.remove(
        *trainers.permissions.filter(codename__in=["add_quiz", "add_glossaryterm"])
    )
    file = SimpleUploadedFile("meeting.zip", world.content)
    data = {"file": file, "catalogue": world.catalogue.pk}
    response = signed_in(author).post(reverse("module_files:add"), data)
    for words in ("add images", "add documents", "write quizzes and questions", "add terms"):
        assertContains(response, words)


def test_keys_leave_only_with_who_may_see_them(signed_in: SignIn, world: World) -> None:
    kept = QuestionCategory.objects.create(name="Exam")
    kept.groups.add(Group.objects.create(name="Examiners"))
    Question.objects.filter(name="Plain").update(category=kept)
    client = signed_in(TrainerFactory.create())
    for name in ("export", "file"):
        response = client.get(export_page(world.module, name))
        assert response.status_code == 302
    client = signed_in(AdministratorFactory.create())
    assertContains(client.get(export_page(world.module)), "Download the file")


def test_who_may_not_edit_the_module_does_not_export_it(
    signed_in: SignIn, coordinator: User, world: World
) -> None:
    client = signed_in(coordinator)
    assert client.get(export_page(world.module)).status_code == 302
    assert client.get(export_page(world.module, "file")).status_code == 302


def test_what_cannot_be_exported_says_why(browser: Client, world: World) -> None:
    image = world.lesson.body[1].value["image"]
    image.file.storage.delete(image.file.name)
    response = browser.get(export_page(world.module, "file"), follow=True)
    assertContains(response, "The file of “Harbour” is gone.")
    world.module.unpublish()
    assertContains(browser.get(export_page(world.module)), "is not published")
    explorer = browser.get(reverse("wagtailadmin_explore", args=[world.module.pk]))
    assertNotContains(explorer, export_page(world.module))


def test_what_stays_behind_is_named_before_the_download(browser: Client, world: World) -> None:
    Quiz.objects.update(live_version=None)
    response = browser.get(export_page(world.module))
    assertContains(response, "A quiz that is not published stayed behind.")
    assertNotContains(response, "keep it from participants")


def test_imports_are_their_importer_s(signed_in: SignIn, world: World, trainer: User) -> None:
    kept = upload(signed_in(trainer), world)
    assert signed_in(TrainerFactory.create()).get(page(kept)).status_code == 404
    client = signed_in(AdministratorFactory.create())
    assertContains(client.get(reverse("module_files:index")), "meeting.zip")
    assert client.get(page(kept)).status_code == 302


def test_describing_costs_the_same_for_any_number_of_steps(
    world: World, django_assert_num_queries: Any
) -> None:
    image = world.lesson.body[1].value["image"]
    module = ModulePage.objects.get(pk=world.module.pk).specific
    exporting.described(module)
    with CaptureQueriesContext(connection) as before:
        exporting.described(module)
    for _number in range(4):
        figure = {"image": image.pk, "alt_text": "A harbour", "decorative": False}
        body = [{"type": "figure", "value": {"image": figure, "caption": ""}}]
        LessonPageFactory.create(parent=module, body=body)
    with django_assert_num_queries(len(before)):
        exporting.described(module)
