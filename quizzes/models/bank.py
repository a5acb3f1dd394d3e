"""The question bank. Keys live here, never in a page, a revision or a snippet."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from taggit.managers import TaggableManager
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from competence.models import Dimension
from quizzes.enums import AnswerForm, QuestionKind, QuestionStatus, Scoring

QUESTION_FEATURES = ["bold", "italic", "ol", "ul", "blockquote", "link", "image"]
FEEDBACK_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class QuestionCategory(models.Model):
    """A drawer of the bank. A slash in the name makes it a drawer in a drawer."""

    name = models.CharField(
        _("name"),
        max_length=200,
        unique=True,
        help_text=_("A slash makes a sub-category, such as “Communication/Seminars”."),
    )
    groups = models.ManyToManyField(
        "auth.Group",
        blank=True,
        related_name="+",
        verbose_name=_("kept to groups"),
        help_text=_(
            "Nobody else sees these questions, or those of sub-categories, but administrators. "
            "Tick none, and everybody sees them who works in the question bank."
        ),
    )

    class Meta:
        verbose_name = _("question category")
        verbose_name_plural = _("question categories")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Question(ClusterableModel):
    """One entry of the bank, as its author last saved it.

    A published quiz keeps its own frozen copy (`QuizVersion.paper`), so a change
    here reaches participants only when the quiz is published again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("name"), max_length=200, help_text=_("For authors only; participants never see it.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind)
    category = models.ForeignKey(
        QuestionCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("category"),
    )
    stem = RichTextField(_("question"), features=QUESTION_FEATURES)
    scoring = models.CharField(
        _("scoring"),
        max_length=24,
        choices=Scoring,
        default=Scoring.ALL_OR_NOTHING,
        help_text=_("For multiple choice, matching, ordering and gaps."),
    )
    form = models.CharField(
        _("form"), max_length=10, choices=AnswerForm, default=AnswerForm.USUAL, blank=True
    )
    case_matters = models.BooleanField(_("capital letters matter"), default=False)
    accents_matter = models.BooleanField(_("accents matter"), default=False)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    min_words = models.PositiveIntegerField(_("fewest words"), null=True, blank=True)
    max_words = models.PositiveIntegerField(
        _("most words"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    hints = models.TextField(
        _("hints"),
        blank=True,
        help_text=_("One a line. Participants open them while they answer; they cost nothing."),
    )
    recording = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("audio or video"),
    )
    captions = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("captions (.vtt)"),
    )
    transcript = models.TextField(_("transcript"), blank=True)
    feedback = RichTextField(
        _("general feedback"),
        blank=True,
        features=FEEDBACK_FEATURES,
        help_text=_("Shown to everybody after the quiz, whatever they answered."),
    )
    default_mark = models.DecimalField(
        _("marks"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    note = models.TextField(_("author's note"), blank=True)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=QuestionStatus,
        default=QuestionStatus.READY,
        help_text=_(
            "A draft cannot be published. A hidden question is no longer offered for new quizzes."
        ),
    )
    tags = TaggableManager(verbose_name=_("tags"), blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(default_mark__gt=0),
                name="quizzes_question_mark_positive",
                violation_error_message=_("A question is worth more than 0 marks."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Option(Orderable):
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="options")
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = RichTextField(_("text"), blank=True, features=["bold", "italic", "image"])
    weight = models.DecimalField(
        _("weight"),
        max_digits=4,
        decimal_places=3,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
        help_text=_("1 for a right answer, 0 for a wrong one, a share between for a judgement."),
    )
    feedback = RichTextField(_("feedback"), blank=True, features=FEEDBACK_FEATURES)

    class Meta(Orderable.Meta):
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gte=0) & models.Q(weight__lte=1),
                name="quizzes_option_weight_0_to_1",
                violation_error_message=_("A weight lies between 0 and 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.sort_order}"


class QuestionDimension(Orderable):
    """How much a question says about a dimension of competence."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="dimensions")
    dimension = models.ForeignKey(
        Dimension, on_delete=models.PROTECT, related_name="+", verbose_name=_("dimension")
    )
    weight = models.DecimalField(_("weight"), max_digits=4, decimal_places=2, default=Decimal(1))

    class Meta(Orderable.Meta):
        verbose_name = _("competence dimension")
        verbose_name_plural = _("competence dimensions")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "dimension"], name="quizzes_unique_question_dimension"
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0), name="quizzes_dimension_weight_positive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.dimension)

    def clean(self) -> None:
        super().clean()
        if self.weight <= 0:
            words = _("Give the dimension a weight of more than 0, or take it out.")
            raise ValidationError({"weight": words})
