"""What a quiz asks: sections of fixed questions, and of questions drawn for each attempt."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from quizzes.models.bank import FEEDBACK_FEATURES, Question, QuestionCategory
from quizzes.models.quizzes import Quiz


class QuizSection(ClusterableModel, Orderable):
    """A part of a quiz; fixed questions stand before drawn ones. Its heading may be empty."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="sections")
    heading = models.CharField(_("heading"), max_length=200, blank=True)
    introduction = RichTextField(
        _("introduction"),
        blank=True,
        features=FEEDBACK_FEATURES,
        help_text=_("Stands above each page of the section, such as a case to read."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def __str__(self) -> str:
        return self.heading or f"{self.quiz}: {self.sort_order}"


class QuizItem(Orderable):
    """A question that everybody gets who takes the quiz."""

    section = ParentalKey(QuizSection, on_delete=models.CASCADE, related_name="items")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="quiz_items", verbose_name=_("question")
    )

    class Meta(Orderable.Meta):
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(
                fields=["section", "question"], name="quizzes_question_once_in_a_section"
            ),
        ]

    def __str__(self) -> str:
        return str(self.question)


class QuizDraw(Orderable):
    """So many questions of a category, drawn anew for each attempt."""

    section = ParentalKey(QuizSection, on_delete=models.CASCADE, related_name="draws")
    category = models.ForeignKey(
        QuestionCategory,
        on_delete=models.PROTECT,
        related_name="draws",
        verbose_name=_("category"),
    )
    count = models.PositiveSmallIntegerField(
        _("how many"), default=1, validators=[MinValueValidator(1)]
    )

    class Meta(Orderable.Meta):
        verbose_name = _("random draw")
        verbose_name_plural = _("random draws")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(count__gte=1),
                name="quizzes_draw_at_least_one",
                violation_error_message=_("Draw at least one question."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} x {self.category}"
