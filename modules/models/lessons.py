from collections.abc import Iterable, Sequence
from typing import Self, cast

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.compat import HTTPMethod
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from library.fields import StreamField
from modules.blocks import LessonBlock
from modules.models.modules import ModulePage, ModuleQuiz
from modules.models.reviewing import ReviewedPage


class LessonQuerySet(PageQuerySet):
    def readable_in(self, modules: Iterable[ModulePage]) -> Self:
        """The published lessons of these modules in the tree's order, their content deferred."""
        below = models.Q(pk__in=[])
        for module in modules:
            ends = module.path + "0" * module.steplen, module.path + "Z" * module.steplen
            below |= models.Q(path__range=ends, depth=module.depth + 1)
        return self.live().filter(below).defer("body").order_by("path")


class LessonPage(ReviewedPage):
    """One sitting of reading and doing, one step of its module's outline."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=10, validators=[MinValueValidator(1)]
    )
    body = StreamField(LessonBlock(), verbose_name=_("content"))

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
        FieldPanel("minutes"),
        FieldPanel("body"),
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

    @cached_property
    def module(self) -> ModulePage:
        parent = self.get_parent()
        return parent if isinstance(parent, ModulePage) else cast("ModulePage", parent.modulepage)

    @cached_property
    def neighbours(self) -> Sequence["LessonPage"]:
        """The module's published lessons in order, this one among them if it is published."""
        return list(LessonPage.objects.readable_in([self.module]))

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
