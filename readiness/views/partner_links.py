"""Links for partners in the CMS: the list, a new one, one with its visits, and revoking it."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from exchanges.models import Exchange, Office
from exchanges.views.records import OwnIndexView, OwnInspectView
from exchanges.visibility import answers_for
from readiness import sharing
from readiness.enums import LinkStanding
from readiness.errors import NotAllowedError, PastDateError, TooLongError
from readiness.forms import PartnerLinkForm
from readiness.models import PartnerLink
from readiness.views.coordinating import HOME, STYLES, CoordinatorOnly

LINKS = {"url": reverse_lazy("partner_links:index"), "label": _("Partner links")}
VISITS_ON_A_PAGE = 50


def own_offices(request: Any) -> QuerySet[Office]:
    return Office.objects.filter(answers_for(request.user)).order_by("path")


class PartnerLinkFilterSet(WagtailFilterSet):
    standing = django_filters.ChoiceFilter(
        label=_("State"),
        choices=LinkStanding.choices,
        empty_label=_("All"),
    )
    office = django_filters.ModelChoiceFilter(label=_("Office"), queryset=own_offices)

    class Meta:
        model = PartnerLink
        fields = ["standing", "office"]


class PartnerLinksView(OwnIndexView):
    def get_base_queryset(self) -> QuerySet[PartnerLink]:
        found: Any = super().get_base_queryset()
        named = found.select_related(
            "host", "office", "created_by", "exchange__host", "exchange__programme"
        )
        links: QuerySet[PartnerLink] = named.with_standing(timezone.now()).with_visits()
        return links


class PartnerLinkView(OwnInspectView):
    """One link: what it shows, who made it, and each time it was opened."""

    template_name = "readiness/partners/link.html"
    object: PartnerLink

    def get_queryset(self) -> QuerySet[PartnerLink]:
        found: Any = super().get_queryset()
        named = found.select_related("host", "office", "created_by", "revoked_by")
        links: QuerySet[PartnerLink] = named.with_standing(timezone.now())
        return links

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        visits = Paginator(self.object.visits.all(), VISITS_ON_A_PAGE)
        standing = LinkStanding(self.object.standing)
        return super().get_context_data(
            link=self.object,
            page=visits.get_page(self.request.GET.get("p")),
            standing=standing.label,
            is_open=standing == LinkStanding.OPEN,
            media=STYLES,
            **kwargs,
        )


class NewPartnerLinkView(CoordinatorOnly, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Makes a link, and shows it once: the answer to the form is the only page that has it."""

    template_name = "readiness/partners/new.html"
    form_class = PartnerLinkForm
    header_icon = "link"
    page_title = _("Make a link for a partner")

    @cached_property
    def exchange(self) -> Exchange | None:
        wanted = self.request.GET.get("exchange")
        if not wanted:
            return None
        own = Exchange.objects.coordinated_by(self.user).select_related("host", "programme")
        return get_object_or_404(own, code=wanted)

    @property
    def back(self) -> str:
        if self.exchange is None:
            return str(LINKS["url"])
        return reverse("departures:exchange", args=[self.exchange.uuid])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, LINKS, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_form_kwargs()
        today = timezone.localdate()
        return found | {"user": self.user, "exchange": self.exchange, "today": today}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(
            exchange=self.exchange, back=self.back, **kwargs
        )
        found["media"] = STYLES + found["form"].media
        return found

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            shared = self._share(form.cleaned_data)
        except PastDateError:
            form.add_error("until", _("That day has passed. Choose today or a later day."))
            return self.form_invalid(form)
        except TooLongError:
            form.add_error("until", _("That is too far away. Choose an earlier day."))
            return self.form_invalid(form)
        except NotAllowedError:
            form.add_error("office", _("You do not answer for this office."))
            return self.form_invalid(form)
        address = link_to(self.request, shared.token)
        context = self.get_context_data(form=form, link=shared.link, address=address)
        response = self.response_class(
            request=self.request, template="readiness/partners/made.html", context=context
        )
        response["Cache-Control"] = "no-store"
        return response

    def _share(self, given: dict[str, Any]) -> sharing.Shared:
        office: Office = given["office"]
        return sharing.share(
            host=self.exchange.host if self.exchange else given["host"],
            exchange=self.exchange,
            office=office,
            label=given["label"],
            email=given["email"],
            language=given["language"],
            until=end_of(given["until"], office),
            by=self.user,
            at=timezone.now(),
            link_to=lambda token: link_to(self.request, token),
        )


def end_of(day: dt.date, office: Office) -> dt.datetime:
    """The last second of that day at the office."""
    return dt.datetime.combine(day, dt.time(23, 59, 59), office.time_zone).astimezone(dt.UTC)


def link_to(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("partner", args=[token]))


class RevokePartnerLinkView(CoordinatorOnly, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    template_name = "readiness/partners/revoke.html"
    form_class = forms.Form
    header_icon = "link"
    page_title = _("Revoke a partner link")
    kwargs: dict[str, Any]

    @cached_property
    def link(self) -> PartnerLink:
        own = PartnerLink.objects.coordinated_by(self.user)
        return get_object_or_404(own.select_related("host"), pk=self.kwargs["pk"])

    @property
    def own_url(self) -> str:
        return reverse("partner_links:inspect", args=[self.link.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        own = {"url": self.own_url, "label": str(self.link)}
        return [HOME, LINKS, own, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(link=self.link, back=self.own_url, media=STYLES, **kwargs)

    def form_valid(self, form: forms.Form) -> HttpResponse:
        sharing.revoke(link=self.link, by=self.user, at=timezone.now())
        messages.success(self.request, _("The link is revoked: it opens nothing any more."))
        return HttpResponseRedirect(self.own_url)
