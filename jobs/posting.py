"""Puts a letter into the outbox, in the transaction of what it tells about.

Whoever posts needs no mail server: `jobs.sending` takes it from there, again and
again until the letter is away or a person has to look.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import make_msgid

from django.conf import settings

from jobs.models import OutgoingMail


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be sent. `key` is its reason: each reason sends one letter, ever.

    It leaves at once, or at `not_before` if that is later. The words of a secret one are
    shown to nobody, and forgotten once it is sent.
    """

    key: str
    to: str
    subject: str
    text: str
    html: str = ""
    not_before: dt.datetime | None = None
    is_secret: bool = False


def post(letters: Iterable[Letter], *, at: dt.datetime) -> list[Letter]:
    """Write the letters down; return those that are new.

    A letter whose key stands in the outbox already is left out, so a deed that is
    done again, or done twice at once, tells people once.
    """
    wanted = {letter.key: letter for letter in letters}
    if not wanted:
        return []
    known = set(OutgoingMail.objects.filter(key__in=wanted).values_list("key", flat=True))
    new = [letter for key, letter in wanted.items() if key not in known]
    OutgoingMail.objects.bulk_create(
        [_row(letter, at=at) for letter in new], ignore_conflicts=True, batch_size=500
    )
    return new


def _row(letter: Letter, *, at: dt.datetime) -> OutgoingMail:
    return OutgoingMail(
        key=letter.key,
        message_id=make_msgid(domain=settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")),
        to=letter.to,
        subject=" ".join(letter.subject.split()),
        text=letter.text,
        html=letter.html,
        is_secret=letter.is_secret,
        created_at=at,
        due_at=max(at, letter.not_before or at),
    )
