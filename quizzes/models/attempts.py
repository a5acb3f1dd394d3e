import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from quizzes.enums import AttemptState, StepKind
from quizzes.models.quizzes import Quiz, QuizVersion


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def visible_to(self, user: User) -> Self:
        """Attempts that user may open as a participant: own ones only."""
        return self.filter(participant=user)

    def finished(self) -> Self:
        return self.filter(state=AttemptState.FINISHED)


class Attempt(models.Model):
    """One go of one participant at one published version of a quiz.

    `layout` keeps the order of questions and options that this participant sees:
    [{"item": item id, "options": [option id, ...]}, ...].
    `score` and `max_score` are marks; `percent` is their ratio times 100.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.PROTECT, related_name="attempts")
    version = models.ForeignKey(QuizVersion, on_delete=models.PROTECT, related_name="attempts")
    participant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveIntegerField(_("attempt"))
    state = models.CharField(
        _("state"), max_length=12, choices=AttemptState, default=AttemptState.IN_PROGRESS
    )
    layout = models.JSONField()
    started_at = models.DateTimeField(_("started"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
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
        indexes = [models.Index(fields=["quiz", "participant", "submitted_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["quiz", "participant"],
                condition=models.Q(state="in_progress"),
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
                    models.Q(state="finished", submitted_at__isnull=False, score__isnull=False)
                    | models.Q(state="in_progress", submitted_at__isnull=True, score__isnull=True)
                    | models.Q(state="abandoned")
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

    class Meta:
        verbose_name = _("answer step")
        verbose_name_plural = _("answer steps")
        ordering = ["attempt", "item_id", "sequence"]
        indexes = [models.Index(fields=["item_id"], name="quizzes_steps_of_a_question")]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "item_id", "sequence"], name="quizzes_unique_step"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="saved", fraction__isnull=True)
                | models.Q(kind="graded", fraction__gte=0, fraction__lte=1),
                name="quizzes_only_graded_steps_have_a_fraction",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}/{self.item_id}/{self.sequence}"
