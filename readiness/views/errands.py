"""How far a deed for many people has got, and what it came to."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from readiness.models import Errand
from readiness.views.coordinating import DEPARTURES, HOME, STYLES, CoordinatorOnly

COUNTED = {
    "waived": ngettext_lazy(
        "Waived for %(count)s person.", "Waived for %(count)s people.", "count"
    ),
    "extended": ngettext_lazy(
        "%(count)s person has more time.", "%(count)s people have more time.", "count"
    ),
    "reminded": ngettext_lazy(
        "A letter to %(count)s person is on its way.",
        "Letters to %(count)s people are on their way.",
        "count",
    ),
    "written_today": ngettext_lazy(
        "%(count)s person had a letter within the last day, and gets no second one.",
        "%(count)s people had a letter within the last day, and get no second one.",
        "count",
    ),
    "nothing_open": ngettext_lazy(
        "%(count)s person has nothing to do now, and gets no letter.",
        "%(count)s people have nothing to do now, and get no letter.",
        "count",
    ),
    "moved": ngettext_lazy("Moved %(count)s person.", "Moved %(count)s people.", "count"),
    "there": ngettext_lazy(
        "%(count)s person is on that exchange already.",
        "%(count)s people are on that exchange already.",
        "count",
    ),
    "has_it": ngettext_lazy(
        "%(count)s person does not lack it, and stays as before.",
        "%(count)s people do not lack it, and stay as before.",
        "count",
    ),
    "changed": ngettext_lazy(
        "For %(count)s person nothing was done: things have changed meanwhile.",
        "For %(count)s people nothing was done: things have changed meanwhile.",
        "count",
    ),
}


class ErrandView(CoordinatorOnly, WagtailAdminTemplateMixin, TemplateView):
    """The reader's own errand; the page comes anew by itself until it is over."""

    template_name = "readiness/desk/errand.html"
    header_icon = "group"
    kwargs: dict[str, Any]

    @cached_property
    def errand(self) -> Errand:
        found: Errand = get_object_or_404(Errand, asked_by=self.user, uuid=self.kwargs["uuid"])
        return found

    def get_page_title(self) -> str:
        return self.errand.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        people = {"url": self.back, "label": _("People")}
        return [HOME, DEPARTURES, people, {"url": "", "label": self.errand.title}]

    @property
    def back(self) -> str:
        return self.errand.back or reverse("departures:people")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = self.errand.counts
        said = [
            words % {"count": counts[name]} for name, words in COUNTED.items() if counts.get(name)
        ]
        return super().get_context_data(
            errand=self.errand, said=said, back=self.back, media=STYLES, **kwargs
        )
