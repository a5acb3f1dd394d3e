import uuid
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from exchanges.enums import ActivityType, Audience, StayForm
from exchanges.models import Institution, Office, Programme
from modules.enums import Phase
from modules.models import ImmersionTaskPage, ModulePage
from quizzes.models import Quiz
from readiness.enums import (
    ApprovingRole,
    CountingAttempt,
    DeclarationKind,
    DoneWhen,
    DueEvent,
    RequirementKind,
    Strength,
)


class RequirementSet(ClusterableModel):
    """What is asked of the placements that match everything it names; empty matches all.

    The fields and lines are what is being written. What holds is the newest
    `RequirementSetVersion` whose day has come.
    """

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
    activity_type = models.CharField(
        _("type of mobility"),
        max_length=24,
        choices=ActivityType,
        blank=True,
        help_text=_("Empty for every type."),
    )
    country = CountryField(
        _("destination country"), blank=True, help_text=_("Empty for every country.")
    )
    host = models.ForeignKey(
        Institution,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requirement_sets",
        verbose_name=_("host institution"),
        help_text=_("Empty for every host."),
    )
    office = models.ForeignKey(
        Office,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="requirement_sets",
        verbose_name=_("office"),
        help_text=_("This office and all below it. Empty for every office."),
    )
    stay_form = models.CharField(
        _("takes place"),
        max_length=10,
        choices=StayForm,
        blank=True,
        help_text=_("Empty for stays at the host and online."),
    )
    is_active = models.BooleanField(
        _("in force"),
        default=True,
        help_text=_("Untick and publish to ask for it no longer."),
    )

    class Meta:
        verbose_name = _("requirement set")
        verbose_name_plural = _("requirement sets")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Requirement(Orderable):
    """One line of a set, as it is being written; what holds stands in the set's versions.

    A module, quiz or task that has been deleted leaves an empty reference: the report
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
    task = models.ForeignKey(
        ImmersionTaskPage,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("immersion task"),
    )
    done_when = models.CharField(
        _("the task is done when"), max_length=10, choices=DoneWhen, blank=True
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
    due_event = models.CharField(
        _("due, counted from the day when"),
        max_length=12,
        choices=DueEvent,
        default=DueEvent.START,
    )
    offset_days = models.SmallIntegerField(
        _("days after it"),
        default=-28,
        help_text=_(
            "A minus sign means before: -28 is four weeks before. It is due at the end of "
            "that day where the office is."
        ),
    )
    counts = models.CharField(
        _("which attempt counts"),
        max_length=5,
        choices=CountingAttempt,
        blank=True,
        help_text=_("Empty for the quiz's own way."),
    )
    subject = models.CharField(
        _("name of the test, or what is signed off"), max_length=100, blank=True
    )
    role = models.CharField(_("signed off by"), max_length=14, choices=ApprovingRole, blank=True)
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
                condition=models.Q(kind__in=["module", "workshop"]) | models.Q(module__isnull=True),
                name="readiness_module_for_its_kinds_only",
                violation_error_message=_("Only a module or a workshop names a module."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["quiz", "self_assessment"])
                | models.Q(quiz__isnull=True),
                name="readiness_quiz_for_its_kinds_only",
                violation_error_message=_("Only a quiz or a self-assessment names a quiz."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="task") | models.Q(task__isnull=True),
                name="readiness_task_for_its_kind_only",
                violation_error_message=_("Only “task handed in or accepted” names a task."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="task") ^ models.Q(done_when=""),
                name="readiness_task_says_when_it_is_done",
                violation_error_message=_("Say when the task is done for a task, and only then."),
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
            models.CheckConstraint(
                condition=models.Q(kind="quiz") | models.Q(counts=""),
                name="readiness_counting_for_quizzes_only",
                violation_error_message=_("Only “quiz passed” says which attempt counts."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["external_result", "approval"]) ^ models.Q(subject=""),
                name="readiness_subject_named",
                violation_error_message=_(
                    "Name the test or what is signed off for these kinds, and only then."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(kind="approval") ^ models.Q(role=""),
                name="readiness_role_named",
                violation_error_message=_("Choose a role for a sign-off, and only then."),
            ),
            models.CheckConstraint(
                condition=models.Q(offset_days__range=(-730, 730)),
                name="readiness_due_within_two_years",
                violation_error_message=_("A deadline lies within two years of its event."),
            ),
        ]

    def __str__(self) -> str:
        named = self.module or self.quiz or self.task or self.declaration or self.subject
        return f"{self.get_kind_display()}: {named}"
