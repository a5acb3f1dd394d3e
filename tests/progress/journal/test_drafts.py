"""What somebody sends after the session has ended is there again after signing in."""

import pytest
from django.test import Client

from people.models import User
from progress.models import JournalEntry, JournalVersion
from tests.factories.people import ParticipantFactory
from tests.factories.progress import JournalEntryFactory

pytestmark = pytest.mark.django_db

NEW = "/my/journal/new/"


def writer_in(page: str) -> str:
    return page.split('name="writer" value="')[1].split('"', maxsplit=1)[0]


def sign_in(client: Client, person: User, onward: str) -> str:
    response = client.post(onward, {"login": person.email, "password": "password"}, follow=True)
    return response.content.decode()


@pytest.fixture
def expired(client: Client, participant: User) -> str:
    """Where the client was led that sent its words a moment after its session had ended."""
    sign_in(client, participant, "/accounts/login/")
    writer = writer_in(client.get(NEW).content.decode())
    client.logout()
    sent = client.post(NEW, {"title": "Day one", "text": "A long walk.", "writer": writer})
    assert sent.status_code == 302
    assert not JournalEntry.objects.exists()
    return str(sent["Location"])


def test_the_same_person_finds_the_words_again(
    client: Client, participant: User, expired: str
) -> None:
    page = sign_in(client, participant, expired)

    assert "A long walk.</textarea>" in page
    assert 'value="Day one"' in page
    client.post(NEW, {"title": "Day one", "text": "A long walk."})
    assert JournalVersion.objects.get().text == "A long walk."
    assert "A long walk." not in client.get(NEW).content.decode()


def test_somebody_else_at_the_same_device_does_not(client: Client, expired: str) -> None:
    page = sign_in(client, ParticipantFactory.create(), expired)

    assert "What you want to remember" in page
    assert "A long walk." not in page


def test_a_writer_that_was_made_up_gets_nothing(client: Client, participant: User) -> None:
    sent = client.post(NEW, {"text": "Planted.", "writer": str(participant.pk)})

    assert "Planted." not in sign_in(client, participant, str(sent["Location"]))


def test_an_entry_is_written_on_after_signing_in_again(client: Client, participant: User) -> None:
    entry = JournalEntryFactory.create(participant=participant, text="Before.")
    address = f"/my/journal/{entry.uuid}/"
    sign_in(client, participant, "/accounts/login/")
    writer = writer_in(client.get(address).content.decode())
    client.logout()

    sent = client.post(address, {"text": "After.", "writer": writer})

    assert "After.</textarea>" in sign_in(client, participant, str(sent["Location"]))


def test_more_than_anybody_writes_is_not_kept(client: Client) -> None:
    client.post(NEW, {"text": "x" * 60_001})

    assert "drafts" not in client.session
