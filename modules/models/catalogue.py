from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class CataloguePage(Page):
    """All modules, for the signed-in reader to choose from."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    template = "modules/catalogue_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "modules.TrainingSessionPage",
        "modules.WorkshopPage",
        "modules.ImmersionPreparationPage",
    ]
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = _("catalogue of modules")
        verbose_name_plural = _("catalogues of modules")
