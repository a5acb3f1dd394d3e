from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.bank import Question


class QuestionVersion(models.Model):
    """A question as it was saved once, keys included. Lines are added, never changed.

    `item` is what `papers.item_to_json` wrote; `details` the fields of the bank that no
    paper has.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    item = models.JSONField()
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("saved"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    class Meta:
        verbose_name = _("question version")
        verbose_name_plural = _("question versions")
        ordering = ["question", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="quizzes_unique_question_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}, version {self.number}"
