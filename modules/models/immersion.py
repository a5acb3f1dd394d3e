from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from library.fields import StreamField
from modules.blocks.judging import RubricBlock, rubric_rows
from modules.enums import TaskEvidence, TaskKind
from modules.models.lessons import LessonPage
from modules.models.reviewing import ReviewedPage
from quizzes.parts import RubricRow


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

    words: ClassVar[tuple[str, ...]] = (*LessonPage.words, "rubric")
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

    @property
    def rubric_rows(self) -> tuple[RubricRow, ...]:
        return rubric_rows(self.rubric)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.is_task = True
        super().full_clean(*args, **kwargs)
