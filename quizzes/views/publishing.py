"""Preview and publication of a quiz in the CMS."""

from typing import Any

from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from people.models import User
from quizzes import publishing
from quizzes.freezing import freeze
from quizzes.models import Attempt, Quiz, QuizVersion
from quizzes.publishing import NotPublishable, State, state_of
from quizzes.rights import sees_all
from quizzes.sheets import plain_layout, question_reviews, question_sheets


class SignedInRequest(HttpRequest):
    user: User


class QuizPreviewView(PermissionCheckedMixin, BaseObjectMixin, View):
    """The draft as participants would see it, with the keys on request. Nothing is stored."""

    model = Quiz
    any_permission_required = ["change", "view"]
    edit_url_name = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        paper = freeze(self.object)
        if not sees_all(request.user, list(paper.item_by_id)):
            raise PermissionDenied
        layout = plain_layout(paper)
        with_keys = "keys" in request.GET
        context = {
            "quiz": self.object,
            "paper": paper,
            "sheets": question_sheets(paper, layout, {}, many_in_a_form=True),
            "reviews": question_reviews(paper, layout, {}, {}) if with_keys else (),
            "with_keys": with_keys,
            "edit_url": reverse(self.edit_url_name, args=[quote(pk)]),
        }
        return render(request, "quizzes/preview.html", context)


class QuizPublishView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView
):
    """Asks before publishing and lists what is in the way."""

    model = Quiz
    permission_required = "publish"
    template_name = "quizzes/cms/publish.html"
    page_title = gettext_lazy("Publish")
    header_icon = "upload"
    index_url_name = ""
    edit_url_name = ""
    regrades_url_name = ""

    @cached_property
    def state(self) -> State:
        return state_of(self.object)

    @property
    def edit_url(self) -> str:
        return reverse(self.edit_url_name, args=[quote(self.object.pk)])

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(self.index_url_name),
                "label": capfirst(Quiz._meta.verbose_name_plural),
            },
            {"url": self.edit_url, "label": str(self.object)},
            {"url": "", "label": _("Publish: %(quiz)s") % {"quiz": self.object.title}},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"quiz": self.object, "state": self.state, "edit_url": self.edit_url}

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        try:
            version = publishing.publish(self.object, by=request.user, at=timezone.now())
        except NotPublishable as refused:
            for problem in refused.problems:
                messages.error(request, problem)
        else:
            words = _("“%(quiz)s” is published as version %(number)s.")
            messages.success(request, words % {"quiz": self.object, "number": version.number})
            self._offer_regrade(version)
        return redirect(self.edit_url)

    def _offer_regrade(self, version: QuizVersion) -> None:
        """Say so where attempts were judged by a key that is another one now."""
        earlier = Attempt.objects.finished().filter(quiz=version.quiz_id).exclude(version=version)
        if earlier.exists():
            url = reverse(self.regrades_url_name, args=[quote(self.object.pk)])
            words = _("Finished attempts keep the marks of their own version. Was a key wrong?")
            button = messages.button(url, _("Regrade"))
            messages.warning(self.request, words, buttons=[button])
