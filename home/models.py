from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page


class HomePage(Page):
    """The public front door: what Sojourn is for, and where to sign in."""

    lead = models.CharField(_("lead"), max_length=300, blank=True)
    body = RichTextField(_("text"), blank=True, features=["h2", "bold", "italic", "ul", "link"])

    template = "home/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["modules.CataloguePage", "modules.GuidesPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
