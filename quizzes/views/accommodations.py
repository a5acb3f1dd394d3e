"""Accommodations in the CMS: who has which, granting one, and withdrawing it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import BaseObjectMixin, WagtailAdminTemplateMixin

from people.models import User
from quizzes.accommodating import AlreadyWithdrawn, grant, withdraw
from quizzes.models import Accommodation
from quizzes.reach import people_in_reach


class SignedInRequest(HttpRequest):
    user: User


def quiz_words(accommodation: Accommodation) -> str:
    return str(accommodation.quiz or _("all quizzes"))


def granted_words(accommodation: Accommodation) -> str:
    """Say what is granted, such as a time factor and one more attempt."""
    words = []
    if accommodation.time_factor > 1:
        factor = accommodation.time_factor.normalize()
        words.append(_("× %(factor)s time") % {"factor": number_format(factor)})
    if accommodation.extra_attempts:
        more = ngettext("%(n)s more attempt", "%(n)s more attempts", accommodation.extra_attempts)
        words.append(more % {"n": accommodation.extra_attempts})
    if accommodation.opens_at or accommodation.closes_at:
        words.append(_("other dates"))
    return ", ".join(words)


def state_words(accommodation: Accommodation) -> str:
    if accommodation.withdrawn_at:
        return _("withdrawn")
    today = timezone.localdate()
    if accommodation.expires_on and accommodation.expires_on < today:
        return _("expired")
    return _("in force")


class AccommodationIndexView(generic.IndexView):
    list_display = [
        "participant",
        Column(
            "quiz", label=gettext_lazy("Quiz"), accessor=lambda one: one.quiz or _("all quizzes")
        ),
        Column("granted", label=gettext_lazy("Granted"), accessor=granted_words),
        Column("reason", label=gettext_lazy("Reason")),
        Column("granted_by", label=gettext_lazy("By")),
        DateColumn("granted_at", label=gettext_lazy("On"), sort_key="granted_at"),
        Column("state", label=gettext_lazy("State"), accessor=state_words),
    ]

    def get_base_queryset(self) -> QuerySet[Accommodation]:
        reach = people_in_reach(self.request.user)
        return Accommodation.objects.filter(participant__in=reach).select_related(
            "participant", "quiz", "granted_by"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"wishes": wishes(self.request.user)}


def wishes(user: User) -> list[User]:
    """People in reach who wish extra time in their profile, and have none granted yet."""
    granted = Accommodation.objects.in_force(timezone.now()).filter(time_factor__gt=1)
    people = people_in_reach(user).filter(extra_time__gt=0)
    return list(people.exclude(pk__in=granted.values("participant")).order_by("last_name"))


class AccommodationCreateView(generic.CreateView):
    success_message = gettext_lazy("It is granted, and holds from now on.")

    def get_initial(self) -> dict[str, Any]:
        return {"address": self.request.GET.get("address", "")}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        address = self.request.GET.get("address")
        if address and not form.is_bound:
            form.initial["address"] = address
        return form

    def save_instance(self) -> Accommodation:
        accommodation = self.form.save(commit=False)
        return grant(accommodation, by=self.request.user, at=timezone.now())


class AccommodationView(
    PermissionCheckedMixin, BaseObjectMixin, WagtailAdminTemplateMixin, TemplateView
):
    """What is granted to whom; a POST withdraws it."""

    model = Accommodation
    permission_required = "change"
    template_name = "quizzes/cms/accommodation.html"
    page_title = gettext_lazy("Accommodation")
    header_icon = "time"
    index_url_name = ""
    request: Any

    def get_object(self) -> Accommodation:
        reach = people_in_reach(self.request.user)
        return get_object_or_404(Accommodation, pk=self.pk, participant__in=reach)

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {
            "url": reverse(self.index_url_name),
            "label": capfirst(Accommodation._meta.verbose_name_plural),
        }
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.object)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "accommodation": self.object,
            "granted": granted_words(self.object),
            "state": state_words(self.object),
        }

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        try:
            withdraw(self.object, by=request.user, at=timezone.now())
        except AlreadyWithdrawn:
            messages.error(request, _("It has been withdrawn before."))
        else:
            messages.success(
                request, _("It is withdrawn. Attempts under way keep the time they were given.")
            )
        return redirect(reverse(self.index_url_name))
