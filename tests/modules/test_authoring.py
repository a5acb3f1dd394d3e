"""A trainer writes, previews and publishes modules and lessons in the CMS."""

import datetime as dt
import html
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from modules.models import (
    ImmersionTaskPage,
    LessonPage,
    ModulePage,
    TrainingSessionPage,
    WorkshopPage,
)
from people.models import User
from people.roles import TRAINERS
from tests.factories.modules import (
    CataloguePageFactory,
    ImmersionPreparationPageFactory,
    LessonPageFactory,
    TrainingSessionPageFactory,
    WorkshopSessionFactory,
)
from tests.factories.quizzes import PublishedQuizFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
EMPTY = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}


def list_value(items: list[str]) -> dict[str, Any]:
    """Return what the form of a list block sends."""
    return streamfield([("item", item) for item in items])


def module_form(**changes: Any) -> dict[str, Any]:
    form = {
        "title": "Culture and self",
        "slug": "culture-and-self",
        "summary": "What you carry with you.",
        "objectives": rich_text("<ul><li>Name three norms.</li></ul>"),
        "phase": "before",
        "for_student": "on",
        "destinations": EMPTY,
        "module_quizzes": EMPTY,
        "prerequisites": EMPTY,
        "comments": EMPTY,
    }
    return form | changes


def lesson_form(**changes: Any) -> dict[str, Any]:
    form = {
        "title": "Iceberg",
        "slug": "iceberg",
        "summary": "",
        "minutes": "10",
        "rule": "read",
        "body": streamfield([("text", rich_text("<p>Look below the surface.</p>"))]),
        "comments": EMPTY,
    }
    return form | changes


def add(client: Client, parent: Page, kind: str, form: Mapping[str, Any]) -> Any:
    url = reverse("wagtailadmin_pages:add", args=["modules", kind, parent.pk])
    return client.post(url, nested_form_data(form))


def test_from_an_empty_catalogue_to_a_published_lesson(
    trainer: User, participant: User, signed_in: SignIn
) -> None:
    catalogue = CataloguePageFactory.create()
    quiz = PublishedQuizFactory.create(title="Check yourself")
    client = signed_in(trainer)

    quizzes = {
        "TOTAL_FORMS": 1,
        "INITIAL_FORMS": 0,
        "0": {"quiz": quiz.pk, "ORDER": 1, "DELETE": ""},
    }
    form = module_form(module_quizzes=quizzes) | {"action-publish": "1"}
    add(client, catalogue, "trainingsessionpage", form)
    module = ModulePage.objects.get(slug="culture-and-self")
    add(client, module, "lessonpage", lesson_form() | {"action-publish": "1"})

    assert (module.owner, module.live, module.kind) == (trainer, True, "training_session")
    page = signed_in(participant).get("/learn/culture-and-self/").content.decode()
    assert "Name three norms." in page
    assert "Iceberg" in page
    assert "Check yourself" in page


def test_an_author_marks_a_lesson_as_an_extra_but_no_task(
    trainer: User, participant: User, signed_in: SignIn
) -> None:
    module = ImmersionPreparationPageFactory.create()
    client = signed_in(trainer)

    add(client, module, "lessonpage", lesson_form(is_extra="on") | {"action-publish": "1"})
    task = reverse("wagtailadmin_pages:add", args=["modules", "immersiontaskpage", module.pk])

    assert 'name="is_extra"' not in client.get(task).content.decode()
    assert LessonPage.objects.get().is_extra
    assert "0 minutes" in signed_in(participant).get(module.url).content.decode()


