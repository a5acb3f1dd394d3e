"""One question in the CMS: its preview, and its history."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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
from quizzes.attempts import BadAnswer, StoredAnswer, read_answer
from quizzes.freezing import freeze_question
from quizzes.grading import grade_item
from quizzes.kinds import Response, kind_of
from quizzes.models import Question, QuestionVersion
from quizzes.sheets import fields_of, question_review, question_sheet
from quizzes.versions import differences, restore
from quizzes.views.bank import OneQuestion

BAD_REQUEST = 400


class SignedInRequest(HttpRequest):
    user: User


class QuestionPreviewView(OneQuestion, PermissionCheckedMixin, BaseObjectMixin, View):
    """The question as participants see it; on request, and for an answer tried, its key."""

    model = Question
    permission_required = "view"
    edit_url_name = ""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = freeze_question(self.object)
        return self.shown(request, None, with_review="keys" in request.GET, item=item)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = freeze_question(self.object)
        try:
            response = read_answer(item, fields_of(request.POST))
        except BadAnswer as error:
            return self.shown(request, None, item=item, error=str(error), status=BAD_REQUEST)
        return self.shown(request, response, with_review=True, tried=True, item=item)

    def shown(
        self,
        request: HttpRequest,
        response: Response,
        *,
        item: Any,
        with_review: bool = False,
        tried: bool = False,
        error: str = "",
        status: int = 200,
    ) -> HttpResponse:
        grade = grade_item(item, response)
        order = kind_of(item).parts(item)
        context = {
            "question": self.object,
            "sheet": question_sheet(item, order, StoredAnswer(response)),
            "review": question_review(item, order, response, grade.fraction)
            if with_review
            else None,
            "is_preview": not tried,
            "tried": tried,
            "share": grade.fraction,
            "awaits_marking": grade.awaits_marking,
            "error": error,
            "edit_url": reverse(self.edit_url_name, args=[quote(self.object.pk)]),
        }
        return render(request, "quizzes/question_preview.html", context, status=status)


class QuestionVersionsView(
    OneQuestion, PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView
):
    """Every save of the question, keys and all: for those only who may change it."""

    model = Question
    permission_required = "change"
    template_name = "quizzes/cms/question_versions.html"
    page_title = gettext_lazy("History")
    header_icon = "history"
    index_url_name = ""
    edit_url_name = ""
    versions_url_name = ""

    @cached_property
    def versions(self) -> list[QuestionVersion]:
        return list(self.object.versions.select_related("created_by", "question"))

    def version(self, name: str, place: int) -> QuestionVersion | None:
        """Return the version that the address names, or the one at this place."""
        number = self.request.GET.get(name, "")
        chosen = next((one for one in self.versions if str(one.number) == number), None)
        return chosen or (self.versions[place] if len(self.versions) > place else None)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {
                "url": reverse(self.index_url_name),
                "label": capfirst(Question._meta.verbose_name_plural),
            },
            {
                "url": reverse(self.edit_url_name, args=[quote(self.object.pk)]),
                "label": str(self.object),
            },
            {"url": "", "label": _("History: %(name)s") % {"name": self.object.name}},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        older, newer = self.version("older", 1), self.version("newer", 0)
        return context | {
            "versions": self.versions,
            "older": older,
            "newer": newer,
            "differences": differences(older, newer) if older and newer else None,
            "can_change": True,
        }

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        number = request.POST.get("version", "")
        wanted = int(number) if number.isdecimal() and len(number) < len("1000000") else 0
        version = get_object_or_404(QuestionVersion, question=self.object, number=wanted)
        made = restore(version, by=request.user, at=timezone.now())
        if made is None:
            messages.info(request, _("The question is the same as that version already."))
        else:
            words = _("Version %(old)s is back, as version %(new)s.")
            messages.success(request, words % {"old": version.number, "new": made.number})
        return redirect(self.versions_url_name, quote(self.object.pk))
