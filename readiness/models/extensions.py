from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models import Placement
from people.models import User


class Extension(models.Model):
    """More time, asked for by the participant and decided by the office, once.

    Granted where `until` is a day, refused where a decided one has none. It is about
    *what* is asked, like a waiver.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="extensions")
    requirement_key = models.CharField(max_length=100)
    requirement_name = models.CharField(max_length=255)
    reason = models.TextField(_("reason"))
    wished_for = models.DateField(_("wished for"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    until = models.DateField(_("extended until"), null=True, blank=True)
    decision = models.TextField(_("reason for the decision"), blank=True)
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "requirement_key"],
                condition=models.Q(decided_at__isnull=True),
                name="readiness_one_open_extension",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="readiness_extension_has_a_reason",
                violation_error_message=_("Say why more time is needed."),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at__isnull=True, decided_by__isnull=True)
                | models.Q(decided_at__isnull=False, decided_by__isnull=False),
                name="readiness_extension_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(decided_at__isnull=False),
                name="readiness_extension_granted_by_deciding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}: {self.requirement_name}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def is_granted(self) -> bool:
        return self.until is not None
