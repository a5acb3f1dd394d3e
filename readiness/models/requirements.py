import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from exchanges.enums import Audience
from exchanges.models import Programme
from modules.enums import Phase
from modules.models import ModulePage
from quizzes.models import Quiz
from readiness.enums import DeclarationKind, RequirementKind, Strength


class RequirementSet(ClusterableModel):
    """What must be done before departure, for a programme and an audience or for all."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    programme = models.ForeignKey(
        Programme,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requirement_sets",
        verbose_name=_("programme"),
        help_text=_("Empty for every programme."),
    )
    audience = models.CharField(
        _("audience"),
        max_length=10,
        choices=Audience,
        blank=True,
        help_text=_("Empty for everybody."),
    )
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("requirement set")
        verbose_name_plural = _("requirement sets")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Requirement(Orderable):
    """One line of a set. `due` is the first day of the stay minus `days_before`.

    A module or quiz that has been deleted leaves an empty reference: the report
    calls that misconfigured and blames nobody for it.
    """

    requirement_set = ParentalKey(
        RequirementSet, on_delete=models.CASCADE, related_name="requirements"
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=RequirementKind)
    module = models.ForeignKey(
        ModulePage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("module"),
    )
    quiz = models.ForeignKey(
        Quiz,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quiz"),
    )
    min_percent = models.DecimalField(
        _("at least (%)"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
        help_text=_("Empty for the quiz's own pass mark."),
    )
    declaration = models.CharField(
        _("declaration"), max_length=20, choices=DeclarationKind, blank=True
    )
    strength = models.CharField(
        _("strength"), max_length=10, choices=Strength, default=Strength.SHALL
    )
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.BEFORE)
    days_before = models.PositiveSmallIntegerField(
        _("days before the stay starts"),
        default=28,
        help_text=_(
            "The last day to do it. What belongs to the stay itself is due on its last day, "
            "what belongs to the return eight weeks after it."
        ),
    )
    needs_verification = models.BooleanField(
        _("the office verifies it"),
        default=False,
        help_text=_("For declarations: the tick counts once a coordinator has confirmed it."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(min_percent__isnull=True)
                | (models.Q(min_percent__gte=0) & models.Q(min_percent__lte=100)),
                name="readiness_min_percent_0_to_100",
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="declaration") ^ models.Q(declaration=""),
                name="readiness_declaration_named",
                violation_error_message=_("Name the declaration for a declaration, and only then."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="module") | models.Q(module__isnull=True),
                name="readiness_module_for_its_kind_only",
                violation_error_message=_("Only “module completed” names a module."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["quiz", "self_assessment"])
                | models.Q(quiz__isnull=True),
                name="readiness_quiz_for_its_kinds_only",
                violation_error_message=_("Only a quiz or a self-assessment names a quiz."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="quiz") | models.Q(min_percent__isnull=True),
                name="readiness_percent_for_quizzes_only",
                violation_error_message=_("Only “quiz passed” asks for a percentage."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="declaration") | models.Q(needs_verification=False),
                name="readiness_verify_declarations_only",
                violation_error_message=_("Only a declaration can be verified by the office."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.module or self.quiz or self.declaration}"
