from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models import Placement
from people.models import User
from readiness.enums import ApprovingRole
from readiness.targets import approval_target


class Approval(models.Model):
    """Somebody's sign-off, in a role, of something that only people can judge."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="approvals")
    role = models.CharField(_("signed off as"), max_length=14, choices=ApprovingRole)
    subject = models.CharField(_("what is signed off"), max_length=100)
    note = models.TextField(_("note"), blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("signed off"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "role", "subject"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="readiness_one_standing_approval",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="readiness_approval_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}: {self.subject}"

    @property
    def target(self) -> str:
        return approval_target(self.role, self.subject)
