import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models import Exchange, Placement
from people.models import User


class ChangeOfPlan(models.Model):
    """That an exchange's plan, or some people's own, was changed; appended, never rewritten.

    `fields` are the exchange's columns that were written, each with its value before and
    after; `plan` says the same in parts that can be said to people. What is taken back is
    a new change that names the old one.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    exchange = models.ForeignKey(
        Exchange, on_delete=models.CASCADE, null=True, blank=True, related_name="changes_of_plan"
    )
    fields = models.JSONField(default=dict)
    plan = models.JSONField(default=list)
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("changed"))
    takes_back = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="taken_back_by"
    )

    class Meta:
        verbose_name = _("change of plan")
        verbose_name_plural = _("changes of plan")
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["exchange", "made_at"], name="readiness_plan_exchange")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="readiness_plan_changed_for_a_reason",
                violation_error_message=_("Say why the plan changes."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}: {self.reason}"


class PlanEffect(models.Model):
    """What a change of plan made of one placement.

    `fields` are the placement's own columns that were written, before and after; `plan`
    and `lines` are what `readiness.effects` found; `letter` is what the person was told.
    """

    change = models.ForeignKey(ChangeOfPlan, on_delete=models.CASCADE, related_name="effects")
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="plan_effects")
    fields = models.JSONField(default=dict)
    plan = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    state_before = models.CharField(max_length=20)
    state_after = models.CharField(max_length=20)
    letter = models.TextField(_("letter"), blank=True)

    class Meta:
        verbose_name = _("effect of a change of plan")
        verbose_name_plural = _("effects of changes of plan")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["change", "placement"], name="readiness_one_effect_of_a_change"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.placement_id}"
