from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from modules.models.access import (
    SignedInPage,
    close_to_visitors,
    have_read_by_lead_trainers,
    open_to_trainers,
)


class CataloguePage(SignedInPage):
    """All modules, for the signed-in reader to choose from."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    words: ClassVar[tuple[str, ...]] = ("title", "introduction")

    template = "modules/catalogue_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "modules.TrainingSessionPage",
        "modules.WorkshopPage",
        "modules.ImmersionPreparationPage",
    ]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("catalogue of modules")
        verbose_name_plural = _("catalogues of modules")

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            close_to_visitors(self)
            open_to_trainers(self)
            have_read_by_lead_trainers(self)
