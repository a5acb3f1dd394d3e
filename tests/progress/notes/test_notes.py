"""Notes on lessons and bookmarks, as their writer meets them, and nobody else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from modules.models import LessonPage
from people.models import User
from progress.models import LessonNote
from tests.factories.modules import LessonPageFactory, ModuleQuizFactory
from tests.factories.people import ParticipantFactory
from tests.factories.progress import LessonNoteFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NOTES = "/my/notes/"


@pytest.fixture
def lesson() -> LessonPage:
    made = LessonPageFactory.create(title="Look twice", slug="twice")
    return LessonPage.objects.get(pk=made.pk)


@pytest.fixture
def address(lesson: LessonPage) -> str:
    return f"{NOTES}lessons/{lesson.translation_key}/"


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_note_is_written_in_the_lesson_and_stands_there_again(
    participant: User, signed_in: SignIn, lesson: LessonPage, address: str
) -> None:
    client = signed_in(participant)
    assert f'action="{address}"' in text_of(client, lesson.url)

    sent = client.post(address, {"text": "Try it on Tuesday."})
    client.post(address, {"text": "Try it on Monday."})

    assert sent["Location"].endswith(f"{lesson.url}#own-note")
    assert "Try it on Monday.</textarea>" in text_of(client, lesson.url)
    listed = text_of(client, NOTES)
    assert "Look twice" in listed
    assert "Try it on Monday." in listed
    assert "Tuesday" not in listed
    assert LessonNote.objects.count() == 1


def test_what_is_refused_comes_back_with_its_words(
    participant: User, signed_in: SignIn, address: str
) -> None:
    long = "word " * 4001

    page = signed_in(participant).post(address, {"text": long}).content.decode()

    assert long.strip() in page
    assert "Something needs your attention" in page
    assert not LessonNote.objects.exists()


def test_what_was_sent_after_the_session_ended_is_there_again(
    participant: User, signed_in: SignIn, lesson: LessonPage, address: str
) -> None:
    client = signed_in(participant)
    form = client.get(address).context["form"]
    client.logout()

    client.post(address, {"text": "Not lost.", "writer": form.initial["writer"]})
    client.force_login(participant, backend="django.contrib.auth.backends.ModelBackend")

    assert "Not lost.</textarea>" in text_of(client, address)


def test_a_lesson_is_bookmarked_and_the_bookmark_taken_out(
    participant: User, signed_in: SignIn, lesson: LessonPage, address: str
) -> None:
    client = signed_in(participant)
    assert "Bookmark this lesson" in text_of(client, lesson.url)

    client.post(f"{address}bookmark/")
    first = LessonNote.objects.get()
    client.post(f"{address}bookmark/")

    assert LessonNote.objects.get().bookmarked_at == first.bookmarked_at
    assert "Bookmarked: take it out" in text_of(client, lesson.url)
    assert "Look twice" in text_of(client, NOTES)
    client.post(address, {"text": "Twice."})
    client.post(f"{NOTES}{first.uuid}/take-out/")
    assert LessonNote.objects.get().text == "Twice."
    client.post(f"{address}bookmark/")
    client.post(f"{NOTES}{first.uuid}/erase/")
    assert LessonNote.objects.get().text == ""
    client.post(f"{NOTES}{first.uuid}/take-out/")
    assert not LessonNote.objects.exists()


def test_a_note_is_erased_for_good_after_a_question(participant: User, signed_in: SignIn) -> None:
    note = LessonNoteFactory.create(participant=participant, text="A secret.")
    client = signed_in(participant)

    assert "it is really erased" in text_of(client, f"{NOTES}{note.uuid}/erase/")
    assert LessonNote.objects.exists()
    client.post(f"{NOTES}{note.uuid}/erase/")

    assert not LessonNote.objects.exists()


def test_words_find_notes_and_a_lesson_that_is_gone_keeps_its_note(
    participant: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    LessonNoteFactory.create(participant=participant, lesson=lesson, text="A long ride home.")
    LessonNoteFactory.create(participant=participant, text="Quiet and cold.")
    lesson.unpublish()
    client = signed_in(participant)

    found = text_of(client, f"{NOTES}?words=twice+ride")

    assert "A long ride home." in found
    assert "not published any more" in found
    assert "Quiet" not in found
    assert "None of your notes" in text_of(client, f"{NOTES}?words=ride+quiet")


def test_all_notes_are_a_file(participant: User, signed_in: SignIn) -> None:
    LessonNoteFactory.create(participant=participant, text="First <b>thought</b>.")
    LessonNoteFactory.create(text="Another person's.")

    response = signed_in(participant).get(f"{NOTES}notes.txt")

    words = response.content.decode()
    assert ".txt" in response["Content-Disposition"]
    assert "First <b>thought</b>." in words
    assert "Another person's." not in words


@pytest.mark.parametrize("role", ["trainer", "coordinator", "administrator"])
def test_who_only_looks_leaves_no_trace(
    role: str, request: pytest.FixtureRequest, signed_in: SignIn, lesson: LessonPage, address: str
) -> None:
    client = signed_in(request.getfixturevalue(role))

    assert address not in text_of(client, lesson.url)
    assert client.post(address, {"text": "A trace."}).status_code == 404
    assert client.post(f"{address}bookmark/").status_code == 404
    assert not LessonNote.objects.exists()


@pytest.mark.parametrize("deed", ["erase/", "take-out/"])
def test_another_s_note_looks_as_if_it_did_not_exist(
    deed: str, participant: User, administrator: User, signed_in: SignIn, lesson: LessonPage
) -> None:
    note = LessonNoteFactory.create(lesson=lesson, text="A secret.")

    for person in (participant, administrator):
        client = signed_in(person)
        assert client.post(f"{NOTES}{note.uuid}/{deed}").status_code == 404
        assert "A secret." not in text_of(client, NOTES)
        assert "A secret." not in text_of(client, lesson.url)
        assert "A secret." not in text_of(client, f"{NOTES}notes.txt")
    assert LessonNote.objects.get().text == "A secret."


def test_nobody_is_served_the_note_of_the_reader_before(
    participant: User, signed_in: SignIn, lesson: LessonPage, address: str
) -> None:
    signed_in(participant).post(address, {"text": "Mine alone."})
    text_of(signed_in(participant), lesson.url)

    assert "Mine alone." not in text_of(signed_in(ParticipantFactory.create()), lesson.url)


def test_the_workplace_has_no_list_of_notes_and_no_right_to_them() -> None:
    model = apps.get_model("progress", "LessonNote")
    listed = {getattr(viewset, "model", None) for viewset in viewsets.viewsets}

    assert model not in listed | set(get_snippet_models())
    assert model._meta.default_permissions == ()
    assert not model._meta.permissions


@pytest.mark.parametrize("role", ["coordinator", "administrator", "trainer"])
def test_private_words_stand_on_no_page_of_the_workplace_and_in_no_search(
    role: str, request: pytest.FixtureRequest, signed_in: SignIn, lesson: LessonPage
) -> None:
    note = LessonNoteFactory.create(lesson=lesson, text="Canaryword.")
    client = signed_in(request.getfixturevalue(role))
    pages = [
        "/admin/", "/admin/reports/site-history/", "/admin/teaching/",
        f"/admin/users/edit/{note.participant.pk}/", "/admin/departures/people/",
        f"/admin/pages/{lesson.pk}/edit/", f"/admin/pages/{lesson.pk}/history/",
        "/search/?query=canaryword",
    ]  # fmt: skip

    found = "".join(client.get(page).content.decode() for page in pages)

    assert "Canaryword." not in found


def test_no_log_has_the_words(
    participant: User, signed_in: SignIn, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in(participant)
    client.post(address, {"text": "Canaryword."})
    client.get(f"{NOTES}?words=Canaryword")

    logged = json.dumps([str(vars(record)) for record in caplog.records])
    assert "Canaryword" not in logged


def test_a_note_goes_with_the_account_and_keeps_something(participant: User) -> None:
    note = LessonNoteFactory.create(participant=ParticipantFactory.create())
    note.participant.delete()
    assert not LessonNote.objects.exists()

    with pytest.raises(IntegrityError), transaction.atomic():
        LessonNoteFactory.create(text="")


def test_queries_of_notes_and_of_a_lesson_with_one(
    participant: User,
    signed_in: SignIn,
    lesson: LessonPage,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    ModuleQuizFactory.create(module=lesson.module)
    LessonNoteFactory.create(participant=participant, lesson=lesson, bookmarked_at="2026-11-23T12Z")
    LessonNoteFactory.create_batch(5, participant=participant)
    client = signed_in(participant)
    client.get(lesson.url)

    # Session, person; how many, those of the page, their lessons; what the person may do.
    with django_assert_num_queries(6):
        client.get(NOTES)
    # As in test_views: what was kept comes with what was read.
    with django_assert_num_queries(8):
        client.get(lesson.url)
