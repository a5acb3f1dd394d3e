from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models import Placement
from people.models import User


class Waiver(models.Model):
    """A coordinator's decision that a person need not do what a requirement asks.

    It is about what is asked (`requirement_key`, see `readiness.kinds`), not about
    the set that asks it, so it outlives an edited set. Withdrawn rather than
    deleted; `requirement_name` says what it was about when that is gone.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="waivers")
    requirement_key = models.CharField(max_length=100)
    requirement_name = models.CharField(max_length=255)
    reason = models.TextField(_("reason"))
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(_("granted"))
    until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day on which it counts. Empty for good."),
    )
    does_not_apply = models.BooleanField(
        _("it does not apply to this person"),
        default=False,
        help_text=_("Such as a visa for somebody who needs none."),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "requirement_key"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="readiness_one_standing_waiver",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="readiness_waiver_has_a_reason",
                violation_error_message=_("Say why the requirement is waived."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="readiness_waiver_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_at__gte=models.F("granted_at")),
                name="readiness_waiver_withdrawn_after_granted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}: {self.requirement_name}"
