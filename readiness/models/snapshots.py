from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models import Placement
from people.models import User
from readiness.enums import Occasion


class Snapshot(models.Model):
    """How a placement stood at a moment, frozen: a signed-off state, or that at departure.

    `digest` is the SHA-256 of `content` as `readiness.snapshots` writes it: whoever
    changes the one shows it by the other.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="snapshots")
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion)
    as_of = models.DateTimeField(_("as it stood at"))
    content = models.JSONField()
    digest = models.CharField(_("digest"), max_length=64)
    note = models.TextField(_("note"), blank=True)
    taken_at = models.DateTimeField(_("taken"))
    taken_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_because = models.TextField(_("reason for revoking"), blank=True)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=models.Q(occasion="departure"),
                name="readiness_one_departure_snapshot",
            ),
            models.UniqueConstraint(
                fields=["placement"],
                condition=models.Q(occasion="sign_off", revoked_at__isnull=True),
                name="readiness_one_standing_sign_off",
                violation_error_message=_("This person is signed off already."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    revoked_at__isnull=True, revoked_by__isnull=True, revoked_because=""
                )
                | (
                    models.Q(revoked_at__isnull=False, revoked_by__isnull=False)
                    & ~models.Q(revoked_because="")
                ),
                name="readiness_revoked_with_a_reason",
                violation_error_message=_("Say why it is revoked."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}: {self.get_occasion_display()}"


class StateChange(models.Model):
    """That somebody's state, or the status of something asked, has changed; never rewritten.

    `statuses` are all statuses afterwards, by key, so that the next change is found by
    comparing; `causes` say what differs, as `readiness.rules.changes` finds it.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="state_changes")
    noticed_at = models.DateTimeField(_("noticed"))
    state_before = models.CharField(max_length=20, blank=True)
    state_after = models.CharField(max_length=20)
    causes = models.JSONField()
    statuses = models.JSONField()

    class Meta:
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        indexes = [models.Index(fields=["placement", "noticed_at"])]

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.state_before} → {self.state_after}"
