import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User


class Errand(models.Model):
    """One deed for many placements, done some at a time; what it came to is kept.

    `deed` is the dotted path of what is done, `placements` whom it is for as they were
    chosen, `taken` how many of them have had their turn.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    deed = models.CharField(max_length=100)
    title = models.CharField(_("what"), max_length=200)
    placements = models.JSONField()
    wishes = models.JSONField(default=dict)
    total = models.PositiveIntegerField(_("people"))
    taken = models.PositiveIntegerField(_("done"), default=0)
    counts = models.JSONField(default=dict)
    back = models.CharField(max_length=2000, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    has_failed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("errand")
        verbose_name_plural = _("errands")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=models.Q(finished_at__isnull=True),
                name="readiness_errand_to_go_on",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("total")),
                name="readiness_errand_takes_each_once",
            ),
            models.CheckConstraint(
                condition=models.Q(has_failed=False) | models.Q(finished_at__isnull=False),
                name="readiness_errand_failed_is_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.taken}/{self.total})"

    @property
    def is_over(self) -> bool:
        return self.finished_at is not None
