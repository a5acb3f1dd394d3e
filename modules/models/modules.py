from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from competence.models import Dimension
from exchanges.enums import Audience
from library.formsets import OncePanel
from modules.enums import ModuleKind, Phase
from modules.models.reviewing import ReviewedPage
from modules.needing import NeedsPanel
from quizzes.enums import Purpose
from quizzes.models import Quiz

REVIEWS = frozenset({Purpose.PRACTICE, Purpose.GRADED})
"""What a short review can be; graded where an office makes it a requirement."""


class ModuleQuerySet(PageQuerySet):
    def for_audience(self, audience: str) -> Self:
        return self.filter(**{f"for_{audience}": True})

    def for_destination(self, country: str) -> Self:
        """Modules for every destination, and those that name this country (alpha-2)."""
        anywhere = models.Q(destinations__isnull=True)
        return self.filter(anywhere | models.Q(destinations__country=country)).distinct()


class ModulePage(ReviewedPage):
    """What every module has, whatever its kind; authors create one of the kinds.

    `kind` is set by the kind's class, so that lists can filter and name it without
    loading the specific page. Records of progress point to `key`, which all
    translations of a module share.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=ModuleKind, editable=False)
    summary = models.CharField(
        _("summary"), max_length=300, help_text=_("Two sentences for the catalogue.")
    )
    objectives = RichTextField(
        _("objectives"),
        features=["ul", "bold", "italic"],
        help_text=_("What a participant can do afterwards, one line each."),
    )
    phase = models.CharField(_("phase"), max_length=10, choices=Phase, default=Phase.BEFORE)
    for_student = models.BooleanField(_("students"), default=True)
    for_faculty = models.BooleanField(_("faculty"), default=False)
    for_staff = models.BooleanField(_("staff"), default=False)
    is_sequential = models.BooleanField(
        _("steps in order"),
        default=False,
        help_text=_("Each step opens when those before it are done. Otherwise people choose."),
    )
    dimensions = ParentalManyToManyField(
        Dimension, blank=True, related_name="+", verbose_name=_("competence dimensions")
    )
    review_quiz = models.ForeignKey(
        Quiz,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reviewed_modules",
        verbose_name=_("quiz for short reviews"),
        help_text=_(
            "A practice quiz of about five questions, best drawn from a category. It is offered "
            "3, 10 and 24 days after the module was completed. People may leave it out."
        ),
    )

    objects = PageManager.from_queryset(ModuleQuerySet)()

    words: ClassVar[tuple[str, ...]] = ("title", "summary", "objectives")

    module_kind: ModuleKind | None = None

    is_creatable = False
    template = "modules/module_page.html"
    parent_page_types = ["modules.CataloguePage"]
    subpage_types = ["modules.LessonPage"]

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("objectives"),
        MultiFieldPanel(
            [
                FieldPanel("phase"),
                FieldRowPanel(
                    [
                        FieldPanel("for_student"),
                        FieldPanel("for_faculty"),
                        FieldPanel("for_staff"),
                    ],
                    heading=_("Audience"),
                ),
                FieldPanel("dimensions"),
            ],
            heading=_("For whom and when"),
        ),
        FieldPanel("is_sequential"),
        NeedsPanel(
            "prerequisites",
            twice=_("The same module stands twice. Take one out."),
            label=_("module"),
            heading=_("Needed first"),
            help_text=_("Modules that people complete before they begin this one."),
        ),
        OncePanel(
            "destinations",
            twice=_("The same country stands twice. Take one out."),
            label=_("destination country"),
            heading=_("Destination countries"),
            help_text=_("Leave empty for a module that fits every destination."),
        ),
        OncePanel(
            "module_quizzes",
            twice=_("The same quiz stands twice. Take one out."),
            label=_("quiz"),
            heading=_("Quizzes"),
            help_text=_("Taken after the lessons, in this order."),
        ),
        FieldPanel("review_quiz"),
        *ReviewedPage.review_panels,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("objectives"),
        index.FilterField("phase"),
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("module")
        verbose_name_plural = _("modules")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(for_student=True)
                | models.Q(for_faculty=True)
                | models.Q(for_staff=True),
                name="modules_at_least_one_audience",
                violation_error_message=_("Choose at least one audience."),
            ),
        ]

    @property
    def audiences(self) -> list[Audience]:
        return [audience for audience in Audience if getattr(self, f"for_{audience.value}")]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.module_kind:
            self.kind = self.module_kind
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not self.audiences:
            raise ValidationError({"for_student": _("Choose at least one audience.")})
        if self.review_quiz and self.review_quiz.purpose not in REVIEWS:
            raise ValidationError(
                {
                    "review_quiz": _(
                        "A short review has right answers. Choose a practice quiz, or a graded "
                        "one if a requirement names it."
                    )
                }
            )


class ModuleDestination(Orderable):
    module = ParentalKey(ModulePage, on_delete=models.CASCADE, related_name="destinations")
    country = CountryField(_("country"))

    panels = [FieldPanel("country")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["module", "country"], name="modules_unique_destination"
            ),
        ]

    def __str__(self) -> str:
        return str(self.country.name)


class ModulePrerequisite(Orderable):
    """A module that is completed before another one may be begun."""

    module = ParentalKey(ModulePage, on_delete=models.CASCADE, related_name="prerequisites")
    needed = models.ForeignKey(
        ModulePage, on_delete=models.CASCADE, related_name="needed_by", verbose_name=_("module")
    )

    panels = [FieldPanel("needed")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["module", "needed"], name="modules_unique_prerequisite"
            ),
            models.CheckConstraint(
                condition=~models.Q(module=models.F("needed")),
                name="modules_prerequisite_is_another_module",
                violation_error_message=_("A module cannot be needed before itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.needed.title


class ModuleQuizQuerySet(models.QuerySet["ModuleQuiz"]):
    def takeable(self) -> Self:
        """Links to published quizzes with the quiz itself, each module's in its order."""
        return (
            self.filter(quiz__live_version__isnull=False)
            .select_related("quiz")
            .order_by("module_id", "sort_order", "pk")
        )


class ModuleQuiz(Orderable):
    module = ParentalKey(ModulePage, on_delete=models.CASCADE, related_name="module_quizzes")
    quiz = models.ForeignKey(
        Quiz, on_delete=models.PROTECT, related_name="module_quizzes", verbose_name=_("quiz")
    )
    is_extra = models.BooleanField(
        _("extra: may be skipped"),
        default=False,
        help_text=_("Can be taken at any time, and does not count for the module."),
    )

    objects = ModuleQuizQuerySet.as_manager()

    panels = [FieldPanel("quiz"), FieldPanel("is_extra")]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["module", "quiz"], name="modules_unique_module_quiz"),
        ]

    def __str__(self) -> str:
        return str(self.quiz)
