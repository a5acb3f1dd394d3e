import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from exchanges.models import Office, Placement
from exchanges.visibility import answers_for
from people import roles
from people.models import User
from readiness.enums import AdviceLevel
from readiness.models.requirements import RequirementSet


class TravelAdviceQuerySet(models.QuerySet["TravelAdvice"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at=None)

    def within(self, user: User) -> Self:
        """What is for offices that user answers for, or for every office."""
        if not (roles.is_coordinator(user) or roles.is_administrator(user)):
            return self.none()
        return self.filter(models.Q(office=None) | answers_for(user, through="office__"))

    def about(self, placement: Placement) -> Self:
        """What holds for somebody who goes there from that office, newest first."""
        path = placement.office.path
        above = [path[:end] for end in range(Office.steplen, len(path) + 1, Office.steplen)]
        own = models.Q(office=None) | models.Q(office__path__in=above)
        return self.standing().filter(own, country=placement.country).order_by("-issued_at")


class TravelAdvice(models.Model):
    """What a country's visitors are told from a day on, and the requirement that came of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    country = CountryField(_("country"))
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="travel_advice"
    )
    level = models.CharField(_("level"), max_length=10, choices=AdviceLevel)
    text = models.TextField(_("advice"))
    source = models.URLField(_("source"), blank=True)
    valid_from = models.DateField(_("holds from"))
    requirement_set = models.OneToOneField(
        RequirementSet, on_delete=models.PROTECT, related_name="travel_advice"
    )
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued"))
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.TextField(_("reason for withdrawing"), blank=True)

    objects = TravelAdviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("travel advice")
        verbose_name_plural = _("travel advice")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_because=""
                )
                | (
                    models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~models.Q(withdrawn_because="")
                ),
                name="readiness_advice_withdrawn_with_a_reason",
                violation_error_message=_("Say why it is withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country.name}: {self.get_level_display()}"