def test_a_row_of_a_rubric_is_about_a_dimension_or_about_none(
    trainer: User, signed_in: SignIn
) -> None:
    module = ImmersionPreparationPageFactory.create()
    client = signed_in(trainer)
    url = reverse("wagtailadmin_pages:add", args=["modules", "immersiontaskpage", module.pk])
    assert "Openness and curiosity" in html.unescape(client.get(url).content.decode())

    levels = list_value(["Not yet", "Throughout"])

    def sent(dimension: str) -> Any:
        rows = [("row", {"title": "Looks", "levels": levels, "dimension": dimension})]
        rows.append(("row", {"title": "Asks", "levels": levels, "dimension": ""}))
        form = lesson_form(task_kind="observation", evidence="text", rubric=streamfield(rows))
        return add(client, module, "immersiontaskpage", form | {"action-publish": "1"})

    sent("elsewhere.tact")
    assert not ImmersionTaskPage.objects.exists()
    sent("sojourn.openness")
    task = ImmersionTaskPage.objects.get()
    assert [row.label for row in task.rubric_rows] == ["Looks (Openness and curiosity)", "Asks"]


def test_a_new_page_waits_before_it_saves_itself(trainer: User, signed_in: SignIn) -> None:
    catalogue = CataloguePageFactory.create()
    url = reverse("wagtailadmin_pages:add", args=["modules", "workshoppage", catalogue.pk])

    page = signed_in(trainer).get(url).content.decode()

    assert 'data-w-autosave-interval-value="5000"' in page


def test_a_draft_may_be_unfinished_and_stays_hidden(
    trainer: User, participant: User, signed_in: SignIn
) -> None:
    module = TrainingSessionPageFactory.create()
    client = signed_in(trainer)

    add(client, module, "lessonpage", lesson_form(body=streamfield([])))
    lesson = LessonPage.objects.get(slug="iceberg")

    assert not lesson.live
    assert "Iceberg" in client.get(f"/admin/pages/{module.pk}/").content.decode()
    assert client.get(f"/admin/pages/{lesson.pk}/view_draft/").status_code == 200
    assert signed_in(participant).get(lesson.url).status_code == 404


def test_a_change_reaches_participants_when_it_is_published(
    trainer: User, participant: User, signed_in: SignIn
) -> None:
    lesson = LessonPageFactory.create(slug="iceberg")
    url = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    form = lesson_form(title="Iceberg, second edition")
    writer, reader = signed_in(trainer), Client()
    reader.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")

    writer.post(url, nested_form_data(form))
    assert "second edition" not in reader.get(lesson.url).content.decode()

    writer.post(url, nested_form_data(form | {"action-publish": "1"}))
    assert "second edition" in reader.get(lesson.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"for_student": ""}, "Choose at least one audience."),
        ({"summary": ""}, "This field is required."),
        ({"title": ""}, "This field is required."),
    ],
)
def test_what_is_missing_is_said_in_the_form(
    changes: dict[str, Any], words: str, trainer: User, signed_in: SignIn
) -> None:
    catalogue = CataloguePageFactory.create()
    form = module_form(**changes) | {"action-publish": "1"}

    answer = add(signed_in(trainer), catalogue, "trainingsessionpage", form)

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not ModulePage.objects.exists()


def test_a_destination_and_a_quiz_are_named_once(trainer: User, signed_in: SignIn) -> None:
    catalogue = CataloguePageFactory.create()
    quiz = PublishedQuizFactory.create()
    lines = {
        "destinations": inline_formset([{"country": "SE"}, {"country": "SE"}]),
        "module_quizzes": inline_formset([{"quiz": quiz.pk}, {"quiz": quiz.pk}]),
    }

    page = add(signed_in(trainer), catalogue, "trainingsessionpage", module_form(**lines))

    assert "The same country stands twice. Take one out." in page.content.decode()
    assert "The same quiz stands twice. Take one out." in page.content.decode()


