from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from readiness.models.requirements import RequirementSet


class RequirementSetVersion(models.Model):
    """What a set asked, and of whom, from a moment on. Never changed once it is published.

    `content` is what `readiness.contents` writes and reads: the set's scope and its
    lines. People who are abroad at `effective_at` keep the version they left with,
    unless it `includes_abroad`.
    """

    requirement_set = models.ForeignKey(
        RequirementSet, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    effective_at = models.DateTimeField(_("holds from"))
    includes_abroad = models.BooleanField(_("also for people who are abroad"), default=False)
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a requirement set")
        verbose_name_plural = _("versions of requirement sets")
        ordering = ["requirement_set", "-number"]
        indexes = [models.Index(fields=["requirement_set", "effective_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement_set", "number"], name="readiness_unique_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_set}, {self.number}"
