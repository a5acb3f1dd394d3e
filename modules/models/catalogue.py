from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from modules.models.access import SignedInPage, close_to_visitors, open_to_trainers
from modules.models.lessons import LessonPage
from modules.models.modules import ModulePage


class CataloguePage(SignedInPage):
    """All modules, for the signed-in reader to choose from."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

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

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Route to modules and lessons with one query for each level below.

        Wagtail's own way takes two for each and loads every lesson's content again.
        """
        if not path_components:
            return super().route(request, path_components)
        module = ModulePage.objects.child_of(self).filter(slug=path_components[0]).first()
        if module is None:
            raise Http404
        setattr(module, "_cached_parent_obj", self)  # noqa: B010  treebeard's own cache of parents.
        if len(path_components) == 1:
            return module.specific.route(request, [])
        lessons = list(LessonPage.objects.readable_in([module]))
        lesson = next((one for one in lessons if one.slug == path_components[1]), None)
        if lesson is None or len(path_components) > 2:  # noqa: PLR2004  nothing stands below.
            raise Http404
        lesson.place(module, lessons)
        return RouteResult(lesson)
