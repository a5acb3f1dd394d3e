from django.db import models
from django.utils.translation import gettext_lazy as _

from quizzes.models.quizzes import Quiz


class QuizPair(models.Model):
    """Two quizzes, or two sittings of one, that measure the same people before and after."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    before = models.ForeignKey(
        Quiz, on_delete=models.PROTECT, related_name="pairs_before", verbose_name=_("before")
    )
    after = models.ForeignKey(
        Quiz,
        on_delete=models.PROTECT,
        related_name="pairs_after",
        verbose_name=_("after"),
        help_text=_("The same quiz again, or another one about the same dimensions."),
    )

    class Meta:
        verbose_name = _("pair of quizzes")
        verbose_name_plural = _("pairs of quizzes")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["before", "after"],
                name="quizzes_unique_pair",
                violation_error_message=_("These two quizzes are a pair already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
