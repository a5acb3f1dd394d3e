import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models import User
from quizzes.enums import RegradeKind, RegradeState
from quizzes.models.attempts import Attempt
from quizzes.models.quizzes import Quiz, QuizVersion


class Regrade(models.Model):
    """Judging the attempts of one version by another one's key: planned, then carried out.

    `to_version` of a ruling is made when the regrade is carried out. What each attempt
    got is in `lines`; attempts whose result stays have none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="regrades")
    kind = models.CharField(_("kind"), max_length=12, choices=RegradeKind)
    from_version = models.ForeignKey(
        QuizVersion, on_delete=models.CASCADE, related_name="regrades_away"
    )
    to_version = models.ForeignKey(
        QuizVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="regrades_here"
    )
    item_id = models.UUIDField(null=True, blank=True)
    reason = models.TextField(
        _("reason"), help_text=_("Participants whose result changes read this.")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RegradeState, default=RegradeState.PLANNED
    )
    looked_at = models.PositiveIntegerField(_("attempts"), default=0)
    planned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(_("planned"))
    committed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    committed_at = models.DateTimeField(_("begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("regrade")
        verbose_name_plural = _("regrades")
        ordering = ["-planned_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="new_key", item_id__isnull=True, to_version__isnull=False)
                | (~models.Q(kind="new_key") & models.Q(item_id__isnull=False)),
                name="quizzes_a_ruling_names_its_question",
            ),
            models.CheckConstraint(
                condition=models.Q(state="planned", committed_by__isnull=True)
                | models.Q(
                    ~models.Q(state="planned"),
                    committed_by__isnull=False,
                    committed_at__isnull=False,
                    to_version__isnull=False,
                ),
                name="quizzes_somebody_carries_a_regrade_out",
            ),
            models.CheckConstraint(
                condition=models.Q(state="done", finished_at__isnull=False)
                | (~models.Q(state="done") & models.Q(finished_at__isnull=True)),
                name="quizzes_a_done_regrade_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quiz}: {self.get_kind_display()}"


class RegradeLine(models.Model):
    """What a regrade does to one attempt, or why it leaves it alone (`refusal`)."""

    regrade = models.ForeignKey(Regrade, on_delete=models.CASCADE, related_name="lines")
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="regrade_lines")
    refusal = models.TextField(blank=True)
    old_score = models.DecimalField(max_digits=9, decimal_places=4)
    new_score = models.DecimalField(max_digits=9, decimal_places=4)
    old_percent = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    new_percent = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    old_passed = models.BooleanField(null=True)
    new_passed = models.BooleanField(null=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("regraded attempt")
        verbose_name_plural = _("regraded attempts")
        ordering = ["regrade", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["regrade", "attempt"], name="quizzes_one_line_for_an_attempt"
            ),
            models.CheckConstraint(
                condition=models.Q(refusal="") | models.Q(applied_at__isnull=True),
                name="quizzes_a_refused_attempt_stays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.old_score} -> {self.new_score}"
