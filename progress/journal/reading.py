"""What stands in a journal, for its writer, and what of it is shared, for trainers."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from people.models import User
from progress.models import JournalEntry, JournalReply, JournalSharing, JournalVersion


@dataclass(frozen=True, slots=True)
class Told:
    """One version or one reply, in the order of an entry's story. `by` is the trainer."""

    at: dt.datetime
    text: str
    by: str = ""
    is_shared: bool = False


def entries_of(participant: User, *, words: str = "") -> "QuerySet[Any, Any]":
    """The person's entries, the one written last first; with `text` as it says now.

    `words` have to stand, each of them, somewhere in the entry.
    """
    newest = JournalVersion.objects.filter(entry=OuterRef("pk")).order_by("-number")
    standing = JournalSharing.objects.filter(entry=OuterRef("pk"), withdrawn_at__isnull=True)
    replies = JournalReply.objects.filter(sharing__entry=OuterRef("pk"))
    unread = replies.filter(
        Q(sharing__entry__replies_read_at__isnull=True)
        | Q(written_at__gt=F("sharing__entry__replies_read_at"))
    )
    found = JournalEntry.objects.filter(participant=participant).annotate(
        text=Subquery(newest.values("text")[:1]),
        written_at=Subquery(newest.values("written_at")[:1]),
        number=Subquery(newest.values("number")[:1]),
        shared_number=Subquery(standing.values("version__number")[:1]),
        has_replies=Exists(replies),
        has_unread=Exists(unread),
    )
    for word in words.split():
        found = found.filter(
            Q(text__icontains=word)
            | Q(title__icontains=word)
            | Q(prompt__icontains=word)
            | Q(lesson_title__icontains=word)
        )
    return found.order_by("-written_at", "-pk")


def own_entry(participant: User, uuid: UUID) -> Any:
    """The person's entry with this id, as in `entries_of`; None if it is not theirs."""
    return entries_of(participant).filter(uuid=uuid).first()


def story_of(entry: JournalEntry) -> list[Told]:
    """Every version and every reply, the oldest first: two queries."""
    shared = JournalSharing.objects.filter(version=OuterRef("pk"), withdrawn_at__isnull=True)
    versions = JournalVersion.objects.filter(entry=entry).annotate(is_shared=Exists(shared))
    replies = JournalReply.objects.filter(sharing__entry=entry).select_related("by")
    told = [Told(one.written_at, one.text, is_shared=one.is_shared) for one in versions]
    told += [Told(one.written_at, one.text, by=str(one.by)) for one in replies]
    return sorted(told, key=lambda one: one.at)


def shared_with(reader: User) -> "QuerySet[Any, Any]":
    """What people share now, one's own left out; `is_answered` since it was shared."""
    replies = JournalReply.objects.filter(sharing=OuterRef("pk"))
    return (
        JournalSharing.objects.filter(withdrawn_at__isnull=True)
        .exclude(entry__participant=reader)
        .select_related("entry__participant", "version")
        .annotate(is_answered=Exists(replies))
        .order_by("shared_at", "pk")
    )
