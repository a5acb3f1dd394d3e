from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from competence.naming import names_of
from library.fields import StreamField
from modules.blocks.judging import RubricBlock, TaskRow, dimensions_of, rubric_rows
from modules.enums import TaskEvidence, TaskKind
from modules.models.lessons import LessonPage
from modules.models.reviewing import ReviewedPage


class ImmersionTaskPage(LessonPage):
    """Something to do out in the world and to hand in; a trainer accepts it or asks again."""

    task_kind = models.CharField(_("kind of task"), max_length=20, choices=TaskKind)
    evidence = models.CharField(
        _("what is handed in"),
        max_length=10,
        choices=TaskEvidence,
        default=TaskEvidence.TEXT,
    )
    rubric = StreamField(
        RubricBlock(),
        blank=True,
        verbose_name=_("rubric"),
        help_text=_("What a trainer looks at. Participants see it before they hand in."),
    )

    # Named here, so that a translation comes with its rubric: see `rubric_rows`.
    words: ClassVar[tuple[str, ...]] = LessonPage.words
    template = "modules/lesson_page.html"
    parent_page_types = ["modules.ImmersionPreparationPage"]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("minutes"),
        MultiFieldPanel(
            [FieldPanel("task_kind"), FieldPanel("evidence"), FieldPanel("rubric")],
            heading=_("Task"),
        ),
        *ReviewedPage.review_panels,
    ]

    class Meta:
        verbose_name = _("immersion task")
        verbose_name_plural = _("immersion tasks")

    @cached_property
    def rubric_rows(self) -> tuple[TaskRow, ...]:
        """In the reader's words, about what the original says: one query if that is anything."""
        dimensions = dimensions_of(self.rubric)
        rubric = self.told_by.rubric if self.told_by else self.rubric
        return rubric_rows(rubric, dimensions=dimensions, names=names_of(dimensions.values()))

    @property
    def trains_dimensions(self) -> bool:
        """Whether a row of the rubric is about a dimension of competence."""
        return any(row.dimension for row in self.rubric_rows)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.is_task = True
        super().full_clean(*args, **kwargs)