def session_form(starts_at: str, ends_at: str, **changes: Any) -> dict[str, Any]:
    times = {"starts_at": starts_at, "ends_at": ends_at, "time_zone": "Europe/Stockholm"}
    line = {**times, "place": "Room 1", "ORDER": 1, "DELETE": "", **changes}
    return {"TOTAL_FORMS": 1, "INITIAL_FORMS": int("id" in changes), "0": line}


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "words"),
    [
        ("2027-01-10 12:00", "2027-01-10 11:00", "The session ends before it starts."),
        ("2027-03-28 02:30", "2027-03-28 04:00", "2027-03-28 02:30:00 couldn’t be interpreted"),
        ("soon", "2027-01-10 11:00", "Enter a valid date/time."),
    ],
)
def test_a_session_s_times_must_be_possible(
    starts_at: str, ends_at: str, words: str, trainer: User, signed_in: SignIn
) -> None:
    catalogue = CataloguePageFactory.create()
    form = module_form(sessions=session_form(starts_at, ends_at))

    answer = add(signed_in(trainer), catalogue, "workshoppage", form)

    assert words in html.unescape(answer.content.decode())
    assert not ModulePage.objects.exists()


def test_a_session_is_written_by_the_clock_at_the_place(trainer: User, signed_in: SignIn) -> None:
    session = WorkshopSessionFactory.create(workshop__slug="workshop")
    client = signed_in(trainer)
    url = reverse("wagtailadmin_pages:edit", args=[session.workshop.pk])
    page = client.get(url).content.decode()
    assert 'value="2026-11-02 13:00"' in page
    assert "By the clock at the place." in page

    line = session_form("2026-11-02 15:15", "2026-11-02 16:00", id=session.pk)
    form = module_form(sessions=line) | {"action-publish": "1"}
    client.post(url, nested_form_data(form))

    session.refresh_from_db()
    assert session.starts_at == dt.datetime(2026, 11, 2, 14, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize("role", ["participant", "coordinator"])
def test_only_trainers_write(role: str, request: pytest.FixtureRequest, signed_in: SignIn) -> None:
    catalogue = CataloguePageFactory.create()
    client = signed_in(request.getfixturevalue(role))

    answer = add(client, catalogue, "trainingsessionpage", module_form())

    assert answer.status_code == 302
    assert not ModulePage.objects.exists()


def test_trainers_write_in_the_catalogue_and_nowhere_else(trainer: User) -> None:
    catalogue = CataloguePageFactory.create()

    rights = GroupPagePermission.objects.filter(group__name=TRAINERS)

    assert {(right.page_id, right.permission.codename) for right in rights} == {
        (catalogue.pk, "add_page"),
        (catalogue.pk, "change_page"),
        (catalogue.pk, "lock_page"),
    }
    assert not catalogue.get_parent().permissions_for_user(trainer).can_edit()


def test_pages_stand_where_they_belong() -> None:
    catalogue = CataloguePageFactory.create()
    module = TrainingSessionPageFactory.create()

    assert {model.__name__ for model in catalogue.creatable_subpage_models()} == {
        "TrainingSessionPage",
        "WorkshopPage",
        "ImmersionPreparationPage",
    }
    assert module.creatable_subpage_models() == [LessonPage]
    assert LessonPageFactory.create().creatable_subpage_models() == []
    assert not type(catalogue).can_create_at(catalogue.get_parent())


def test_the_block_picker_shows_every_block(trainer: User, signed_in: SignIn) -> None:
    client = signed_in(trainer)
    block = LessonPage._meta.get_field("body").stream_block.child_blocks["callout"]

    page = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert page.status_code == 200
    assert "Ask one person this week" in page.content.decode()


def test_a_copied_workshop_has_registers_of_its_own() -> None:
    session = WorkshopSessionFactory.create()

    copy = session.workshop.copy(update_attrs={"slug": "copy", "title": "Copy"})

    assert copy.sessions.get().uuid != session.uuid
    assert copy.sessions.get().place == session.place
    assert WorkshopPage.objects.count() == 2


def test_a_chooser_may_be_limited_to_modules(trainer: User, signed_in: SignIn) -> None:
    lesson = LessonPageFactory.create(title="Not a module", parent__title="A module")
    parent = lesson.get_parent().get_parent()

    page = signed_in(trainer).get(
        reverse("wagtailadmin_choose_page_child", args=[parent.pk]),
        {"page_type": "modules.modulepage"},
    )

    assert TrainingSessionPage.objects.get().title in page.json()["html"]
    assert f'data-id="{lesson.pk}"' not in page.json()["html"]
