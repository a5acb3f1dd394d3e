"""Real threads on real connections: two senders at one outbox."""

import threading
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import connection
from pytest_django import DjangoDbBlocker

from jobs.models import OutgoingMail
from jobs.sending import send_due
from tests.factories.jobs import NOON, OutgoingMailFactory


@pytest.fixture
def committed_mail(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let threads see the letters, and take them away again: a flush would take more."""
    with django_db_blocker.unblock():
        yield
        OutgoingMail.objects.all().delete()


def test_two_senders_never_have_the_same_letter(committed_mail: None) -> None:
    OutgoingMailFactory.create_batch(20)
    sent: list[int] = []

    def work() -> None:
        sent.append(send_due(at=NOON, clock=lambda: NOON))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == 20
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 20
    assert len(mail.outbox) == 20
