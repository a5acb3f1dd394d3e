from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models import Placement
from modules.enums import Phase
from people.models import User
from readiness.targets import result_target


class ExternalResultQuerySet(models.QuerySet["ExternalResult"]):
    def readable_by(self, user: User) -> Self:
        """All but what is between its holder and one named person, unless user is either."""
        own = models.Q(placement__participant=user) | models.Q(named_person=user)
        return self.filter(own | models.Q(is_confidential=False))


class ExternalResult(models.Model):
    """The result of a test that others gave: recorded as it is, never scored here."""

    placement = models.ForeignKey(
        Placement, on_delete=models.CASCADE, related_name="external_results"
    )
    instrument = models.CharField(
        _("test"), max_length=100, help_text=_("Its name, as the requirement names it.")
    )
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.BEFORE)
    scale = models.CharField(
        _("scale"), max_length=100, blank=True, help_text=_("Such as CEFR, or 55 to 145.")
    )
    value = models.CharField(_("value"), max_length=100)
    taken_on = models.DateField(_("taken on"))
    administered_by = models.CharField(_("given by"), max_length=200, blank=True)
    is_confidential = models.BooleanField(
        _("only for the participant and one named person"),
        default=False,
        help_text=_("Everybody else sees that there is a result, and not which."),
    )
    named_person = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("named person"),
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ExternalResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("outside result")
        verbose_name_plural = _("outside results")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_confidential=False) | models.Q(named_person__isnull=False),
                name="readiness_confidential_result_names_somebody",
                violation_error_message=_("Name the person who may read a confidential result."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="readiness_result_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement}: {self.instrument}"

    @property
    def target(self) -> str:
        return result_target(self.instrument, self.phase)
