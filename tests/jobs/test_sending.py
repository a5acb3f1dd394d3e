"""The outbox against a real mail server that refuses, hangs and drops."""

import datetime as dt
import smtplib
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from jobs.enums import MailState
from jobs.models import OutgoingMail
from jobs.sending import (
    BATCH,
    LEASE,
    LONGEST_PAUSE,
    forget_old,
    is_final,
    pause_after,
    send_again,
    send_due,
)
from tests.factories.jobs import NOON, OutgoingMailFactory

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


class Postmaster:
    """Takes what comes, or answers each letter with the words it was told."""

    def __init__(self) -> None:
        self.answers: list[str] = []
        self.taken: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "drop":
            self.taken.append(envelope)
            server.transport.abort()
            return "250 OK"
        if answer.startswith("2"):
            self.taken.append(envelope)
        return answer


@pytest.fixture
def postmaster(settings: Settings) -> Iterator[Postmaster]:
    handler = Postmaster()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 2
    yield handler
    controller.stop()


def at(moment: dt.datetime) -> Callable[[], dt.datetime]:
    return lambda: moment


def send(moment: dt.datetime = NOON) -> int:
    return send_due(at=moment, clock=at(moment))


def message_ids(postmaster: Postmaster) -> list[str]:
    texts = [envelope.content.decode() for envelope in postmaster.taken]
    return [
        line.partition(":")[2].strip()
        for text in texts
        for line in text.splitlines()
        if line.lower().startswith("message-id:")
    ]


def test_what_is_due_is_sent_once_with_its_message_id(postmaster: Postmaster) -> None:
    letter = OutgoingMailFactory.create(html="<p>Hello</p>")
    OutgoingMailFactory.create(due_at=NOON + HOUR)

    assert send() == 1
    assert send() == 0

    letter.refresh_from_db()
    assert (letter.state, letter.sent_at, letter.lease_until) == (MailState.SENT, NOON, None)
    assert message_ids(postmaster) == [letter.message_id]
    assert postmaster.taken[0].rcpt_tos == [letter.to]
    assert b"text/html" in postmaster.taken[0].content


def test_a_server_that_is_busy_is_asked_again_later(postmaster: Postmaster) -> None:
    letter = OutgoingMailFactory.create()
    postmaster.answers = ["451 busy"]

    assert send() == 0

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (MailState.WAITING, 1)
    assert letter.due_at == NOON + dt.timedelta(minutes=1)
    assert "451" in letter.last_error
    assert send(letter.due_at) == 1
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.last_error) == (MailState.SENT, 2, "")


def test_a_server_that_says_never_is_believed(postmaster: Postmaster) -> None:
    letter = OutgoingMailFactory.create()
    postmaster.answers = ["550 no such person"]

    send()

    letter.refresh_from_db()
    assert letter.state == MailState.DEAD
    assert "550" in letter.last_error


def test_after_a_day_a_person_has_to_look(postmaster: Postmaster) -> None:
    letter = OutgoingMailFactory.create(due_at=NOON)
    postmaster.answers = ["451 busy"]

    send(NOON + dt.timedelta(hours=24))

    letter.refresh_from_db()
    assert letter.state == MailState.DEAD


def test_a_connection_that_drops_after_the_letter_sends_it_again_under_one_id(
    postmaster: Postmaster,
) -> None:
    letter = OutgoingMailFactory.create()
    postmaster.answers = ["drop"]

    assert send() == 0
    assert send(NOON + HOUR) == 1

    assert message_ids(postmaster) == [letter.message_id] * 2


def test_no_server_at_all_loses_nothing(settings: Settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed.getsockname()[1]
    letter = OutgoingMailFactory.create()

    assert send() == 0

    letter.refresh_from_db()
    assert letter.state == MailState.WAITING
    assert "Connection" in letter.last_error


def test_who_dies_while_sending_loses_the_claim() -> None:
    OutgoingMailFactory.create(state=MailState.SENDING, lease_until=NOON + LEASE, tries=1)

    assert send(NOON + LEASE - dt.timedelta(seconds=1)) == 0
    assert send(NOON + LEASE) == 1
    assert len(mail.outbox) == 1


def test_a_batch_is_bounded() -> None:
    OutgoingMailFactory.create_batch(BATCH + 1)

    assert send() == BATCH
    assert send() == 1


def test_a_dead_letter_can_be_sent_again() -> None:
    letter = OutgoingMailFactory.create(state=MailState.DEAD, tries=9)

    assert send_again(letter, at=NOON + 48 * HOUR)
    assert not send_again(letter, at=NOON + 48 * HOUR)

    letter.refresh_from_db()
    assert (letter.state, letter.tries) == (MailState.WAITING, 0)


def test_what_was_sent_long_ago_is_forgotten() -> None:
    OutgoingMailFactory.create(state=MailState.SENT, sent_at=NOON)
    OutgoingMailFactory.create(state=MailState.DEAD)

    assert forget_old(at=NOON + dt.timedelta(days=90)) == 0
    assert forget_old(at=NOON + dt.timedelta(days=91)) == 1
    assert OutgoingMail.objects.get().state == MailState.DEAD


@given(st.integers(min_value=1, max_value=10_000))
def test_pauses_grow_and_are_bounded(tries: int) -> None:
    assert pause_after(tries) <= pause_after(tries + 1) <= LONGEST_PAUSE


@pytest.mark.parametrize(
    ("error", "final"),
    [
        (smtplib.SMTPResponseException(550, b"no"), True),
        (smtplib.SMTPResponseException(451, b"later"), False),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no")}), True),
        (smtplib.SMTPRecipientsRefused({"a@example.org": (450, b"later")}), False),
        (TimeoutError(), False),
        (smtplib.SMTPServerDisconnected(), False),
    ],
)
def test_only_what_will_never_work_is_final(error: Exception, final: bool) -> None:
    assert is_final(error) is final
