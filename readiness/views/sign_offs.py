"""Who waits for a sign-off of the reader, and signing off, one by one or those ticked."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from people import roles
from people.models import User
from readiness import approvals, signing_queue
from readiness.errors import CancelledError, NotAllowedError
from readiness.forms import NoteForm
from readiness.models import Approval
from readiness.signing_queue import SHOWN, Waiting
from readiness.views.coordinating import HOME, STYLES

ON_A_PAGE = 50
LATELY = 10
QUEUE = {"url": reverse_lazy("departures:sign_offs"), "label": gettext_lazy("Sign-offs")}


class SignerOnly:
    """For who has no role that signs off the page does not exist."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not roles.is_signed_in(request.user) or not signing_queue.signs_off(request.user):
            raise Http404
        found: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return found

    @property
    def user(self) -> User:
        if not roles.is_signed_in(self.request.user):
            raise Http404
        return self.request.user


class SignOffsView(SignerOnly, WagtailAdminTemplateMixin, TemplateView):
    """The queue. A POST takes one of the reader's own sign-offs back."""

    template_name = "readiness/desk/sign_offs.html"
    page_title = gettext_lazy("Sign-offs")
    header_icon = "circle-check"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at = timezone.now()
        lines, asked = signing_queue.lines_waiting(self.user, at=at)
        page = Paginator(lines.select_related(*SHOWN), ON_A_PAGE).get_page(
            self.request.GET.get("p")
        )
        return super().get_context_data(
            page=page,
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            waiting=signing_queue.waiting(page.object_list, asked, at=at),
            lately=self.standing.order_by("-approved_at", "-pk")[:LATELY],
            media=STYLES,
            **kwargs,
        )

    @property
    def standing(self) -> Any:
        """The reader's own sign-offs that hold."""
        own = Approval.objects.filter(approved_by=self.user, withdrawn_at=None)
        return own.select_related("placement__participant")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        number = request.POST.get("withdraw", "")
        one = get_object_or_404(self.standing, pk=int(number) if number.isdecimal() else 0)
        try:
            approvals.withdraw(
                placement=one.placement,
                role=one.role,
                subject=one.subject,
                by=self.user,
                at=timezone.now(),
            )
        except NotAllowedError:
            messages.error(request, _("You do not have the role for this any more."))
        else:
            words = {"what": one.subject, "name": str(one.placement.participant)}
            messages.success(request, _("“%(what)s” is no longer signed off for %(name)s.") % words)
        return HttpResponseRedirect(request.path)


class SignOffView(SignerOnly, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    """Asks once more, with room for a note; a POST to the same address signs off."""

    template_name = "readiness/desk/people/deed.html"
    form_class = NoteForm
    page_title = gettext_lazy("Sign off")
    header_icon = "circle-check"

    @cached_property
    def chosen(self) -> list[Waiting]:
        ticks = map(signing_queue.read_tick, self.request.GET.getlist("one"))
        return signing_queue.ticked(self.user, [one for one in ticks if one], at=timezone.now())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [HOME, QUEUE, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(
            count=len(self.chosen),
            people=[f"{one.name}: {one.asked.name}" for one in self.chosen],
            consequence=_("Your name and the date stay in the history."),
            button=_("Sign off"),
            back=reverse("departures:sign_offs"),
            **kwargs,
        )
        found["media"] = STYLES + found["form"].media
        return found

    def form_valid(self, form: forms.Form) -> HttpResponse:
        done = sum(self.sign(one, form.cleaned_data["note"]) for one in self.chosen)
        if done:
            words = ngettext("%(n)s sign-off is given.", "%(n)s sign-offs are given.", done)
            messages.success(self.request, words % {"n": done})
        if done < len(self.request.GET.getlist("one")):
            messages.warning(
                self.request, _("Some had changed since you opened the page, and were left alone.")
            )
        return HttpResponseRedirect(reverse("departures:sign_offs"))

    def sign(self, one: Waiting, note: str) -> bool:
        try:
            approvals.approve(
                placement=one.placement,
                role=one.asked.role,
                subject=one.asked.name,
                by=self.user,
                at=timezone.now(),
                note=note,
            )
        except (CancelledError, NotAllowedError):
            return False
        return True
