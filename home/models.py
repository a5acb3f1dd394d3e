from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult


class HomePage(Page):
    """The public front door: what Sojourn is for, and where to sign in."""

    lead = models.CharField(_("lead"), max_length=300, blank=True)
    body = RichTextField(_("text"), blank=True, features=["h2", "bold", "italic", "ul", "link"])

    template = "home/home_page.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["modules.CataloguePage", "modules.GuidesPage"]
    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find pages at the addresses of the originals, in whatever language they are read.

        An address of a translation leads to its original, which is then read in the words
        of the reader's language.
        """
        own = [root for root in Site.get_site_root_paths() if root.root_path == self.url_path]
        if not path_components or any(one.language_code == settings.LANGUAGE_CODE for one in own):
            return super().route(request, path_components)
        first = (
            HomePage.objects.live()
            .filter(
                translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
            )
            .first()
        )
        if first is None:
            return super().route(request, path_components)
        try:
            return first.route(request, path_components)
        except Http404:
            found = super().route(request, path_components)
            told = found.page.get_translation_or_none(first.locale)
            if told is None or not told.live:
                return found
            return RouteResult(told.specific, found.args, found.kwargs)

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")
