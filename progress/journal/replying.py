"""A trainer's answer to a shared entry, and the letter that says so."""

import datetime as dt

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from jobs.posting import Letter, post
from people.languages import language_of
from people.models import User
from progress.models import JournalEntry, JournalReply, JournalSharing


class NotShared(Exception):
    """The entry has been taken back, or is the reader's own."""


def reply(
    *, sharing: JournalSharing, text: str, by: User, at: dt.datetime, link_to: str
) -> JournalReply:
    """Answer what was shared. The writer gets one letter for all replies not read yet.

    Raises:
        NotShared: it is not shared any more, or it is one's own.
    """
    with transaction.atomic():
        entry = JournalEntry.objects.select_for_update().get(pk=sharing.entry_id)
        standing = JournalSharing.objects.filter(pk=sharing.pk, withdrawn_at__isnull=True)
        if entry.participant_id == by.pk or not standing.exists():
            raise NotShared
        is_told = has_unread_replies(entry)
        made = JournalReply.objects.create(sharing=sharing, by=by, text=text, written_at=at)
        if not is_told:
            post([_letter(made, entry, link_to)], at=at)
    return made


def has_unread_replies(entry: JournalEntry) -> bool:
    replies = JournalReply.objects.filter(sharing__entry=entry)
    if entry.replies_read_at:
        replies = replies.filter(written_at__gt=entry.replies_read_at)
    return replies.exists()


def note_replies_read(*, entry: JournalEntry, at: dt.datetime) -> None:
    """Write down that the writer has seen what trainers replied."""
    JournalEntry.objects.filter(pk=entry.pk).update(replies_read_at=at)


def _letter(made: JournalReply, entry: JournalEntry, link_to: str) -> Letter:
    """Say that there is a reply; neither the entry nor the reply stands in the letter."""
    person = entry.participant
    with translation.override(language_of(person)), timezone.override(person.time_zone):
        context = {"person": person, "link": link_to}
        return Letter(
            key=f"journal-reply:{made.uuid}",
            to=person.email,
            subject=_("A trainer has replied to what you shared"),
            text=render_to_string("progress/email/journal_reply.txt", context).strip() + "\n",
        )
