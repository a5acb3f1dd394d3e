from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from library.fields import StreamField
from modules.blocks import LessonBlock


class LessonPage(Page):
    """One sitting of reading and doing, one step of its module's outline."""

    summary = models.CharField(_("summary"), max_length=300, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes it takes"), default=10, validators=[MinValueValidator(1)]
    )
    body = StreamField(LessonBlock(), verbose_name=_("content"))

    template = "modules/lesson_page.html"
    parent_page_types = [
        "modules.TrainingSessionPage",
        "modules.WorkshopPage",
        "modules.ImmersionPreparationPage",
    ]
    subpage_types: list[str] = []

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("minutes"),
        FieldPanel("body"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
