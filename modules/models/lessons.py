from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self, cast

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.compat import HTTPMethod
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from library.fields import StreamField
from modules.blocks import LessonBlock
from modules.enums import LESSON_RULES, RULES_OF_CHECKS, StepRule
from modules.languages import other_language, paired
from modules.measuring import Measured, measure_content
from modules.models.modules import ModulePage, ModuleQuiz
from modules.models.reviewing import ReviewedPage


class LessonQuerySet(PageQuerySet):
    def readable_in(self, modules: Iterable[ModulePage]) -> Self:
        """The published lessons of these modules in the tree's order, their content deferred.

        Where somebody reads another language than the site's, their published translations
        into it come as well, from elsewhere in the tree.
        """
        below = models.Q(pk__in=[])
        for module in modules:
            ends = module.path + "0" * module.steplen, module.path + "Z" * module.steplen
            below |= models.Q(path__range=ends, depth=module.depth + 1)
        if language := other_language():
            keys = self.model._default_manager.filter(below).values("translation_key")
            below |= models.Q(locale__language_code=language, translation_key__in=keys)
        return self.live().filter(below).defer("body").order_by("path")


class LessonPage(ReviewedPage):
    """One sitting of reading and doing, one step of its module's outline."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leave it empty, and they are counted from words, recordings and exercises."),
    )
    minutes_counted = models.PositiveSmallIntegerField(default=0, editable=False)
    rule = models.CharField(
        _("done when"),
        max_length=10,
        choices=[(rule.value, rule.label) for rule in LESSON_RULES],
        default=StepRule.READ,
    )
    is_extra = models.BooleanField(
        _("extra: may be skipped"),
        default=False,
        help_text=_(
            "Stands in the outline and can be done at any time, but does not count: not for "
            "completing the module, nor for its minutes, its percentage or the next step."
        ),
    )
    tick_ids = models.JSONField(default=list, editable=False)
    check_ids = models.JSONField(default=list, editable=False)
    prompt_ids = models.JSONField(default=list, editable=False)
    # Set by the kind's class, so that lists tell them apart without loading the specific page.
    is_task = models.BooleanField(default=False, editable=False)
    body = StreamField(LessonBlock(), verbose_name=_("content"))

    # The content is drawn from the translation itself, and read only where it is needed.
    words: ClassVar[tuple[str, ...]] = ("title", "summary")

    objects = PageManager.from_queryset(LessonQuerySet)()

    template = "modules/lesson_page.html"
    parent_page_types = [
        "modules.TrainingSessionPage",
        "modules.WorkshopPage",
        "modules.ImmersionPreparationPage",
    ]
    subpage_types: list[str] = []
    allowed_http_methods = [HTTPMethod.GET, HTTPMethod.HEAD, HTTPMethod.POST, HTTPMethod.OPTIONS]

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("rule"),
                FieldPanel("is_extra"),
                FieldPanel("minutes"),
                HelpPanel(template="modules/authoring/minutes.html"),
            ],
            heading=_("As a step of its module"),
        ),
        *ReviewedPage.review_panels,
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(is_task=True, is_extra=True),
                name="modules_no_task_is_an_extra",
                violation_error_message=_("A task is handed in, so it cannot be an extra."),
            ),
        ]

    @property
    def duration(self) -> int:
        """Minutes: the author's word, or else what was counted."""
        return self.minutes or self.minutes_counted or 1

    @property
    def rule_in_force(self) -> StepRule:
        """The author's rule, or reading where the content has nothing that the rule asks for.

        A task is done when a trainer has accepted what was handed in.
        """
        if self.is_task:
            return StepRule.ACCEPTED
        rule = StepRule(self.rule)
        lacks_checks = rule in RULES_OF_CHECKS and not self.check_ids
        lacks_points = rule == StepRule.TICKED and not self.tick_ids
        lacks_prompts = rule == StepRule.REFLECTED and not self.prompt_ids
        return StepRule.READ if lacks_checks or lacks_points or lacks_prompts else rule

    def measured(self) -> Measured:
        """Count what the content of this object takes and asks for.

        Looking at a checklist gives its points the ids by which ticks name them.
        """
        for place, stored in enumerate(self.body.raw_data):
            if stored["type"] == "checklist":
                self.body[place]
        return measure_content(self.body.stream_block, self.body.get_prep_value())

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        found = self.measured()
        self.minutes_counted = found.minutes
        self.tick_ids = list(found.tick_ids)
        self.check_ids = list(found.check_ids)
        self.prompt_ids = list(found.prompt_ids)
        super().full_clean(*args, **kwargs)

    @cached_property
    def module(self) -> ModulePage:
        parent = self.get_parent()
        return parent if isinstance(parent, ModulePage) else cast("ModulePage", parent.modulepage)

    @cached_property
    def neighbours(self) -> Sequence["LessonPage"]:
        """The module's published lessons in order, this one among them if it is published."""
        return paired(LessonPage.objects.readable_in([self.module]), self.module.path)

    @cached_property
    def module_quizzes(self) -> Sequence[ModuleQuiz]:
        """The published quizzes of the module in order."""
        return list(ModuleQuiz.objects.takeable().filter(module=self.module.pk))

    def place(
        self,
        module: ModulePage,
        lessons: Sequence["LessonPage"],
        quizzes: Sequence[ModuleQuiz],
    ) -> None:
        """Tell a lesson what is known of its surroundings, so that nothing is read twice."""
        setattr(self, "_cached_parent_obj", module)  # noqa: B010  treebeard's own cache.
        self.module = module
        self.neighbours = lessons
        self.module_quizzes = quizzes
