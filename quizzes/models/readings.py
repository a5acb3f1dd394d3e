from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, Page

from quizzes.models.bank import Question


class QuestionReading(Orderable):
    """A page that teaches what the question asks: told to whoever has missed it.

    It is not part of a published version: where to read is told as it is now.
    """

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="readings")
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name=_("lesson or module")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("page to read again")
        verbose_name_plural = _("pages to read again")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "page"], name="quizzes_unique_question_reading"
            ),
        ]

    def __str__(self) -> str:
        return str(self.page)
