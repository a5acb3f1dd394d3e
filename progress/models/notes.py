"""What people keep of lessons for themselves alone: a bookmark, a note, or both."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class LessonNote(models.Model):
    """One person's note on one lesson, and whether it is bookmarked.

    It belongs to its writer alone: it goes with the account, and its writer may erase it.
    The title is that of the lesson when it was last kept.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(User, on_delete=models.CASCADE, related_name="lesson_notes")
    lesson_key = models.UUIDField(_("lesson"))
    lesson_title = models.CharField(_("title of the lesson"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    bookmarked_at = models.DateTimeField(_("bookmarked"), null=True, blank=True)
    kept_at = models.DateTimeField(_("last kept"))

    class Meta:
        verbose_name = _("note on a lesson")
        verbose_name_plural = _("notes on lessons")
        default_permissions = ()
        indexes = [models.Index(fields=["participant", "kept_at"], name="progress_notes_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "lesson_key"], name="progress_one_note_on_a_lesson"
            ),
            models.CheckConstraint(
                condition=~models.Q(text="") | models.Q(bookmarked_at__isnull=False),
                name="progress_a_note_keeps_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.kept_at:%Y-%m-%d}"
