from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.quizzes import QuizVersion


class StoredAnalysis(models.Model):
    """An analysis that has been reckoned, kept so that its page opens quickly.

    `asked` says which attempts were looked at, `basis` what there was to look at then:
    when the basis has changed, the figures are old. The row is a cache and may go.
    """

    version = models.ForeignKey(QuizVersion, on_delete=models.CASCADE, related_name="analyses")
    asked = models.CharField(max_length=120)
    basis = models.CharField(max_length=200)
    figures = models.JSONField()
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        ordering = ["-computed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "asked"], name="quizzes_one_analysis_of_a_selection"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.asked}"
