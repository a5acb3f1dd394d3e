"""What people have done: only facts that have no other source.

Records name modules and lessons by the key that all their translations share
(`Page.translation_key`), not by foreign key: a page that is deleted, moved or
translated takes nobody's training away.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.models import MaterialChange
from people.models import User


class ModuleRecord(models.Model):
    """A participant's way through one module. Once completed, it stays completed."""

    participant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="module_records")
    module_key = models.UUIDField(_("module"))
    title = models.CharField(_("title when last opened"), max_length=255)
    started_at = models.DateTimeField(_("started"))
    last_opened_at = models.DateTimeField(_("last opened"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        verbose_name = _("module record")
        verbose_name_plural = _("module records")
        indexes = [models.Index(fields=["module_key", "completed_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "module_key"], name="progress_unique_module_record"
            ),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True)
                | models.Q(completed_at__gte=models.F("started_at")),
                name="progress_module_completed_after_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.title}"


class LessonRecord(models.Model):
    """A participant's reading of one lesson, and where in it to go on."""

    participant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="lesson_records")
    module_key = models.UUIDField(_("module"))
    lesson_key = models.UUIDField(_("lesson"))
    title = models.CharField(_("title when last opened"), max_length=255)
    position = models.CharField(
        _("block to go on at"), max_length=64, blank=True, help_text=_("A block's id.")
    )
    ticks = models.JSONField(
        _("points ticked"), default=list, blank=True, help_text=_("Ids of checklists' points.")
    )
    ticked_at = models.DateTimeField(_("last ticked"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    last_opened_at = models.DateTimeField(_("last opened"))
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        verbose_name = _("lesson record")
        verbose_name_plural = _("lesson records")
        indexes = [models.Index(fields=["participant", "module_key"])]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "lesson_key"], name="progress_unique_lesson_record"
            ),
            models.CheckConstraint(
                condition=models.Q(completed_at__isnull=True)
                | models.Q(completed_at__gte=models.F("opened_at")),
                name="progress_lesson_completed_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.title}"


class Attendance(models.Model):
    """A trainer's word that somebody was at a session of a workshop."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="attendances")
    module_key = models.UUIDField(_("workshop"))
    session_key = models.UUIDField(_("session"))
    held_at = models.DateTimeField(_("held"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "session_key"], name="progress_unique_attendance"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}, {self.held_at:%Y-%m-%d}"


class ChangeRead(models.Model):
    """A participant's word that they have read what changed in what they had completed."""

    participant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="changes_read")
    change = models.ForeignKey(MaterialChange, on_delete=models.PROTECT, related_name="reads")
    read_at = models.DateTimeField(_("read"))

    class Meta:
        verbose_name = _("change read")
        verbose_name_plural = _("changes read")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "change"], name="progress_unique_change_read"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.change.title}"
