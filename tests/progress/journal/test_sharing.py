"""One entry shared with trainers: what they read, what they write, and who never sees it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.admin.viewsets import viewsets
from wagtail.snippets.models import get_snippet_models

from jobs.models import OutgoingMail
from people.models import User
from people.roles import TRAINERS, reads_reflections
from progress.journal import sharing, writing
from progress.journal.replying import NotShared, reply
from progress.models import JournalEntry, JournalReply, JournalSharing
from tests.factories.people import ParticipantFactory
from tests.factories.progress import NOON, JournalEntryFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
DESK = "/admin/teaching/reflections/"
LATER = NOON + dt.timedelta(hours=1)


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def entry(participant: User) -> JournalEntry:
    return JournalEntryFactory.create(participant=participant, text="I was wrong about her.")


def test_a_trainer_reads_what_is_shared_and_nothing_else(
    participant: User, trainer: User, signed_in: SignIn, entry: JournalEntry
) -> None:
    JournalEntryFactory.create(participant=participant, text="Never shown.")
    assert "Nothing waits here." in text_of(signed_in(trainer), DESK)

    signed_in(participant).post(f"/my/journal/{entry.uuid}/share/")
    shared = JournalSharing.objects.get()
    page = text_of(signed_in(trainer), DESK)
    one = text_of(signed_in(trainer), f"{DESK}{shared.uuid}/")

    assert str(participant) in page
    assert "I was wrong about her." in one
    assert "Never shown." not in page + one


def test_what_is_written_after_sharing_stays_private_until_it_is_shared(
    participant: User, trainer: User, signed_in: SignIn, entry: JournalEntry
) -> None:
    first = sharing.share(entry=entry, at=NOON)
    said = signed_in(participant).post(
        f"/my/journal/{entry.uuid}/", {"text": "And about him."}, follow=True
    )
    assert "Trainers go on reading the earlier version" in said.content.decode()
    assert "And about him." not in text_of(signed_in(trainer), f"{DESK}{first.uuid}/")

    second = sharing.share(entry=entry, at=LATER)

    assert second == sharing.share(entry=entry, at=LATER)
    assert "And about him." in text_of(signed_in(trainer), f"{DESK}{second.uuid}/")
    assert signed_in(trainer).get(f"{DESK}{first.uuid}/").status_code == 404


def test_what_is_taken_back_is_private_again(
    participant: User, trainer: User, signed_in: SignIn, entry: JournalEntry
) -> None:
    shared = sharing.share(entry=entry, at=NOON)

    signed_in(participant).post(f"/my/journal/{entry.uuid}/take-back/")

    client = signed_in(trainer)
    assert client.get(f"{DESK}{shared.uuid}/").status_code == 404
    assert client.post(f"{DESK}{shared.uuid}/", {"text": "Too late."}).status_code == 404
    with pytest.raises(NotShared):
        reply(sharing=shared, text="Too late.", by=trainer, at=LATER, link_to="/")
    assert not JournalReply.objects.exists()


def test_a_reply_reaches_its_writer_who_is_told_once_until_they_look(
    participant: User, trainer: User, signed_in: SignIn, entry: JournalEntry
) -> None:
    shared = sharing.share(entry=entry, at=NOON)
    client = signed_in(trainer)
    client.post(f"{DESK}{shared.uuid}/", {"text": "What did you see first?"})
    client.post(f"{DESK}{shared.uuid}/", {"text": "And then?"})

    letter = OutgoingMail.objects.get()
    assert letter.to == participant.email
    assert f"/my/journal/{entry.uuid}/" in letter.text
    assert "wrong" not in letter.text + letter.subject
    assert "What did you see" not in letter.text
    assert len(mail.outbox) == 0
    assert "New reply" in text_of(signed_in(participant), "/my/journal/")

    page = text_of(signed_in(participant), f"/my/journal/{entry.uuid}/")
    assert page.index("What did you see first?") < page.index("And then?")
    assert "New reply" not in text_of(signed_in(participant), "/my/journal/")
    signed_in(trainer).post(f"{DESK}{shared.uuid}/", {"text": "One more thing."})
    assert OutgoingMail.objects.count() == 2


def test_the_queue_has_the_longest_wait_first_and_says_what_is_answered(
    trainer: User, signed_in: SignIn
) -> None:
    late, early = (sharing.share(entry=JournalEntryFactory.create(), at=at) for at in (LATER, NOON))
    names = [str(one.entry.participant) for one in (early, late)]

    page = text_of(signed_in(trainer), DESK)
    assert page.index(names[0]) < page.index(names[1])

    reply(sharing=early, text="Thank you.", by=trainer, at=LATER, link_to="/")
    assert names[0] not in text_of(signed_in(trainer), DESK)
    assert names[0] in text_of(signed_in(trainer), f"{DESK}?show=answered")
    assert "1 shared reflection waits" in text_of(signed_in(trainer), "/admin/")


def test_a_reply_without_words_is_refused(
    trainer: User, signed_in: SignIn, entry: JournalEntry
) -> None:
    shared = sharing.share(entry=entry, at=NOON)

    page = signed_in(trainer).post(f"{DESK}{shared.uuid}/", {"text": "  "})

    assert "This field is required." in page.content.decode()
    assert not JournalReply.objects.exists()


def test_nobody_replies_to_themselves(trainer: User, signed_in: SignIn) -> None:
    own = JournalEntryFactory.create(participant=trainer)
    shared = sharing.share(entry=own, at=NOON)

    assert signed_in(trainer).get(f"{DESK}{shared.uuid}/").status_code == 404
    with pytest.raises(NotShared):
        reply(sharing=shared, text="Well done, me.", by=trainer, at=LATER, link_to="/")


def test_reading_reflections_is_a_right_of_its_own(coordinator: User, trainer: User) -> None:
    assert reads_reflections(trainer)
    assert not reads_reflections(coordinator)
    assert trainer.groups.filter(name=TRAINERS).exists()


def test_the_workplace_has_no_list_of_journals() -> None:
    private = {
        model
        for model in apps.get_app_config("progress").get_models()
        if model.__name__.startswith("Journal")
    }
    listed = {getattr(viewset, "model", None) for viewset in viewsets.viewsets}

    assert len(private) == 4
    assert private & (listed | set(get_snippet_models())) == set()


@pytest.mark.parametrize("role", ["coordinator", "administrator", "trainer"])
def test_private_words_stand_on_no_page_of_the_workplace(
    role: str, request: pytest.FixtureRequest, signed_in: SignIn, participant: User
) -> None:
    entry = JournalEntryFactory.create(participant=participant, text="Shared before.")
    shared = sharing.share(entry=entry, at=NOON)
    writing.write_on(entry=entry, text="Private by now.", at=LATER)
    client = signed_in(request.getfixturevalue(role))
    pages = [
        DESK, f"{DESK}{shared.uuid}/", "/admin/", "/admin/reports/site-history/",
        f"/admin/users/edit/{participant.pk}/", "/admin/departures/people/",
    ]  # fmt: skip

    found = "".join(client.get(page).content.decode() for page in pages)

    assert "Private by now." not in found


def test_queries_of_the_desk_whatever_waits(
    trainer: User, signed_in: SignIn, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client = signed_in(trainer)
    sharing.share(entry=JournalEntryFactory.create(), at=NOON)
    client.get(DESK)
    with CaptureQueriesContext(connection) as few:
        client.get(DESK)
    for person in ParticipantFactory.create_batch(8):
        sharing.share(entry=JournalEntryFactory.create(participant=person), at=NOON)

    with django_assert_num_queries(len(few)):
        client.get(DESK)
