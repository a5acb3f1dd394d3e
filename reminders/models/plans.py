from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from exchanges.models import Office, Placement
from exchanges.visibility import answers_for
from people.models import User
from reminders.timing import BadDaysError, Plan, days_in, plan_of


def check_days(words: str) -> None:
    try:
        days_in(words)
    except BadDaysError as error:
        raise ValidationError(
            _("Write numbers of days with commas, such as “14, 3”; “%(word)s” is none."),
            params={"word": error},
        ) from None


class OfficePlanQuerySet(models.QuerySet["OfficePlan"]):
    def coordinated_by(self, user: User) -> Self:
        return self.filter(answers_for(user, through="office__"))


class OfficePlan(models.Model):
    """When one office reminds, and all below it that have no plan of their own.

    A pause holds for all offices below, whatever their own plan says.
    """

    office = models.OneToOneField(
        Office,
        on_delete=models.CASCADE,
        related_name="reminder_plan",
        verbose_name=_("office"),
        help_text=_("It holds for all offices below, too, unless they have rules of their own."),
        error_messages={"unique": _("This office has rules already: change those.")},
    )
    days_before = models.CharField(
        _("remind so many days before"),
        max_length=60,
        default="14, 3",
        blank=True,
        validators=[check_days],
        help_text=_("Numbers with commas. 0 is the day itself. Empty: never before."),
    )
    days_after = models.CharField(
        _("and so many days after"),
        max_length=60,
        default="1",
        blank=True,
        validators=[check_days],
        help_text=_("Numbers with commas. Empty: never after."),
    )
    wakes = models.PositiveSmallIntegerField(
        _("no letter before (hour)"),
        default=8,
        validators=[MaxValueValidator(23)],
        help_text=_("By the clock of the person who gets it."),
    )
    rests = models.PositiveSmallIntegerField(
        _("no letter from (hour) on"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )
    is_paused = models.BooleanField(
        _("paused"),
        default=False,
        help_text=_(
            "Nothing is sent by the clock, here and in all offices below. You can still remind "
            "people yourself."
        ),
    )

    objects = OfficePlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder rule")
        verbose_name_plural = _("reminder rules")
        ordering = ["office__path"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(wakes__lt=models.F("rests")) & models.Q(rests__lte=24),
                name="reminders_wakes_before_resting",
                violation_error_message=_("The first hour comes before the last, up to 24."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.office)

    @property
    def hours(self) -> str:
        return f"{self.wakes}:00-{self.rests}:00"

    @property
    def plan(self) -> Plan:
        return plan_of(
            self.days_before,
            self.days_after,
            wakes=self.wakes,
            rests=self.rests,
            is_paused=self.is_paused,
        )


class Pause(models.Model):
    """No reminder by the clock for one placement, until somebody ends it. Kept for good."""

    placement = models.ForeignKey(
        Placement, on_delete=models.CASCADE, related_name="reminder_pauses"
    )
    reason = models.CharField(_("reason"), max_length=300)
    paused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(_("paused"))
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("pause of reminders")
        verbose_name_plural = _("pauses of reminders")
        ordering = ["-paused_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"],
                condition=models.Q(ended_at__isnull=True),
                name="reminders_one_standing_pause",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="reminders_pause_has_a_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True, ended_by__isnull=True)
                | models.Q(ended_at__isnull=False, ended_by__isnull=False),
                name="reminders_pause_ended_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id}: {self.reason}"
