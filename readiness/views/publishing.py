"""Publishing a requirement set: whom it changes something for, shown before it is done."""

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from readiness import publishing
from readiness.contents import content_of
from readiness.demands import version_lines
from readiness.effects import Impact, to_csv
from readiness.errors import NothingNewError, PastDateError
from readiness.forms import PublishForm
from readiness.impact import impact
from readiness.models import RequirementSet, RequirementSetVersion
from readiness.views.coordinating import HOME, STYLES, CoordinatorOnly, address

SHOWN = 200


class SetMixin(CoordinatorOnly, WagtailAdminTemplateMixin):
    header_icon = "clipboard-list"
    kwargs: dict[str, Any]

    @cached_property
    def requirement_set(self) -> RequirementSet:
        return get_object_or_404(RequirementSet, pk=self.kwargs["pk"])

    def trail(self) -> list[dict[str, Any]]:
        one = self.requirement_set
        return [
            HOME,
            {"url": reverse("requirement_sets:index"), "label": _("Requirement sets")},
            {"url": reverse("requirement_sets:edit", args=[one.pk]), "label": one.name},
        ]


class PublishView(SetMixin, FormView):  # type: ignore[type-arg]
    template_name = "readiness/desk/publish.html"
    form_class = PublishForm
    page_title = _("Publish requirements")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "csv":
            return self._download()
        return super().get(request, *args, **kwargs)

    def _download(self) -> HttpResponse:
        found = to_csv(self.impact).encode("utf-8-sig")
        response = HttpResponse(found, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="what-changes.csv"'
        return response

    @cached_property
    def chosen(self) -> PublishForm:
        """The day and the choice in the address, so that the preview follows them."""
        return PublishForm(self.request.GET or {"effective_on": self.today.isoformat()})

    @property
    def today(self) -> dt.date:
        return timezone.localdate()

    @cached_property
    def impact(self) -> Impact:
        values = self.chosen.cleaned_data if self.chosen.is_valid() else {}
        now = timezone.now()
        proposed = publishing.proposal(
            self.requirement_set,
            effective_at=beginning(values.get("effective_on") or self.today, now=now),
            includes_abroad=bool(values.get("includes_abroad")),
            by=self.user,
            at=now,
        )
        return impact(proposed, at=now, among=self.own_placements)

    def get_initial(self) -> dict[str, Any]:
        self.chosen.is_valid()
        chosen = getattr(self.chosen, "cleaned_data", {})
        return {"effective_on": self.today, **chosen}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(
            one=self.requirement_set,
            is_draft=publishing.has_news(self.requirement_set),
            impact=self.impact,
            effects=self.impact.effects[:SHOWN],
            csv_url=address(self.request, self.request.path, export="csv"),
            may_publish=self.request.user.has_perm("readiness.change_requirementset"),
            back=reverse("requirement_sets:edit", args=[self.requirement_set.pk]),
            **kwargs,
        )
        found["media"] = STYLES + found["form"].media
        return found

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not self.request.user.has_perm("readiness.change_requirementset"):
            raise PermissionDenied
        now = timezone.now()
        try:
            made = publishing.publish(
                requirement_set=self.requirement_set,
                by=self.user,
                at=now,
                effective_at=beginning(form.cleaned_data["effective_on"], now=now),
                includes_abroad=form.cleaned_data["includes_abroad"],
            )
        except PastDateError:
            form.add_error("effective_on", _("That day has passed. Choose today or a later day."))
            return self.form_invalid(form)
        except NothingNewError:
            messages.info(self.request, _("Nothing has changed since the last version."))
        else:
            messages.success(
                self.request, _("Version %(number)s is published.") % {"number": made.number}
            )
        return HttpResponseRedirect(
            reverse("requirement_sets:versions", args=[self.requirement_set.pk])
        )


class VersionsView(SetMixin, TemplateView):
    """Every version there was, and what it asked."""

    template_name = "readiness/desk/versions.html"
    page_title = _("Versions")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.trail(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = RequirementSetVersion.objects.filter(requirement_set=self.requirement_set)
        found = list(versions.select_related("published_by").order_by("-number"))
        chosen = self.kwargs.get("number") or (found[0].number if found else None)
        shown = next((one for one in found if one.number == chosen), None)
        return super().get_context_data(
            one=self.requirement_set,
            versions=found,
            shown=shown,
            lines=version_lines(shown) if shown else [],
            is_draft=not found or found[0].content != content_of(self.requirement_set),
            media=STYLES,
            **kwargs,
        )


def beginning(day: dt.date, *, now: dt.datetime) -> dt.datetime:
    """When something holds from that day on: from now on if that is today."""
    if day == timezone.localdate(now):
        return now
    return dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_current_timezone())
