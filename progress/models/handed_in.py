"""What people hand in for tasks, and what trainers say of it. Added, never changed."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from competence.naming import labelled
from people.models import User


class TaskSubmission(models.Model):
    """What somebody handed in once for a task; handing in again is another one."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="task_submissions")
    task_key = models.UUIDField(_("task"))
    module_key = models.UUIDField(_("module"))
    title = models.CharField(_("title of the task"), max_length=255)
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("task handed in")
        verbose_name_plural = _("tasks handed in")
        indexes = [models.Index(fields=["task_key", "submitted_at"], name="progress_tasks_by_wait")]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "task_key", "number"],
                name="progress_submissions_have_an_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(text="", link=""), name="progress_a_submission_has_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.title} ({self.number})"


class TaskDecision(models.Model):
    """A trainer's word on what was handed in. `rubric` has each row as it was then.

    A row of `rubric` has its `title`, its `levels` and the place of the `level` reached; where
    it is about a dimension, that one's key and name as `dimension` and `dimension_name`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(
        TaskSubmission, on_delete=models.PROTECT, related_name="decisions"
    )
    accepts = models.BooleanField(_("accepted"))
    comment = models.TextField(_("comment"), blank=True)
    rubric = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"))

    class Meta:
        verbose_name = _("decision on a task")
        verbose_name_plural = _("decisions on tasks")
        ordering = ["decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                condition=models.Q(accepts=True),
                name="progress_a_task_is_accepted_once",
            ),
            models.CheckConstraint(
                condition=models.Q(accepts=True) | ~models.Q(comment=""),
                name="progress_asking_again_says_why",
                violation_error_message=_("Say what you would like to see."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.accepts}"

    @property
    def told_rubric(self) -> list[tuple[str, str]]:
        """For each row what was looked at, and the level reached in words."""
        return [
            (labelled(row["title"], row.get("dimension_name", "")), row["levels"][row["level"]])
            for row in self.rubric
        ]
