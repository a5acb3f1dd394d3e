"""Sends what lies in the outbox: each letter at least once, always with one Message-ID.

A letter is claimed by a conditional update, so two senders never have the same one.
Who dies while sending loses the claim after `LEASE`; the next sender takes the letter.
"""

import datetime as dt
import smtplib
from collections.abc import Callable

import structlog
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from jobs.enums import MailState
from jobs.models import OutgoingMail

logger = structlog.get_logger(__name__)

BATCH = 50
LEASE = dt.timedelta(minutes=2)
FIRST_PAUSE = dt.timedelta(minutes=1)
LONGEST_PAUSE = dt.timedelta(hours=4)
GIVE_UP_AFTER = dt.timedelta(hours=24)
KEPT = dt.timedelta(days=90)
PERMANENT = range(500, 600)
ERROR_LENGTH = 500


def send_due(*, at: dt.datetime, clock: Callable[[], dt.datetime] = timezone.now) -> int:
    """Send up to `BATCH` letters that are due; return how many got away.

    Args:
        at: what is due by then is sent.
        clock: tells when each one was sent, as a server may be slow.
    """
    letters = list(OutgoingMail.objects.due(at).order_by("due_at", "pk")[:BATCH])
    if not letters:
        return 0
    connection = mail.get_connection()
    try:
        connection.open()
    except OSError as error:
        for letter in letters:
            if _claim(letter, at=clock()):
                _put_back(letter, error, at=clock())
        return 0
    try:
        return sum(_send(letter, connection, clock) for letter in letters)
    finally:
        connection.close()


def send_again(letter: OutgoingMail, *, at: dt.datetime) -> bool:
    """Give a dead letter another day of tries; False if it is not dead any more."""
    changed = OutgoingMail.objects.filter(pk=letter.pk, state=MailState.DEAD).update(
        state=MailState.WAITING, tries=0, created_at=at, due_at=at
    )
    return bool(changed)


def forget_old(*, at: dt.datetime) -> int:
    """Delete what was sent more than `KEPT` ago; return how many letters that were."""
    old = OutgoingMail.objects.filter(state=MailState.SENT, sent_at__lt=at - KEPT)
    return old.delete()[0]


def pause_after(tries: int) -> dt.timedelta:
    """How long to wait after so many failures: 1, 4, 16, 64 minutes, then 4 hours."""
    return min(FIRST_PAUSE * 4 ** min(tries - 1, 10), LONGEST_PAUSE)


def _send(
    letter: OutgoingMail, connection: BaseEmailBackend, clock: Callable[[], dt.datetime]
) -> bool:
    if not _claim(letter, at=clock()):
        return False
    try:
        _message(letter, connection).send()
    except (smtplib.SMTPException, OSError) as error:
        _put_back(letter, error, at=clock())
        return False
    words = {"text": "", "html": ""} if letter.is_secret else {}
    _settle(letter, state=MailState.SENT, sent_at=clock(), last_error="", **words)
    return True


def _claim(letter: OutgoingMail, *, at: dt.datetime) -> bool:
    """Take the letter unless somebody else did since it was read."""
    same = OutgoingMail.objects.filter(
        pk=letter.pk, state=letter.state, lease_until=letter.lease_until, tries=letter.tries
    )
    letter.tries += 1
    return bool(same.update(state=MailState.SENDING, lease_until=at + LEASE, tries=letter.tries))


def _message(letter: OutgoingMail, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[letter.to],
        headers={"Message-ID": letter.message_id},
        connection=connection,
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def _put_back(letter: OutgoingMail, error: Exception, *, at: dt.datetime) -> None:
    logger.warning("mail_not_sent", mail=letter.pk, tries=letter.tries, error=type(error).__name__)
    words = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
    if is_final(error) or at - letter.created_at >= GIVE_UP_AFTER:
        _settle(letter, state=MailState.DEAD, last_error=words)
    else:
        due_at = at + pause_after(letter.tries)
        _settle(letter, state=MailState.WAITING, due_at=due_at, last_error=words)


def is_final(error: Exception) -> bool:
    """Whether the server has said that trying again is of no use."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code in PERMANENT for code, _words in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code in PERMANENT


def _settle(letter: OutgoingMail, **values: object) -> None:
    """Close the claim; whoever took the letter over after a lapse keeps it."""
    OutgoingMail.objects.filter(pk=letter.pk, state=MailState.SENDING, tries=letter.tries).update(
        lease_until=None, **values
    )
