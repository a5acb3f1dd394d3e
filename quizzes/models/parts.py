"""What questions are made of besides options. Keys live here, too."""

from decimal import Decimal
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from competence.models import Dimension
from quizzes.models.bank import FEEDBACK_FEATURES, Question


class MatchingPair(Orderable):
    """A prompt and its match. Without a prompt the match only distracts."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="pairs")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    # What a page calls the match, so that its name says nothing about its prompt.
    choice_uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    prompt = RichTextField(
        _("prompt"),
        blank=True,
        features=["bold", "italic", "image"],
        help_text=_("Leave it empty for a match that fits nothing."),
    )
    match = models.CharField(_("match"), max_length=300)
    feedback = RichTextField(_("feedback"), blank=True, features=FEEDBACK_FEATURES)

    class Meta(Orderable.Meta):
        verbose_name = _("pair")
        verbose_name_plural = _("pairs")

    def __str__(self) -> str:
        return self.match


class AcceptedAnswer(Orderable):
    """A written answer and what it earns; of a gap text in one of its gaps."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="accepted")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    text = models.CharField(_("answer"), max_length=500)
    fraction = models.DecimalField(
        _("worth"),
        max_digits=6,
        decimal_places=5,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
        help_text=_("1 for a right answer, 0 for a wrong one that you want to comment on."),
    )
    gap = models.PositiveSmallIntegerField(
        _("gap"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("For a gap text: the number of the gap."),
    )
    tolerance = models.DecimalField(
        _("tolerance"),
        max_digits=18,
        decimal_places=9,
        default=Decimal(0),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("For a number: how far away is still right."),
    )
    feedback = RichTextField(_("feedback"), blank=True, features=FEEDBACK_FEATURES)

    class Meta(Orderable.Meta):
        verbose_name = _("accepted answer")
        verbose_name_plural = _("accepted answers")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(fraction__gte=0) & models.Q(fraction__lte=1),
                name="quizzes_answer_worth_0_to_1",
                violation_error_message=_("An answer is worth between 0 and 1."),
            ),
            models.CheckConstraint(
                condition=models.Q(tolerance__gte=0),
                name="quizzes_tolerance_not_negative",
                violation_error_message=_("A tolerance is 0 or more."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Statement(Orderable):
    """One line of a Likert set. Its scale are the question's options."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="statements")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    text = models.CharField(_("statement"), max_length=500)
    is_reversed = models.BooleanField(
        _("reversed"),
        default=False,
        help_text=_("Agreeing means less of the dimension, not more."),
    )
    dimension = models.ForeignKey(
        Dimension,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dimension"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self) -> str:
        return self.text


class RubricRow(Orderable):
    """One thing that a trainer looks at in an open answer."""

    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="rubric")
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(_("what is looked at"), max_length=200)
    levels = models.TextField(
        _("levels"),
        help_text=_("One level a line, the lowest first. The lowest earns 0, the highest all."),
    )
    weight = models.DecimalField(_("weight"), max_digits=4, decimal_places=2, default=Decimal(1))
    dimension = models.ForeignKey(
        Dimension,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dimension"),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("rubric row")
        verbose_name_plural = _("rubric rows")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gt=0),
                name="quizzes_rubric_weight_positive",
                violation_error_message=_("A row counts for more than 0."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def level_lines(self) -> list[str]:
        return [line.strip() for line in self.levels.splitlines() if line.strip()]

    def clean(self) -> None:
        super().clean()
        if len(self.level_lines) < 2:  # noqa: PLR2004  one level tells nothing apart.
            words = _("Write at least two levels, one a line, the lowest first.")
            raise ValidationError({"levels": words})
