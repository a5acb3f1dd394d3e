import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from jobs.enums import MailState
from jobs.models import OutgoingMail
from jobs.posting import Letter, post
from tests.factories.jobs import NOON, OutgoingMailFactory

pytestmark = pytest.mark.django_db


def letter(key: str = "remind:1", **values: Any) -> Letter:
    return Letter(key=key, to="ada@example.org", subject="Four weeks", text="Hello.", **values)


def test_a_letter_is_written_down_and_due_at_once() -> None:
    assert post([letter(html="<p>Hello.</p>")], at=NOON) == [letter(html="<p>Hello.</p>")]

    row = OutgoingMail.objects.get()
    assert (row.to, row.subject, row.text, row.html) == (
        "ada@example.org", "Four weeks", "Hello.", "<p>Hello.</p>",
    )  # fmt: skip
    assert (row.state, row.due_at, row.tries) == (MailState.WAITING, NOON, 0)


def test_a_reason_sends_one_letter_ever() -> None:
    post([letter()], at=NOON)

    assert post([letter(), letter("remind:2"), letter("remind:2")], at=NOON) == [letter("remind:2")]
    assert OutgoingMail.objects.count() == 2


def test_each_letter_has_a_message_id_of_its_own() -> None:
    post([letter("a"), letter("b")], at=NOON)

    ids = set(OutgoingMail.objects.values_list("message_id", flat=True))
    assert len(ids) == 2
    assert all(found.endswith("@localhost>") for found in ids)


def test_no_subject_breaks_out_of_its_line() -> None:
    post([Letter(key="a", to="a@example.org", subject="One\r\nBcc: all", text="")], at=NOON)

    assert OutgoingMail.objects.get().subject == "One Bcc: all"


def test_a_deed_that_is_taken_back_takes_its_letter_with_it() -> None:
    with transaction.atomic():
        post([letter()], at=NOON)
        transaction.set_rollback(True)

    assert not OutgoingMail.objects.exists()


def test_nothing_is_written_for_nobody() -> None:
    assert post([], at=NOON) == []


@pytest.mark.parametrize(
    ("state", "values"),
    [(MailState.SENT, {}), (MailState.SENDING, {}), (MailState.WAITING, {"sent_at": NOON})],
)
def test_the_database_refuses_a_state_without_its_moment(
    state: MailState, values: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError):
        OutgoingMailFactory.create(state=state, **values)


def test_a_letter_can_wait_for_the_morning() -> None:
    morning = NOON + dt.timedelta(hours=20)
    post([letter("a", not_before=morning), letter("b", not_before=NOON - dt.timedelta(1))], at=NOON)

    assert list(OutgoingMail.objects.order_by("key").values_list("due_at", flat=True)) == [
        morning, NOON,
    ]  # fmt: skip
