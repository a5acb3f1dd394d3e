from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from jobs.enums import MailState
from people.models import User
from tests.factories.jobs import NOON, OutgoingMailFactory

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def desk(signed_in: SignIn, administrator: User) -> Client:
    return signed_in(administrator)


def test_the_list_says_what_became_of_each_letter_and_filters(desk: Client) -> None:
    OutgoingMailFactory.create(subject="On its way")
    OutgoingMailFactory.create(subject="Stuck", state=MailState.DEAD)

    every = desk.get(reverse("outbox:index")).content.decode()
    stuck = desk.get(reverse("outbox:index"), {"state": "dead"}).content.decode()

    assert "On its way" in every
    assert "Waiting" in every
    assert "On its way" not in stuck
    assert "Stuck" in stuck


def test_a_letter_shows_its_words_and_the_servers(desk: Client) -> None:
    letter = OutgoingMailFactory.create(
        text="See you soon", state=MailState.DEAD, last_error="550 no such person"
    )

    shown = desk.get(reverse("outbox:inspect", args=[letter.pk])).content.decode()

    assert "See you soon" in shown
    assert "550 no such person" in shown
    assert reverse("outbox:again", args=[letter.pk]) in shown


def test_a_letter_that_is_away_offers_nothing_to_send(desk: Client) -> None:
    letter = OutgoingMailFactory.create(state=MailState.SENT, sent_at=NOON)

    shown = desk.get(reverse("outbox:inspect", args=[letter.pk])).content.decode()

    assert reverse("outbox:again", args=[letter.pk]) not in shown


def test_sending_again_asks_once_and_says_what_happens(desk: Client) -> None:
    letter = OutgoingMailFactory.create(state=MailState.DEAD)
    door = reverse("outbox:again", args=[letter.pk])

    assert "could not be sent" in desk.get(door).content.decode()
    assert "in a moment" in desk.post(door, follow=True).content.decode()
    assert "not stuck any more" in desk.post(door, follow=True).content.decode()

    letter.refresh_from_db()
    assert letter.state == MailState.WAITING


def test_nobody_writes_or_deletes_letters_by_hand(desk: Client, administrator: User) -> None:
    administrator.is_superuser = True
    administrator.save()
    letter = OutgoingMailFactory.create()

    shown = desk.get(reverse("outbox:index")).content.decode()

    assert "/outbox/new/" not in shown
    assert f"/outbox/delete/{letter.pk}/" not in shown


def test_coordinators_do_not_read_other_peoples_letters(
    signed_in: SignIn, coordinator: User
) -> None:
    letter = OutgoingMailFactory.create()

    assert (
        signed_in(coordinator).get(reverse("outbox:inspect", args=[letter.pk])).status_code == 302
    )
