"""One participant's attempt in the CMS, step by step."""

from typing import Any

from django.forms import Media
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from quizzes.histories import history
from quizzes.layouts import item_ids
from quizzes.models import Attempt, Quiz
from quizzes.rights import sees_keys

STYLES = Media(css={"all": ["quizzes/desk.css"]})


class AttemptHistoryView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView
):
    """Open to those who may open the list of results; `object` is the quiz."""

    model = Quiz
    any_permission_required = ["change", "view"]
    template_name = "quizzes/cms/attempt.html"
    page_title = gettext_lazy("Attempt")
    header_icon = "history"
    index_url_name = ""
    edit_url_name = ""
    attempts_url_name = ""
    object: Quiz
    request: Any

    @cached_property
    def attempt(self) -> Attempt:
        attempts = Attempt.objects.filter(quiz=self.object)
        return get_object_or_404(
            attempts.select_related("version", "participant"), uuid=self.kwargs["attempt"]
        )

    def get_page_subtitle(self) -> str:
        return self.attempt.participant.name_with_pronouns

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        quizzes = capfirst(Quiz._meta.verbose_name_plural)
        pk = self.object.pk
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": quizzes},
            {"url": reverse(self.edit_url_name, args=[pk]), "label": self.object.title},
            {"url": reverse(self.attempts_url_name, args=[pk]), "label": _("Results")},
            {"url": "", "label": str(self.attempt.participant)},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "media": Media() + STYLES,
            "quiz": self.object,
            "attempt": self.attempt,
            "lines": history(self.attempt),
            "shows_keys": sees_keys(self.request.user, item_ids(self.attempt.layout)),
        }
