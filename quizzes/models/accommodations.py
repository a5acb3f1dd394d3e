import datetime as dt
import uuid
from decimal import Decimal
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from quizzes.conditions import Allowance
from quizzes.models.quizzes import Quiz


class AccommodationQuerySet(models.QuerySet["Accommodation"]):
    def in_force(self, at: dt.datetime) -> Self:
        """What holds at that moment: granted, not withdrawn, not expired."""
        return self.filter(
            models.Q(withdrawn_at__isnull=True) | models.Q(withdrawn_at__gt=at),
            models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=at.date()),
            granted_at__lte=at,
        )

    def for_quiz(self, quiz_id: int) -> Self:
        """Those of this quiz, and those of all quizzes."""
        return self.filter(models.Q(quiz=quiz_id) | models.Q(quiz__isnull=True))


class Accommodation(models.Model):
    """What one person is granted in one quiz, or in all. It is withdrawn, never deleted."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participant = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        related_name="accommodations",
        verbose_name=_("participant"),
    )
    quiz = models.ForeignKey(
        Quiz,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="accommodations",
        verbose_name=_("quiz"),
        help_text=_("Empty for all quizzes."),
    )
    time_factor = models.DecimalField(
        _("time factor"),
        max_digits=4,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(10))],
        help_text=_("1.5 is half as much time again. The quiz closes later by the same minutes."),
    )
    extra_attempts = models.PositiveSmallIntegerField(_("extra attempts"), default=0)
    opens_at = models.DateTimeField(_("opens for this person"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes for this person"), null=True, blank=True)
    reason = models.CharField(
        _("reason"),
        max_length=255,
        help_text=_(
            "Such as “agreed with the disability office”. No detail of anybody's health; "
            "the participant can read it."
        ),
    )
    expires_on = models.DateField(_("holds until"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    granted_at = models.DateTimeField(_("granted"), editable=False)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = AccommodationQuerySet.as_manager()

    class Meta:
        verbose_name = _("accommodation")
        verbose_name_plural = _("accommodations")
        ordering = ["-granted_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(time_factor__gte=1) & models.Q(time_factor__lte=10),
                name="quizzes_time_factor_1_to_10",
                violation_error_message=_("The time factor lies between 1 and 10."),
            ),
            models.CheckConstraint(
                condition=models.Q(time_factor__gt=1)
                | models.Q(extra_attempts__gt=0)
                | models.Q(opens_at__isnull=False)
                | models.Q(closes_at__isnull=False),
                name="quizzes_accommodation_grants_something",
                violation_error_message=_(
                    "Grant something: more time, more attempts, or another date."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="quizzes_accommodation_opens_before_it_closes",
                violation_error_message=_("It would close before it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | models.Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="quizzes_accommodation_withdrawn_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.quiz or _('all quizzes')}"

    @property
    def allowance(self) -> Allowance:
        return Allowance(self.time_factor, self.extra_attempts, self.opens_at, self.closes_at)
