from django.db import models
from django.utils.translation import gettext_lazy as _

from modules.review_days import REVIEW_DAYS
from people.models import User


class ReviewSkip(models.Model):
    """A participant's word that they leave out one of the short reviews of a module."""

    participant = models.ForeignKey(User, on_delete=models.PROTECT, related_name="review_skips")
    module_key = models.UUIDField(_("module"))
    number = models.PositiveSmallIntegerField(_("which of them"))
    skipped_at = models.DateTimeField(_("skipped"))

    class Meta:
        verbose_name = _("review left out")
        verbose_name_plural = _("reviews left out")
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "module_key", "number"], name="progress_unique_review_skip"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=len(REVIEW_DAYS)),
                name="progress_review_skip_is_one_of_three",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.number}"
