"""The trainers' pages of the CMS: how modules do, and the registers of workshops."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from modules.models import CataloguePage, WorkshopSession
from people.models import User
from people.roles import is_signed_in, is_trainer
from progress.attendance import eligible, history, record_attendance
from progress.forms import RegisterFilterForm, RegisterForm
from progress.models import Attendance
from progress.teaching import figures_of, modules_taught_by, registers

MOST_SHOWN = 100


class TrainerView(WagtailAdminTemplateMixin, TemplateView):
    """A page of the CMS for trainers alone; `may` says whom it is for."""

    header_icon = "glasses"
    may = staticmethod(is_trainer)
    breadcrumbs_items = [
        *WagtailAdminTemplateMixin.breadcrumbs_items,
        {"url": reverse_lazy("teaching:dashboard"), "label": gettext_lazy("Teaching")},
    ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        user = request.user
        if not is_signed_in(user) or not self.may(user):
            raise PermissionDenied
        self.trainer = user
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, here]


class DashboardView(TrainerView):
    page_title = gettext_lazy("Teaching")
    template_name = "progress/teaching/dashboard.html"
    breadcrumbs_items = WagtailAdminTemplateMixin.breadcrumbs_items

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        modules = modules_taught_by(self.trainer)
        catalogue = CataloguePage.objects.order_by("path").first()
        return super().get_context_data(
            figures=figures_of(modules, as_of=timezone.now()),
            own_id=self.trainer.pk,
            catalogue=catalogue,
            **kwargs,
        )


class ModuleView(TrainerView):
    template_name = "progress/teaching/module.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        modules = [page for page in modules_taught_by(self.trainer) if page.pk == kwargs["pk"]]
        if not modules:
            raise Http404
        (self.figures,) = figures_of(modules, as_of=timezone.now())
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.figures.module.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(figures=self.figures, **kwargs)


class RegistersView(TrainerView):
    page_title = gettext_lazy("Registers of workshops")
    template_name = "progress/teaching/registers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(registers=registers(), now=timezone.now(), **kwargs)


class RegisterView(TrainerView):
    """One session's register: who was there, saved at once for everybody shown."""

    template_name = "progress/teaching/register.html"

    @cached_property
    def session(self) -> WorkshopSession:
        sessions = WorkshopSession.objects.select_related("workshop")
        return get_object_or_404(sessions, uuid=self.kwargs["uuid"])

    @cached_property
    def now(self) -> dt.datetime:
        return timezone.now()

    def get_page_title(self) -> str:
        return str(self.session.workshop.title)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        url = reverse("teaching:registers")
        return [*items[:-1], {"url": url, "label": RegistersView.page_title}, items[-1]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice = RegisterFilterForm(self.request.GET, label_suffix="")
        words, exchange_id = choice.chosen()
        found = eligible(words=words, exchange_id=exchange_id)
        recorded = list(
            Attendance.objects.filter(session_key=self.session.uuid)
            .select_related("participant", "recorded_by")
            .order_by("participant__last_name", "participant__first_name", "pk")
        )
        others = found.exclude(pk__in=[entry.participant_id for entry in recorded])
        return super().get_context_data(
            session=self.session,
            is_open=self.session.starts_at <= self.now,
            choice=choice,
            recorded=recorded,
            others=others[:MOST_SHOWN],
            others_count=others.count(),
            most_shown=MOST_SHOWN,
            history=history(self.session),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.session.starts_at > self.now:
            messages.error(request, _("The register opens when the session begins."))
            return HttpResponseRedirect(request.get_full_path())
        form = RegisterForm(request.POST, people=self._may_stand_on_it())
        if not form.is_valid():
            messages.error(
                request,
                _("Somebody on the list has no placement any more. Nothing was saved: look again."),
            )
            return HttpResponseRedirect(request.get_full_path())
        saved = record_attendance(
            session=self.session,
            present=form.cleaned_data["present"],
            among=form.cleaned_data["shown"],
            by=self.trainer,
            at=self.now,
        )
        messages.success(
            request,
            _("Saved: %(added)d added, %(removed)d taken off.")
            % {"added": len(saved.added), "removed": len(saved.removed)},
        )
        return HttpResponseRedirect(request.get_full_path())

    def _may_stand_on_it(self) -> Any:
        recorded = Attendance.objects.filter(session_key=self.session.uuid)
        return User.objects.filter(
            Q(pk__in=eligible().values("pk")) | Q(pk__in=recorded.values("participant"))
        )
