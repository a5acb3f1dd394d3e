import uuid
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField

from quizzes.enums import (
    AtDeadline,
    ExchangeEvent,
    GradingMethod,
    Paging,
    Purpose,
    ReviewMoment,
)
from quizzes.models.bank import FEEDBACK_FEATURES


def _review_field(name: Any, moment: ReviewMoment) -> Any:
    return models.CharField(name, max_length=10, choices=ReviewMoment, default=moment)


class Quiz(ClusterableModel):
    """A quiz as its author works on it. Participants take its `live_version`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    introduction = RichTextField(_("introduction"), blank=True, features=FEEDBACK_FEATURES)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose, default=Purpose.GRADED)
    pass_mark = models.DecimalField(
        _("pass mark (%)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(80),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("attempts allowed"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty for as many as people want."),
    )
    grading_method = models.CharField(
        _("which attempt counts"),
        max_length=10,
        choices=GradingMethod,
        default=GradingMethod.HIGHEST,
    )
    wait_minutes = models.PositiveIntegerField(
        _("minutes between two attempts"),
        default=0,
        help_text=_(
            "From handing in one attempt to starting the next; 60 are an hour, 1440 a day."
        ),
    )
    paging = models.CharField(
        _("on a page"), max_length=10, choices=Paging, default=Paging.QUESTION
    )
    is_sequential = models.BooleanField(
        _("one after the other"),
        default=False,
        help_text=_("Pages open in their order: nobody can go ahead or back to an earlier one."),
    )
    shuffle_questions = models.BooleanField(
        _("shuffle questions"), default=False, help_text=_("Within each section.")
    )
    shuffle_options = models.BooleanField(_("shuffle options"), default=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=10, validators=[MinValueValidator(1)]
    )
    time_limit = models.PositiveSmallIntegerField(
        _("time limit (minutes)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty for none. Somebody with extra time has longer."),
    )
    grace_seconds = models.PositiveSmallIntegerField(
        _("seconds for a slow connection"),
        default=30,
        help_text=_("An answer sent in time that arrives this much later still counts."),
    )
    at_deadline = models.CharField(
        _("when the time is over"),
        max_length=10,
        choices=AtDeadline,
        default=AtDeadline.SUBMIT,
    )
    overdue_minutes = models.PositiveIntegerField(
        _("minutes for handing in late"),
        default=0,
        help_text=_("Only where it can be handed in late."),
    )
    opens_at = models.DateTimeField(_("opens on"), null=True, blank=True)
    opens_event = models.CharField(
        _("or opens by"), max_length=10, choices=ExchangeEvent, blank=True
    )
    opens_days = models.SmallIntegerField(
        _("so many days later"), default=0, help_text=_("-30 is thirty days before.")
    )
    closes_at = models.DateTimeField(_("closes on"), null=True, blank=True)
    closes_event = models.CharField(
        _("or closes by"), max_length=10, choices=ExchangeEvent, blank=True
    )
    closes_days = models.SmallIntegerField(_("so many days later"), default=0)
    score_shown = _review_field(_("score"), ReviewMoment.SUBMITTED)
    answers_shown = _review_field(_("own answers"), ReviewMoment.SUBMITTED)
    keys_shown = _review_field(_("right answers"), ReviewMoment.SUBMITTED)
    feedback_shown = _review_field(_("feedback"), ReviewMoment.SUBMITTED)
    is_marked_anonymously = models.BooleanField(
        _("mark without names"),
        default=False,
        help_text=_("Whoever marks open answers does not see whose they are."),
    )
    has_second_marker = models.BooleanField(
        _("two people mark"),
        default=False,
        help_text=_("Each open answer is marked twice; where they differ, a third one decides."),
    )
    live_version = models.ForeignKey(
        "QuizVersion",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("quiz")
        verbose_name_plural = _("quizzes")
        ordering = ["title"]
        permissions = [("publish_quiz", "Can publish quiz")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_mark__gte=0) & models.Q(pass_mark__lte=100),
                name="quizzes_pass_mark_0_to_100",
                violation_error_message=_("The pass mark lies between 0 and 100 %."),
            ),
            models.CheckConstraint(
                condition=models.Q(max_attempts__isnull=True) | models.Q(max_attempts__gte=1),
                name="quizzes_at_least_one_attempt",
                violation_error_message=_("Allow at least one attempt, or leave it empty."),
            ),
            models.CheckConstraint(
                condition=models.Q(time_limit__isnull=True) | models.Q(time_limit__gte=1),
                name="quizzes_at_least_one_minute",
                violation_error_message=_("Allow at least one minute, or leave it empty."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True) | models.Q(opens_event=""),
                name="quizzes_opens_once",
                violation_error_message=_("Say when it opens in one way: a date or an event."),
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__isnull=True) | models.Q(closes_event=""),
                name="quizzes_closes_once",
                violation_error_message=_("Say when it closes in one way: a date or an event."),
            ),
            models.CheckConstraint(
                condition=models.Q(opens_at__isnull=True)
                | models.Q(closes_at__isnull=True)
                | models.Q(closes_at__gt=models.F("opens_at")),
                name="quizzes_opens_before_it_closes",
                violation_error_message=_("The quiz closes before it opens."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ImmutableError(Exception):
    """Somebody tried to change a published version."""


class QuizVersionQuerySet(models.QuerySet["QuizVersion"]):
    def update(self, **kwargs: Any) -> int:
        raise ImmutableError("Published versions cannot change.")


class QuizVersion(models.Model):
    """What participants got when the quiz was published: written once, never changed.

    `paper` is the whole quiz with keys and feedback, in the form of
    `quizzes.papers.Paper`; attempts point here and are graded from it.
    """

    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    paper = models.JSONField()
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = QuizVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("quiz version")
        verbose_name_plural = _("quiz versions")
        ordering = ["quiz", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["quiz", "number"], name="quizzes_unique_version"),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableError(f"{self} is published and cannot change.")
        super().save(*args, **kwargs)
