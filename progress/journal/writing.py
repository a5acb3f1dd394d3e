"""Writing into one's own journal. Nothing is overwritten; only its writer erases an entry."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from people.models import User
from progress.models import JournalEntry, JournalVersion

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Question:
    """A lesson's question, as it stands there now."""

    lesson_key: UUID
    lesson_title: str
    block_id: str
    prompt: str


def begin_entry(*, participant: User, text: str, title: str = "", at: dt.datetime) -> JournalEntry:
    """Write an entry of one's own."""
    with transaction.atomic():
        entry = JournalEntry.objects.create(participant=participant, title=title, begun_at=at)
        _add_version(entry, text, at)
    return entry


def answer_question(
    *, participant: User, question: Question, text: str, at: dt.datetime
) -> JournalEntry:
    """Answer a lesson's question; another answer is a new version of the same entry."""
    with transaction.atomic():
        entry, _is_new = JournalEntry.objects.get_or_create(
            participant=participant,
            lesson_key=question.lesson_key,
            block_id=question.block_id,
            defaults={
                "lesson_title": question.lesson_title,
                "prompt": question.prompt,
                "begun_at": at,
            },
        )
        _add_version(entry, text, at)
    return entry


def write_on(*, entry: JournalEntry, text: str, title: str = "", at: dt.datetime) -> bool:
    """Give the entry a new version; the same words again are none.

    Returns:
        Whether there is a new version.
    """
    with transaction.atomic():
        if title != entry.title and not entry.lesson_key:
            JournalEntry.objects.filter(pk=entry.pk).update(title=title)
            entry.title = title
        return _add_version(entry, text, at)


def erase(*, entry: JournalEntry) -> None:
    """Take the entry out of the world: its versions, and what trainers replied."""
    entry.delete()


def _add_version(entry: JournalEntry, text: str, at: dt.datetime) -> bool:
    JournalEntry.objects.select_for_update().get(pk=entry.pk)
    versions = JournalVersion.objects.filter(entry=entry)
    last = versions.order_by("-number").first()
    if last is not None and last.text == text:
        return False
    number = last.number + 1 if last else 1
    JournalVersion.objects.create(entry=entry, number=number, text=text, written_at=at)
    return True
