"""Keeping a lesson for oneself: its bookmark and a note. Only its writer erases it."""

import datetime as dt

from django.db import transaction

from modules.models import LessonPage
from people.models import User
from progress.models import LessonNote


def write_note(*, participant: User, lesson: LessonPage, text: str, at: dt.datetime) -> LessonNote:
    """Keep these words as the person's note on the lesson, in place of the earlier ones."""
    note, _is_new = LessonNote.objects.update_or_create(
        participant=participant,
        lesson_key=lesson.translation_key,
        defaults={"lesson_title": lesson.title, "text": text, "kept_at": at},
    )
    return note


def bookmark(*, participant: User, lesson: LessonPage, at: dt.datetime) -> LessonNote:
    """Bookmark the lesson; a bookmark that is there keeps its day."""
    with transaction.atomic():
        note, _is_new = LessonNote.objects.get_or_create(
            participant=participant,
            lesson_key=lesson.translation_key,
            defaults={"lesson_title": lesson.title, "bookmarked_at": at, "kept_at": at},
        )
        LessonNote.objects.filter(pk=note.pk, bookmarked_at__isnull=True).update(
            bookmarked_at=at, kept_at=at
        )
    note.refresh_from_db()
    return note


def take_bookmark_out(*, note: LessonNote) -> None:
    """Take the bookmark out, and leave the note; without words nothing is left."""
    with transaction.atomic():
        LessonNote.objects.filter(pk=note.pk, text="").delete()
        LessonNote.objects.filter(pk=note.pk).update(bookmarked_at=None)


def erase(*, note: LessonNote) -> None:
    """Erase the words for good; a bookmark stays."""
    with transaction.atomic():
        LessonNote.objects.filter(pk=note.pk, bookmarked_at__isnull=True).delete()
        LessonNote.objects.filter(pk=note.pk).update(text="")
