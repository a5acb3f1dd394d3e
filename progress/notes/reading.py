"""Somebody's own notes and bookmarks, for nobody else."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from modules.models import LessonPage
from people.models import User
from progress.journal.exporting import RULE
from progress.models import LessonNote


def notes_of(participant: User, *, words: str = "") -> "QuerySet[LessonNote]":
    """The person's notes and bookmarks, the one kept last first; each word has to be in it."""
    found = LessonNote.objects.filter(participant=participant)
    for word in words.split():
        found = found.filter(Q(text__icontains=word) | Q(lesson_title__icontains=word))
    return found.order_by("-kept_at", "-pk")


def lessons_by_key(keys: Iterable[UUID]) -> dict[UUID, Any]:
    """Return the published lessons, each in the reader's language if there is one: one query."""
    pages = LessonPage.objects.live().filter(translation_key__in=list(keys)).order_by("path")
    found: dict[UUID, Any] = {}
    for page in pages.select_related("locale").defer("body"):
        if page.translation_key not in found or page.locale.language_code == get_language():
            found[page.translation_key] = page
    return found


def as_text(notes: Iterable[LessonNote]) -> str:
    """Return notes and bookmarks as plain text."""
    parts = [_("My notes and bookmarks")]
    for note in notes:
        day = date_format(localtime(note.kept_at), "DATETIME_FORMAT")
        marked = _("Bookmarked") if note.bookmarked_at else ""
        lines = [RULE, note.lesson_title, day, marked, note.text]
        parts.append("\n".join(line for line in lines if line))
    return "\n\n".join(parts) + "\n"
