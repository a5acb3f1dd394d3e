"""Regrades in the CMS: try out, read what would change, carry out."""

from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from people.models import User
from quizzes import regrading
from quizzes.attempts import paper_of
from quizzes.enums import AttemptState, RegradeKind, RegradeState
from quizzes.models import Quiz, QuizVersion, Regrade, RegradeLine
from quizzes.regrading import NotRegradable
from quizzes.texts import plain_text, shortened

STYLES = Media(css={"all": ["quizzes/desk.css"]})
MOST_IN_A_REQUEST = 2_000
LINES_A_PAGE = 100
NAME_LENGTH = 80


class SignedInRequest(HttpRequest):
    user: User


class RegradeForm(forms.Form):
    """Which attempts, by what, and why; the question is asked for rulings only."""

    version = forms.TypedChoiceField(label=gettext_lazy("Attempts at"), coerce=int)
    kind = forms.ChoiceField(label=gettext_lazy("Judge them"), choices=RegradeKind)
    item = forms.TypedChoiceField(
        label=gettext_lazy("Flawed question"),
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Not needed for the key of the live version."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=gettext_lazy("Participants whose result changes read this."),
    )

    def __init__(self, *args: Any, quiz: Quiz, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = list(with_finished(quiz))
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            (version.pk, version_words(version, quiz)) for version in self.versions
        ]
        names = {
            str(item.id): shortened(plain_text(item.stem), NAME_LENGTH)
            for version in reversed(self.versions)
            for item in paper_of(version).items
            if item.is_graded
        }
        self.fields["item"].choices = [("", "–"), *names.items()]  # type: ignore[attr-defined]

    @property
    def chosen_version(self) -> QuizVersion:
        chosen = self.cleaned_data["version"]
        return next(version for version in self.versions if version.pk == chosen)


def with_finished(quiz: Quiz) -> QuerySet[QuizVersion]:
    """The versions that have finished attempts, with their number as `finished`."""
    finished = Count("attempts", filter=Q(attempts__state=AttemptState.FINISHED))
    return (
        quiz.versions.annotate(finished=finished)
        .filter(finished__gt=0)
        .select_related("quiz")
        .order_by("-number")
    )


def version_words(version: Any, quiz: Quiz) -> str:
    words = (
        _("version %(number)s, live: %(count)s finished")
        if version.pk == quiz.live_version_id
        else _("version %(number)s: %(count)s finished")
    )
    return words % {"number": version.number, "count": version.finished}


class RegradePage(PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the two pages have in common; `object` is the quiz."""

    model = Quiz
    permission_required = "publish"
    page_title = gettext_lazy("Regrade")
    header_icon = "undo"
    index_url_name = ""
    edit_url_name = ""
    regrades_url_name = ""
    regrade_url_name = ""
    object: Quiz
    request: Any

    def get_page_subtitle(self) -> str:
        return self.object.title

    @property
    def regrades_url(self) -> str:
        return reverse(self.regrades_url_name, args=[self.object.pk])

    def url_of(self, regrade: Regrade) -> str:
        return reverse(self.regrade_url_name, args=[self.object.pk, regrade.uuid])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit_url = reverse(self.edit_url_name, args=[self.object.pk])
        quizzes = capfirst(Quiz._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": quizzes},
            {"url": edit_url, "label": self.object.title},
            {"url": "", "label": _("Regrade: %(quiz)s") % {"quiz": self.object.title}},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "quiz": self.object,
            "media": context.get("media", Media()) + STYLES,
            "regrades_url": self.regrades_url,
        }


class RegradesView(RegradePage):
    """Asks what to regrade and lists what has been."""

    template_name = "quizzes/cms/regrades.html"

    @cached_property
    def form(self) -> RegradeForm:
        if self.request.method == "POST":
            return RegradeForm(self.request.POST, quiz=self.object)
        wanted = {name: self.request.GET.get(name) for name in ("version", "kind", "item")}
        return RegradeForm(quiz=self.object, initial=wanted)

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        form = self.form
        if not form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            regrade = regrading.plan(
                from_version=form.chosen_version,
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
                item_id=form.cleaned_data["item"],
                by=request.user,
                at=timezone.now(),
            )
        except NotRegradable as refused:
            form.add_error(None, str(refused))
            return self.render_to_response(self.get_context_data())
        return redirect(self.url_of(regrade))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        regrades = self.object.regrades.select_related(
            "from_version", "to_version", "planned_by", "committed_by"
        ).annotate(
            changed=Count("lines", filter=Q(lines__refusal="")),
            refused=Count("lines", filter=~Q(lines__refusal="")),
        )
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "regrades": [(regrade, self.url_of(regrade)) for regrade in regrades],
        }


class RegradeView(RegradePage):
    """What one regrade changes; a POST carries it out, or goes on with it."""

    template_name = "quizzes/cms/regrade.html"

    @cached_property
    def regrade(self) -> Regrade:
        regrades = Regrade.objects.filter(quiz=self.object).select_related(
            "quiz", "from_version", "to_version", "planned_by", "committed_by"
        )
        return get_object_or_404(regrades, uuid=self.kwargs["regrade"])

    def post(self, request: SignedInRequest, pk: int, regrade: UUID) -> HttpResponse:
        if "away" in request.POST and self.regrade.state == RegradeState.PLANNED:
            self.regrade.delete()
            messages.success(request, _("Nothing has been regraded."))
            return redirect(self.regrades_url)
        found = regrading.commit(
            self.regrade,
            by=request.user,
            at=timezone.now(),
            link_to=link_to_result(),
            most=MOST_IN_A_REQUEST,
        )
        if found.state == RegradeState.DONE:
            messages.success(request, _("The regrade is done."))
        else:
            messages.warning(request, _("There are more attempts. Go on with the regrade."))
        return redirect(self.url_of(found))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = self.regrade.lines.select_related("attempt__participant")
        changed = lines.filter(refusal="")
        pages = Paginator(changed.order_by("pk"), LINES_A_PAGE)
        page = pages.get_page(self.request.GET.get("p"))
        old, new = regrading.Keys.of(self.regrade).papers
        return super().get_context_data(**kwargs) | {
            "regrade": self.regrade,
            "question": self._question(),
            "lines": [(line, difference(line)) for line in page],
            "page": page,
            "refused": lines.exclude(refusal="")[:LINES_A_PAGE],
            "refused_count": lines.exclude(refusal="").count(),
            "passing": changed.filter(new_passed=True).exclude(old_passed=True).count(),
            "failing": changed.filter(old_passed=True).exclude(new_passed=True).count(),
            "pass_marks": (old.pass_mark, new.pass_mark),
        }

    def _question(self) -> str:
        item = paper_of(self.regrade.from_version).item_by_id.get(
            self.regrade.item_id or UUID(int=0)
        )
        return plain_text(item.stem) if item else ""


def difference(line: RegradeLine) -> Any:
    if line.new_percent is None or line.old_percent is None:
        return None
    return line.new_percent - line.old_percent


def link_to_result() -> str:
    """The address of a result, with {uuid} for the attempt's."""
    nobody = UUID(int=0)
    path = reverse("quizzes:result", args=[nobody]).replace(str(nobody), "{uuid}")
    return urljoin(settings.WAGTAILADMIN_BASE_URL, path)
