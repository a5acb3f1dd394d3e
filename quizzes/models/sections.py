"""What a quiz asks: sections of fixed questions, and of questions drawn for each attempt."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.models import Tag
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
    """So many questions, drawn anew for each attempt.

    They come from a category, or bear a tag; with both, they do both.
    """

    section = ParentalKey(QuizSection, on_delete=models.CASCADE, related_name="draws")
    category = models.ForeignKey(
        QuestionCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="draws",
        verbose_name=_("category"),
    )
    tag = models.ForeignKey(
        Tag,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tag"),
        limit_choices_to={
            "taggit_taggeditem_items__content_type__app_label": "quizzes",
            "taggit_taggeditem_items__content_type__model": "question",
        },
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
            models.CheckConstraint(
                condition=models.Q(category__isnull=False) | models.Q(tag__isnull=False),
                name="quizzes_draw_from_category_or_tag",
                violation_error_message=_("Say from which category or tag questions are drawn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count} x {', '.join(str(one) for one in (self.category, self.tag) if one)}"


class QuizBand(Orderable):
    """What is said to those who reached so much of the score."""

    quiz = ParentalKey(Quiz, on_delete=models.CASCADE, related_name="bands")
    from_percent = models.DecimalField(
        _("from (%)"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )
    text = RichTextField(_("what is said"), features=FEEDBACK_FEATURES)

    class Meta(Orderable.Meta):
        verbose_name = _("band of feedback")
        verbose_name_plural = _("bands of feedback")
        constraints = [
            models.UniqueConstraint(fields=["quiz", "from_percent"], name="quizzes_unique_band"),
            models.CheckConstraint(
                condition=models.Q(from_percent__gte=0) & models.Q(from_percent__lte=100),
                name="quizzes_band_0_to_100",
                violation_error_message=_("A band begins between 0 and 100 %."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_percent} %"
