import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from quizzes.enums import OPEN_STATES, AttemptState, StepKind
from quizzes.models.quizzes import Quiz, QuizVersion


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: User) -> Self:
        """Attempts that user may open as a participant: own ones only."""
        return self.filter(participant=user)

    def open(self) -> Self:
        """Attempts whose participant can still do something."""
        return self.filter(state__in=OPEN_STATES)

    def waiting_for_the_clock(self, at: dt.datetime) -> Self:
        """Attempts that something has to happen to by itself, now or long since."""
        return self.filter(acts_at__lte=at)

    def finished(self) -> Self:
        return self.filter(state=AttemptState.FINISHED)


class Attempt(models.Model):
    """One go of one participant at one published version of a quiz.

    `layout` keeps the order of questions and options that this participant sees:
    [{"item": item id, "options": [option id, ...]}, ...].
    `score` and `max_score` are marks; `percent` is their ratio times 100. They are
    there when the attempt is finished, and not before.
    `acts_at` is when the clock has something to do: close an open attempt some seconds
    after its deadline, or let go of a result that is held back.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="attempts")
    participant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(_("attempt"))
    state = models.CharField(
        _("state"), max_length=14, choices=AttemptState, default=AttemptState.IN_PROGRESS
    )
    layout = models.JSONField()
    page = models.PositiveSmallIntegerField(
        default=0, help_text="The page that is open where pages open one after the other."
    )
    started_at = models.DateTimeField(_("started"))
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    acts_at = models.DateTimeField(null=True, blank=True, db_index=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    graded_at = models.DateTimeField(_("graded"), null=True, blank=True)
    score = models.DecimalField(_("score"), max_digits=9, decimal_places=4, null=True, blank=True)
    max_score = models.DecimalField(_("out of"), max_digits=9, decimal_places=4)
    percent = models.DecimalField(
        _("percent"), max_digits=7, decimal_places=4, null=True, blank=True
    )
    passed = models.BooleanField(_("passed"), null=True, blank=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["-started_at"]
        permissions = [("mark_attempt", "Can mark attempt")]
        indexes = [models.Index(fields=["quiz", "participant", "submitted_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "participant"],
                condition=models.Q(state__in=("in_progress", "overdue")),
                name="quizzes_one_open_attempt",
            ),
            models.UniqueConstraint(
                fields=["quiz", "participant", "number"], name="quizzes_unique_attempt_number"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True)
                | (models.Q(score__gte=0) & models.Q(score__lte=models.F("max_score"))),
                name="quizzes_score_0_to_max",
            ),
            models.CheckConstraint(
                condition=(
                    models.Q(
                        state="finished",
                        submitted_at__isnull=False,
                        graded_at__isnull=False,
                        score__isnull=False,
                    )
                    | models.Q(
                        state__in=("submitted", "partly_graded"),
                        submitted_at__isnull=False,
                        graded_at__isnull=True,
                        score__isnull=True,
                    )
                    | models.Q(
                        state__in=("in_progress", "overdue", "abandoned"),
                        submitted_at__isnull=True,
                        graded_at__isnull=True,
                        score__isnull=True,
                    )
                ),
                name="quizzes_finished_means_scored",
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_at__isnull=True)
                | models.Q(submitted_at__gte=models.F("started_at")),
                name="quizzes_submitted_after_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.quiz}, attempt {self.number}"


class AnswerStep(models.Model):
    """One line of an answer's history. Lines are added, never changed.

    `item_id` is the item's id in the version's paper; `response` is the list of the
    chosen option ids. The summaries are kept as text, so that a report can be read
    when the question no longer exists.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="steps")
    item_id = models.UUIDField()
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind)
    response = models.JSONField(default=list)
    response_summary = models.TextField(blank=True)
    right_answer_summary = models.TextField(blank=True)
    fraction = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    client = models.UUIDField(null=True)
    client_seq = models.PositiveBigIntegerField(null=True)
    client_key = models.UUIDField(null=True)

    class Meta:
        verbose_name = _("answer step")
        verbose_name_plural = _("answer steps")
        ordering = ["attempt", "item_id", "sequence"]
        indexes = [models.Index(fields=["item_id"], name="quizzes_steps_of_a_question")]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "item_id", "sequence"], name="quizzes_unique_step"
            ),
            models.UniqueConstraint(
                fields=["attempt", "client_key"], name="quizzes_each_request_saves_once"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=("saved", "checked"), fraction__isnull=True)
                | models.Q(
                    kind__in=("graded", "marked", "regraded"), fraction__gte=0, fraction__lte=1
                ),
                name="quizzes_only_graded_steps_have_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.item_id}/{self.sequence}"
